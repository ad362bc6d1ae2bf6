import type { RequestKind } from '../events/request.ts';

/**
 * What becomes of a request when its runtime is killed and the session resumed. KEPT: it waits under the same id.
 * ASKED_AGAIN: its tool is called again, and asks under another id. LOST: it is over, and so is its turn.
 */
export const afterKill: Readonly<Record<RequestKind, 'KEPT' | 'ASKED_AGAIN' | 'LOST'>> = {
  permission: 'KEPT',
  user_input: 'LOST',
  elicitation: 'ASKED_AGAIN',
  client_tool: 'KEPT',
};
