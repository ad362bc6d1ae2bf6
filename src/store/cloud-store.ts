/** A message that waits for the worker of its session. */
export interface HeldMessage {
  readonly messageId: string;
  readonly prompt: string;
  readonly heldAt: Date;
  readonly expiresAt: Date;
}

export interface WorkerMessage {
  /** What the worker calls it. */
  readonly workerId: string;
  readonly messageId: string;
}

/** Of sessions that are gone nothing is kept. */
export interface CloudStore {
  /** False, and nothing is kept, when the session is gone. */
  holdMessage(sessionId: string, message: HeldMessage): Promise<boolean>;
  /** It waits no longer, and its text is gone. */
  releaseMessage(sessionId: string, messageId: string): Promise<void>;
  /** Oldest first. */
  listHeldMessages(sessionId: string): Promise<HeldMessage[]>;
  /** Ids of the sessions with messages that wait. */
  listWaitingSessionIds(): Promise<string[]>;
  saveWorkerMessage(sessionId: string, message: WorkerMessage): Promise<void>;
  listWorkerMessages(sessionId: string): Promise<WorkerMessage[]>;
}
