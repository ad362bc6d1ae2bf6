import { toTurnId } from '../events/ids.ts';
import type { Turn } from '../events/turn.ts';
import { findReply } from '../resolvers/turn.ts';
import { builder } from './builder.ts';
import { TurnErrorRef } from './error.ts';
import { AssistantMessageRef } from './message.ts';
import { TurnUsageRef } from './usage.ts';

const TurnStateRef = builder.enumType('TurnState', {
  description:
    'The state of a turn. COMPLETED, FAILED and ABORTED are final, except that a turn which failed with TURN_INTERRUPTED can continue.',
  values: {
    QUEUED: { description: 'The turn waits until the earlier turns of the session have ended.' },
    RUNNING: { description: 'The agent is working on the turn.' },
    WAITING_FOR_INPUT: {
      description:
        'The agent waits for a response to a request in `Session.pendingRequests` and then continues.',
    },
    COMPLETED: { description: 'The turn ended normally.' },
    FAILED: { description: 'The turn ended with an error, which is in `Turn.error`.' },
    ABORTED: {
      description:
        'The turn was aborted by a client, or it was queued and was removed or discarded before it started.',
    },
  } as const,
});

export const TurnRef = builder.objectRef<Turn>('Turn').implement({
  description:
    'The work of the agent on one message: everything that it thinks, writes and does until the turn completes, fails or is aborted. A session runs one turn at a time.',
  fields: (t) => ({
    id: t.id({
      description:
        'The ID of the turn: `turn:` followed by the ID of the message that started the turn.',
      resolve: (turn) => toTurnId(turn.messageId),
    }),
    state: t.expose('state', {
      type: TurnStateRef,
      description: 'The current state of the turn.',
    }),
    startedAt: t.expose('startedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'The time at which the turn started, or null if it has not started.',
    }),
    finishedAt: t.expose('finishedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'The time at which the turn ended, or null if it has not ended.',
    }),
    reply: t.field({
      type: AssistantMessageRef,
      nullable: true,
      description:
        'The latest message of the main agent in the turn, which is its final answer when the turn has ended. Null if there is none yet.',
      resolve: (turn, _args, context) => findReply(turn, context),
    }),
    error: t.expose('error', {
      type: TurnErrorRef,
      nullable: true,
      description: 'Why the turn failed, or null if it did not fail.',
    }),
    usage: t.expose('usage', {
      type: TurnUsageRef,
      nullable: true,
      description:
        'The tokens and premium requests that the turn has used so far, or null before its first model call has ended.',
    }),
  }),
});
