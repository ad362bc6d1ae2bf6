import type { SessionEvent as RuntimeEvent } from '@github/copilot-sdk';

import { cursorExpired } from '../../events/cursor.ts';
import { unavailable } from './call-timeout.ts';
import type { Runtime } from './runtime.ts';

const PAGE = 1_000;
const ATTEMPTS = 5;

type Direction = 'forward' | 'backward';

interface ReadOptions {
  readonly max: number;
  readonly direction: Direction;
  readonly cursor?: string;
}

interface ReadResult {
  readonly events: readonly RuntimeEvent[];
  readonly hasMore: boolean;
  readonly cursor: string;
  readonly cursorStatus: 'ok' | 'expired';
}

/** Where a reading stopped. */
export interface JournalPlace {
  /** The runtime's own: it is good for one continuation, and only while the runtime keeps the reading. */
  readonly cursor: string;
  /** The event that was read last. */
  readonly edge: string;
}

export interface JournalPage {
  /** Oldest first in either direction. */
  readonly events: readonly RuntimeEvent[];
  /** Null: there is no more. */
  readonly next: JournalPlace | null;
}

export interface PagesOptions {
  /** Events on the first page; the runtime may give fewer. */
  readonly first?: number;
  readonly after?: JournalPlace | null;
}

/** The runtime's record of one session: what is true of what was said. Reading it neither resumes nor disturbs. */
export class Journal {
  readonly #runtime: Runtime;
  readonly #sessionId: string;

  constructor(runtime: Runtime, sessionId: string) {
    this.#runtime = runtime;
    this.#sessionId = sessionId;
  }

  /** Oldest first. */
  async *events(): AsyncGenerator<RuntimeEvent> {
    for await (const { events } of this.pages('forward')) yield* events;
  }

  /** Pages from the end; within a page the events are oldest first. */
  async *pagesFromEnd(): AsyncGenerator<readonly RuntimeEvent[]> {
    for await (const { events } of this.pages('backward')) yield events;
  }

  /** The newest events, oldest first. */
  async tail(count: number): Promise<readonly RuntimeEvent[]> {
    for await (const { events } of this.pages('backward', { first: count })) return events;
    return [];
  }

  /**
   * Pages from one end, or from where a reading in the same direction stopped. Others may have to wait until the
   * loop over it ends: the runtime lets go of one of its readings when there are too many.
   */
  async *pages(direction: Direction, options: PagesOptions = {}): AsyncGenerator<JournalPage> {
    const leave = await this.#runtime.journalReads.enter();
    try {
      let place = options.after ?? null;
      let max = Math.min(options.first ?? PAGE, PAGE);
      for (;;) {
        const page = await this.#page({ max, direction }, place);
        yield page;
        if (!page.next) return;
        place = page.next;
        max = PAGE;
      }
    } finally {
      leave();
    }
  }

  async #page(options: ReadOptions, place: JournalPlace | null): Promise<JournalPage> {
    const result = await this.#read(place ? { ...options, cursor: place.cursor } : options);
    if (result.cursorStatus === 'expired') return this.#pageAfter(place?.edge, options.direction);
    return pageOf(result, options.direction, result.events);
  }

  /** The runtime has let go of the reading, and gives nothing by the id of an event: read up to there again. */
  async #pageAfter(edge: string | undefined, direction: Direction): Promise<JournalPage> {
    let position: { cursor?: string } = {};
    for (let attempt = 1; attempt <= ATTEMPTS;) {
      const result = await this.#read({ max: PAGE, direction, ...position });
      position = { cursor: result.cursor };
      if (result.cursorStatus === 'expired') {
        attempt++;
        position = {};
        continue;
      }
      const index = result.events.findIndex(({ id }) => id === edge);
      if (index >= 0) {
        const rest =
          direction === 'forward' ? result.events.slice(index + 1) : result.events.slice(0, index);
        return pageOf(result, direction, rest);
      }
      if (!result.hasMore) throw cursorExpired();
    }
    throw unavailable();
  }

  async #read(options: ReadOptions): Promise<ReadResult> {
    const sessionId = this.#sessionId;
    const cloudLog = this.#runtime.cloudLogs.get(sessionId);
    if (cloudLog) return this.#runtime.call(() => cloudLog.read(options));
    try {
      return await this.#runtime.call((client) =>
        client.rpc.sessions.readPersistedEvents({ sessionId, ...options }),
      );
    } catch (error) {
      // It is written from the first message on.
      if (error instanceof Error && /journal is unavailable/i.test(error.message))
        return { events: [], hasMore: false, cursor: '', cursorStatus: 'ok' };
      throw error;
    }
  }
}

function pageOf(
  { hasMore, cursor, events: read }: ReadResult,
  direction: Direction,
  events: readonly RuntimeEvent[],
): JournalPage {
  const edge = direction === 'forward' ? read.at(-1) : read[0];
  return { events, next: hasMore && edge ? { cursor, edge: edge.id } : null };
}
