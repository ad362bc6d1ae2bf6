/** Null: no limit. */
export interface CallerLimits {
  readonly sockets: number | null;
  readonly subscriptions: number | null;
  /** That run or wait. */
  readonly turns: number | null;
  readonly operationsPerSecond: number | null;
  /** Attachments included. */
  readonly promptBytesPerMinute: number | null;
  /** That are made. */
  readonly sessionsPerHour: number | null;
}

export interface DocumentLimits {
  readonly tokens: number;
  readonly depth: number;
  /** Of the whole document. */
  readonly aliases: number;
  /** Of each operation. */
  readonly rootFields: number;
  /** Objects that an operation may give. */
  readonly cost: number;
  readonly variableValues: number;
}

export interface LimitsConfig {
  readonly document: DocumentLimits;
  /** Of a query or a mutation, without what it asks to wait for. */
  readonly operationTimeoutMs: number;
  /** Of a subscription; null: no limit. */
  readonly maxStreamMs: number | null;
  readonly viewer: CallerLimits;
  readonly ip: CallerLimits;
  readonly sessionsPerViewer: number | null;
}
