import type { CopilotSession } from '@github/copilot-sdk';

/**
 * State of the link between one session and the runtime, as a pure state machine.
 *
 *              attachStarted               attachSucceeded
 *   detached ----------------> attaching -------------------> attached
 *     ^ ^ ^                     |     |                          |
 *     | | +---- attachFailed ---+     | detached                 | detached
 *     | |                             v                          |
 *     | +------ attachFailed ------ abandoned                    |
 *     +----------------------------------------------------------+
 *
 *   every state -- closed --> closed
 *
 * All other combinations leave the state as it is: an event that names an attempt has no effect once another state
 * has replaced that attempt.
 */
export type LinkState =
  | { readonly kind: 'detached' }
  /** The session is opened in the runtime and reconciled; pushes are buffered. */
  | { readonly kind: 'attaching'; readonly attempt: symbol; readonly result: AttachResult }
  /** The runtime was lost while the session was attached: the attempt is going to fail, and its pushes are ignored. */
  | { readonly kind: 'abandoned'; readonly attempt: symbol; readonly result: AttachResult }
  | {
      readonly kind: 'attached';
      readonly attempt: symbol;
      readonly sdkSession: CopilotSession;
      /**
       * Place in the event log up to which a check has found all texts closed: the next check continues there.
       * Null: no check has. A text is always compared from its beginning.
       */
      readonly sinceSequence: string | null;
    }
  /** The session was deleted, or the gateway is shutting down. Final. */
  | { readonly kind: 'closed' };

export type AttachResult = Promise<CopilotSession>;

export type LinkEvent =
  | { readonly type: 'attachStarted'; readonly attempt: symbol; readonly result: AttachResult }
  | {
      readonly type: 'attachSucceeded';
      readonly attempt: symbol;
      readonly sdkSession: CopilotSession;
    }
  | { readonly type: 'attachFailed'; readonly attempt: symbol }
  | { readonly type: 'checked'; readonly attempt: symbol; readonly sinceSequence: string | null }
  | { readonly type: 'detached' }
  | { readonly type: 'closed' };

export function reduceLinkState(state: LinkState, event: LinkEvent): LinkState {
  switch (event.type) {
    case 'attachStarted':
      return state.kind === 'detached'
        ? { kind: 'attaching', attempt: event.attempt, result: event.result }
        : state;
    case 'attachSucceeded':
    case 'attachFailed':
    case 'checked':
      return reduceAttempt(state, event);
    case 'detached':
      if (state.kind === 'attaching') return { ...state, kind: 'abandoned' };
      return state.kind === 'attached' ? { kind: 'detached' } : state;
    case 'closed':
      return { kind: 'closed' };
  }
}

function reduceAttempt(
  state: LinkState,
  event: Exclude<Extract<LinkEvent, { attempt: symbol }>, { type: 'attachStarted' }>,
): LinkState {
  if (!('attempt' in state) || state.attempt !== event.attempt) return state;
  switch (event.type) {
    case 'attachSucceeded': {
      if (state.kind !== 'attaching') return state;
      const { attempt, sdkSession } = event;
      return { kind: 'attached', attempt, sdkSession, sinceSequence: null };
    }
    // Also of an attempt that is attached already: it can still fail while it applies what was buffered.
    case 'attachFailed':
      return { kind: 'detached' };
    case 'checked':
      return state.kind === 'attached' ? { ...state, sinceSequence: event.sinceSequence } : state;
  }
}

/** Returns whether the pushes of the attempt belong to the session, and whether its result is still wanted. */
export function isCurrentAttempt(state: LinkState, attempt: symbol): boolean {
  return (state.kind === 'attaching' || state.kind === 'attached') && state.attempt === attempt;
}
