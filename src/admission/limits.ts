/** Limits of one viewer, or of one IP address; null for no limit. */
export interface CallerLimits {
  readonly sockets: number | null;
  readonly subscriptions: number | null;
  /** Running and queued turns. */
  readonly turns: number | null;
  readonly operationsPerSecond: number | null;
  /** Bytes of prompts and attachments. */
  readonly promptBytesPerMinute: number | null;
  /** Sessions that are created. */
  readonly sessionsPerHour: number | null;
}

export interface DocumentLimits {
  readonly tokens: number;
  readonly depth: number;
  /** Aliases of the whole document. */
  readonly aliases: number;
  /** Root fields of each operation. */
  readonly rootFields: number;
  /** Objects that an operation may return. */
  readonly cost: number;
  readonly variableValues: number;
}

export interface LimitsConfig {
  readonly document: DocumentLimits;
  /** Execution timeout of a query or mutation; the time that it asks to wait is added. */
  readonly operationTimeoutMs: number;
  /** Lifetime of a subscription and of a WebSocket; null for no limit. */
  readonly maxStreamMs: number | null;
  readonly viewer: CallerLimits;
  readonly ip: CallerLimits;
  readonly sessionsPerViewer: number | null;
}
