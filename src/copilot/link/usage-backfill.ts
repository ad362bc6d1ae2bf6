import type { SessionEvent as RuntimeEvent } from '@github/copilot-sdk';

import type { SessionLog } from '../../events/session-log.ts';
import type { Turn } from '../../events/turn.ts';
import { turnSumOf, type TurnUsage } from '../../events/usage.ts';
import type { NewestHistory } from '../history/recent-history.ts';
import type { SessionMemory } from '../projections/session-recorder.ts';
import type { Turns } from '../projections/turns.ts';
import type { SessionServices } from '../services.ts';
import { translateEvent } from '../translate/translate-event.ts';

interface MissedCallsOptions {
  readonly services: SessionServices;
  readonly log: SessionLog;
  readonly memory: SessionMemory;
  readonly turns: Turns;
}

/** Model calls of which nobody here was told: a runtime that others kept at work still tells of them. */
export class MissedCalls {
  readonly #options: MissedCallsOptions;

  constructor(options: MissedCallsOptions) {
    this.#options = options;
  }

  /**
   * Counts those of the past, each once over all gateways.
   * @returns the ids of the events whose calls are in the sums, of the present as well
   */
  async count({ past, present }: NewestHistory): Promise<ReadonlySet<string>> {
    const { services, log } = this.#options;
    const events = [...past, ...present];
    const until = await this.#countedUntil(events);
    const counted = events.filter(({ timestamp }) => until && new Date(timestamp) <= until);
    const ids = new Set(counted.map(({ id }) => id));
    let turn: Turn | undefined;
    for (const event of past) {
      const id = messageIdOf(event);
      // A message that joined a turn has none of its own.
      if (id !== undefined) {
        turn = (await services.directory.findTurn(log.sessionId, id)) ?? turn;
      }
      if (ids.has(event.id)) continue;
      for (const call of callsIn(event)) turn = this.#add(call, event, turn);
      ids.add(event.id);
    }
    return ids;
  }

  /** What a session cost before this gateway knew it is not counted. */
  async #countedUntil(events: readonly RuntimeEvent[]): Promise<Date | undefined> {
    const { services, log } = this.#options;
    const { usage } = services.directory;
    const until = await usage.countedUntil(log.sessionId);
    const newest = events.at(-1);
    const isKnown = (await services.directory.recorded(log.sessionId)).length > 0;
    if (until || isKnown || !newest) return until;
    const from = new Date(newest.timestamp);
    await usage.countFrom(log.sessionId, from);
    return from;
  }

  #add(call: TurnUsage, event: RuntimeEvent, turn: Turn | undefined): Turn | undefined {
    const { memory, turns } = this.#options;
    const sum = turn && { ...turn, usage: turnSumOf(turn.usage, call) };
    const changed = turns.used(turn?.messageId ?? null, call) ?? sum;
    memory.called(call, changed, {
      occurredAt: new Date(event.timestamp),
      turnMessageId: turn?.messageId ?? null,
      agentId: event.agentId ?? null,
    });
    return changed;
  }
}

function messageIdOf(event: RuntimeEvent): string | undefined {
  return event.type === 'user.message' && event.agentId === undefined
    ? event.data.messageId
    : undefined;
}

function callsIn(event: RuntimeEvent): TurnUsage[] {
  const changes = translateEvent(event)?.changes ?? [];
  return changes.flatMap((change) => (change.type === 'model-called' ? [change.usage] : []));
}
