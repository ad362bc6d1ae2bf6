/** What a client asks of the raw relay. */
export interface RawCall {
  readonly id: number;
  readonly method: 'create' | 'follow' | 'send' | 'ask' | 'list' | 'release';
  readonly sessionId: string;
  readonly prompt: string;
}

/** A piece of text, or the answer to a call. */
export type RawMessage =
  | { readonly messageId: string; readonly text: string }
  | { readonly id: number; readonly problem: string | null };
