import type { CopilotSession, SessionEvent as RuntimeEvent } from '@github/copilot-sdk';

import type { Turn } from '../../events/turn.ts';
import type { SessionRecord, StoredRequest } from '../../store/session-store.ts';
import { listSteeringMessageIds } from '../history/steering-messages.ts';
import type { Turns } from '../projections/turns.ts';
import { Journal } from '../runtime/journal.ts';
import type { SessionServices } from '../services.ts';
import type { RequestResponder } from './request-responder.ts';

interface RequestRecoveryOptions {
  readonly record: SessionRecord;
  readonly services: SessionServices;
  readonly responder: RequestResponder;
  readonly turns: Turns;
}

/** The history, cut where the turn that waits begins. */
export interface WaitingHistory {
  readonly before: readonly RuntimeEvent[];
  readonly since: readonly RuntimeEvent[];
}

/** What the agent asked of an earlier gateway. The runtime keeps it, but does not tell of it again. */
export class RequestRecovery {
  readonly #options: RequestRecoveryOptions;
  #isPending = false;

  constructor(options: RequestRecoveryOptions) {
    this.#options = options;
  }

  /** They are known to exist, and not yet what they are. */
  get isPending(): boolean {
    return this.#isPending;
  }

  /** @param turn that waits for them; null: none does */
  start(turn: Turn | null): void {
    if (turn) this.#options.turns.restoreTurn(turn);
    this.#isPending = true;
  }

  /**
   * Undefined: nobody is waited for. What it gives is to be taken in, and then settled.
   * @param unwritten events that may not be in the journal yet
   */
  async readWaitingHistory(
    attachment: CopilotSession,
    unwritten: readonly RuntimeEvent[],
  ): Promise<WaitingHistory | undefined> {
    const { record, responder, services } = this.#options;
    const stored = await services.store.requests.list(record.id);
    const pending = await this.#readPendingIds(attachment);
    if (pending.size === 0 && stored.every(isResolved)) return undefined;
    responder.requests.loadStored(stored);
    return this.#readSinceTurn(unwritten);
  }

  /** What the runtime has as well goes on waiting; all else does not any more. */
  async finish(attachment: CopilotSession | null): Promise<void> {
    const { record, responder, services } = this.#options;
    const { requests } = responder;
    requests.loadStored(await services.store.requests.list(record.id));
    const pending = attachment ? await this.#readPendingIds(attachment) : new Set<string>();
    requests.withdrawMissing(pending, new Date());
    requests.loadStored([]);
    this.#isPending = false;
  }

  /** The runtime is at work: a turn that waited for none but withdrawn ones does so no more. */
  resumeTurn(): void {
    this.#options.responder.requests.updateTurn();
  }

  async #readPendingIds(attachment: CopilotSession): Promise<Set<string>> {
    const { runtime } = this.#options.services;
    const { items } = await runtime.call(() => attachment.rpc.permissions.pendingRequests());
    return new Set(items.map(({ requestId }) => requestId));
  }

  async #readSinceTurn(unwritten: readonly RuntimeEvent[]): Promise<WaitingHistory | undefined> {
    const { record, services, turns } = this.#options;
    const journal = new Journal(services.runtime, record.id);
    let events = unwritten;
    for await (const page of journal.readPagesBackward()) {
      const ids = new Set(page.map(({ id }) => id));
      events = [...page, ...events.filter(({ id }) => !ids.has(id))];
      const joined = new Set(listSteeringMessageIds(events));
      const first = events.findLastIndex((event) => startsTurn(event, joined));
      if (first < 0) continue;
      const since = events.slice(first);
      for (const id of listSteeringMessageIds(since))
        turns.expectSteeringMessage({ id, prompt: '', queuedAt: new Date() });
      return { before: events.slice(0, first), since };
    }
    return undefined;
  }
}

function isResolved({ resolvedAt }: StoredRequest): boolean {
  return resolvedAt !== null;
}

function startsTurn(event: RuntimeEvent, joined: ReadonlySet<string>): boolean {
  if (event.type !== 'user.message' || event.agentId !== undefined) return false;
  const { delivery, messageId = event.id } = event.data;
  return delivery !== 'steering' && !joined.has(messageId);
}
