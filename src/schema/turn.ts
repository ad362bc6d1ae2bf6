import { toTurnId } from '../events/ids.ts';
import type { Turn } from '../events/turn.ts';
import { findReply } from '../resolvers/turn.ts';
import { builder } from './builder.ts';
import { TurnErrorRef } from './error.ts';
import { AssistantMessageRef } from './message.ts';
import { TurnUsageRef } from './usage.ts';

const TurnStateRef = builder.enumType('TurnState', {
  description: 'How far a turn is.',
  values: {
    QUEUED: { description: 'Waits for the turns before it.' },
    RUNNING: { description: 'The agent is at work.' },
    WAITING_FOR_INPUT: {
      description: 'The agent cannot go on without an answer, see `Session.pendingRequests`.',
    },
    COMPLETED: { description: 'Ended as it should.' },
    FAILED: { description: 'Ended with an error.' },
    ABORTED: { description: 'Stopped by somebody.' },
  } as const,
});

export const TurnRef = builder.objectRef<Turn>('Turn').implement({
  description:
    'Everything that one sent message sets going, until it completes, fails or is aborted.',
  fields: (t) => ({
    id: t.id({
      description: '`turn:` and the id of the message that started it.',
      resolve: (turn) => toTurnId(turn.messageId),
    }),
    state: t.expose('state', { type: TurnStateRef, description: 'How far it is.' }),
    startedAt: t.expose('startedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it began.',
    }),
    finishedAt: t.expose('finishedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it ended.',
    }),
    reply: t.field({
      type: AssistantMessageRef,
      nullable: true,
      description: 'Final assistant message, once there is one.',
      resolve: (turn, _args, context) => findReply(turn, context),
    }),
    error: t.expose('error', { type: TurnErrorRef, nullable: true, description: 'Why it failed.' }),
    usage: t.expose('usage', {
      type: TurnUsageRef,
      nullable: true,
      description: 'What it has cost so far; null before its first model call has ended.',
    }),
  }),
});
