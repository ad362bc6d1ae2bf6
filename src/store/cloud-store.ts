/** A message that waits for the worker of a cloud session. */
export interface HeldMessage {
  readonly messageId: string;
  readonly prompt: string;
  readonly heldAt: Date;
  readonly expiresAt: Date;
}

export interface WorkerMessage {
  /** Message id of the worker. */
  readonly workerId: string;
  readonly messageId: string;
}

/** State of cloud sessions. Calls for sessions that do not exist are ignored. */
export interface CloudStore {
  /** Returns false, and stores nothing, when the session does not exist. */
  holdMessage(sessionId: string, message: HeldMessage): Promise<boolean>;
  /** Removes the message with its text. */
  releaseMessage(sessionId: string, messageId: string): Promise<void>;
  /** Oldest first. */
  listHeldMessages(sessionId: string): Promise<HeldMessage[]>;
  /** Returns the ids of sessions with held messages. */
  listWaitingSessionIds(): Promise<string[]>;
  saveWorkerMessage(sessionId: string, message: WorkerMessage): Promise<void>;
  listWorkerMessages(sessionId: string): Promise<WorkerMessage[]>;
}
