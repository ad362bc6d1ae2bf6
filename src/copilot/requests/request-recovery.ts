import type { CopilotSession, SessionEvent as RuntimeEvent } from '@github/copilot-sdk';

import type { Turn } from '../../events/turn.ts';
import type { SessionRecord, StoredRequest } from '../../store/session-store.ts';
import { listSteeringMessageIds } from '../history/steering-messages.ts';
import type { Turns } from '../projections/turns.ts';
import { Journal } from '../runtime/journal.ts';
import type { SessionServices } from '../services.ts';
import type { PendingRequests } from './pending-requests.ts';

interface RequestRecoveryOptions {
  readonly record: SessionRecord;
  readonly services: SessionServices;
  readonly requests: PendingRequests;
  readonly turns: Turns;
}

/** The history, split where the waiting turn starts. */
export interface WaitingHistory {
  readonly before: readonly RuntimeEvent[];
  readonly since: readonly RuntimeEvent[];
}

/**
 * Recovers the requests that were pending when an earlier gateway stopped. The runtime keeps them, but does not report
 * them again: their content is read from the journal.
 *
 *   start() -- attach --> readWaitingHistory() -- events processed --> finish() --> resumeTurn()
 *           -- the session cannot be attached -----------------------> finish(null)
 */
export class RequestRecovery {
  readonly #options: RequestRecoveryOptions;
  #isPending = false;

  constructor(options: RequestRecoveryOptions) {
    this.#options = options;
  }

  /** True while requests exist whose content has not been read from the runtime yet. */
  get isPending(): boolean {
    return this.#isPending;
  }

  /** @param turn the turn that waits for the requests; null when they belong to no turn */
  start(turn: Turn | null): void {
    if (turn) this.#options.turns.restoreTurn(turn);
    this.#isPending = true;
  }

  /**
   * Returns undefined when nothing waits for input. The caller processes the returned events, then calls `finish`.
   *
   * @param unwritten events that may not be in the journal yet
   */
  async readWaitingHistory(
    sdkSession: CopilotSession,
    unwritten: readonly RuntimeEvent[],
  ): Promise<WaitingHistory | undefined> {
    const { record, requests, services } = this.#options;
    const stored = await services.store.requests.list(record.id);
    const pending = await this.#readPendingIds(sdkSession);
    if (pending.size === 0 && stored.every(isResolved)) return undefined;
    requests.loadStored(stored);
    return this.#readSinceTurn(unwritten);
  }

  /** Withdraws the requests that the runtime does not have; the others stay pending. */
  async finish(sdkSession: CopilotSession | null): Promise<void> {
    const { record, requests, services } = this.#options;
    requests.loadStored(await services.store.requests.list(record.id));
    const pending = sdkSession ? await this.#readPendingIds(sdkSession) : new Set<string>();
    requests.withdrawMissing(pending, new Date());
    requests.loadStored([]);
    this.#isPending = false;
  }

  /** The runtime works: a turn whose requests were all withdrawn runs again. */
  resumeTurn(): void {
    this.#options.requests.updateTurn();
  }

  async #readPendingIds(sdkSession: CopilotSession): Promise<Set<string>> {
    const { runtime } = this.#options.services;
    const { items } = await runtime.call(() => sdkSession.rpc.permissions.pendingRequests());
    return new Set(items.map(({ requestId }) => requestId));
  }

  async #readSinceTurn(unwritten: readonly RuntimeEvent[]): Promise<WaitingHistory | undefined> {
    const { record, services, turns } = this.#options;
    const journal = new Journal(services.runtime, record.id);
    let events = unwritten;
    for await (const page of journal.readPagesBackward()) {
      const ids = new Set(page.map(({ id }) => id));
      events = [...page, ...events.filter(({ id }) => !ids.has(id))];
      const steeringIds = new Set(listSteeringMessageIds(events));
      const first = events.findLastIndex((event) => startsTurn(event, steeringIds));
      if (first < 0) continue;
      const since = events.slice(first);
      for (const id of listSteeringMessageIds(since)) {
        turns.expectSteeringMessage({ id, prompt: '', queuedAt: new Date() });
      }
      return { before: events.slice(0, first), since };
    }
    return undefined;
  }
}

function isResolved({ resolvedAt }: StoredRequest): boolean {
  return resolvedAt !== null;
}

function startsTurn(event: RuntimeEvent, steeringIds: ReadonlySet<string>): boolean {
  if (event.type !== 'user.message' || event.agentId !== undefined) return false;
  const { delivery, messageId = event.id } = event.data;
  return delivery !== 'steering' && !steeringIds.has(messageId);
}
