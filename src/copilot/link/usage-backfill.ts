import type { SessionEvent as RuntimeEvent } from '@github/copilot-sdk';

import type { SessionLog } from '../../events/session-log.ts';
import type { Turn } from '../../events/turn.ts';
import { addCallUsage, type TurnUsage } from '../../events/usage.ts';
import type { RecentHistory } from '../history/read-recent-history.ts';
import type { SessionRecorder } from '../projections/session-recorder.ts';
import type { Turns } from '../projections/turns.ts';
import type { SessionServices } from '../services.ts';
import { translateEvent } from '../translate/translate-event.ts';

interface UsageBackfillOptions {
  readonly services: SessionServices;
  readonly log: SessionLog;
  readonly recorder: SessionRecorder;
  readonly turns: Turns;
}

/** Usage of model calls that happened while the gateway was not attached, because other clients used the session. */
export class UsageBackfill {
  readonly #options: UsageBackfillOptions;

  constructor(options: UsageBackfillOptions) {
    this.#options = options;
  }

  /**
   * Adds the usage of past calls to the totals, each exactly once across restarts of the gateway. Returns the ids of all
   * events, past or live, whose calls are in the totals.
   */
  async backfill({ pastEvents, liveEvents }: RecentHistory): Promise<ReadonlySet<string>> {
    const { services, log } = this.#options;
    const events = [...pastEvents, ...liveEvents];
    const until = await this.#resolveCountedUntil(events);
    const counted = events.filter(({ timestamp }) => until && new Date(timestamp) <= until);
    const ids = new Set(counted.map(({ id }) => id));
    let turn: Turn | undefined;
    for (const event of pastEvents) {
      const id = findUserMessageId(event);
      // A message that steered a turn has no turn of its own.
      if (id !== undefined) {
        turn = (await services.store.findTurn(log.sessionId, id)) ?? turn;
      }
      if (ids.has(event.id)) continue;
      for (const call of listModelCalls(event)) turn = this.#addCall(call, event, turn);
      ids.add(event.id);
    }
    return ids;
  }

  /** Returns the time up to which calls are counted. Calls from before the gateway knew the session never count. */
  async #resolveCountedUntil(events: readonly RuntimeEvent[]): Promise<Date | undefined> {
    const { services, log } = this.#options;
    const { usage } = services.store;
    const until = await usage.findCountedUntil(log.sessionId);
    const newest = events.at(-1);
    const isKnown = (await services.store.listRecordedEvents(log.sessionId)).length > 0;
    if (until || isKnown || !newest) return until;
    const from = new Date(newest.timestamp);
    await usage.setCountedUntil(log.sessionId, from);
    return from;
  }

  #addCall(call: TurnUsage, event: RuntimeEvent, turn: Turn | undefined): Turn | undefined {
    const { recorder, turns } = this.#options;
    const sum = turn && { ...turn, usage: addCallUsage(turn.usage, call) };
    const changed = turns.addUsage(turn?.messageId ?? null, call) ?? sum;
    recorder.handleModelCall(call, changed, {
      occurredAt: new Date(event.timestamp),
      turnMessageId: turn?.messageId ?? null,
      agentId: event.agentId ?? null,
    });
    return changed;
  }
}

function findUserMessageId(event: RuntimeEvent): string | undefined {
  return event.type === 'user.message' && event.agentId === undefined
    ? event.data.messageId
    : undefined;
}

function listModelCalls(event: RuntimeEvent): TurnUsage[] {
  const changes = translateEvent(event)?.changes ?? [];
  return changes.flatMap((change) => (change.type === 'usage-reported' ? [change.usage] : []));
}
