import type { Turn } from '../events/turn.ts';

export function newTurn(sessionId: string, messageId: string, queuedAt: Date): Turn {
  return {
    sessionId,
    messageId,
    state: 'QUEUED',
    queuedAt,
    startedAt: null,
    finishedAt: null,
    replyId: null,
    reply: null,
    error: null,
    usage: null,
  };
}
