/** What a client of either server does. */
export interface Chat {
  create(sessionId: string): Promise<void>;
  /** @param onText called with each new piece of any text of the session */
  follow(sessionId: string, onText: (text: string) => void): Promise<void>;
  /** Returns when the prompt is taken. */
  send(sessionId: string, prompt: string): Promise<void>;
  /** Returns when the answer is finished. */
  ask(sessionId: string, prompt: string): Promise<void>;
  /** The newest twenty, or, where the server has no pages, all. */
  list(): Promise<void>;
  /** Its memory in the runtime is given back. */
  release(sessionId: string): Promise<void>;
}
