import type { EventByType } from '../../events/event.ts';
import type { SessionLog } from '../../events/session-log.ts';
import type { StoredNotice } from '../../store/session-store.ts';

interface FollowNoticesOptions {
  readonly log: SessionLog;
  /** Position from before `stored` was read: notices since then are live, and may come twice. */
  readonly cursor: string;
  readonly stored: readonly StoredNotice[];
  /** Null: all types. */
  readonly infoTypes: readonly string[] | null;
  readonly signal: AbortSignal;
}

/** Yields the stored notices, oldest first, then live ones. */
export function followNotices(
  options: FollowNoticesOptions,
): AsyncIterableIterator<EventByType<'session.info'>> {
  const { log, cursor, stored, infoTypes, signal } = options;
  const live = log.follow({ after: cursor, types: ['session.info'], signal });
  const isWanted = (notice: { infoType: string }): boolean =>
    infoTypes?.includes(notice.infoType) ?? true;
  const repeated = stored.filter(isWanted).map((notice): EventByType<'session.info'> => ({
    ...notice,
    type: 'session.info',
    cursor,
    sessionId: log.sessionId,
    turnMessageId: null,
    agentId: null,
  }));
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      const first = repeated.shift();
      if (first) return { done: false, value: first };
      for (;;) {
        const next = await live.next();
        if (next.done) return { done: true, value: undefined };
        const { value } = next;
        if (value.type === 'session.info' && isWanted(value)) return { done: false, value };
      }
    },
    async return() {
      await live.return?.();
      return { done: true, value: undefined };
    },
  };
}
