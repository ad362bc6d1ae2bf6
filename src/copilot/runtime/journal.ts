import { setTimeout } from 'node:timers/promises';

import type { SessionEvent as RuntimeEvent } from '@github/copilot-sdk';

import {
  createCursorExpiredError,
  createRuntimeUnavailableError,
} from '../../errors/common-errors.ts';
import type { Runtime } from './runtime.ts';

const PAGE_SIZE = 1_000;
const MAX_ATTEMPTS = 5;
/** Reads within the time that the runtime may take to write an event down. */
const LAG_READS = 10;

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
export interface JournalCursor {
  /** The runtime's own: it is good for one continuation, and only while the runtime keeps the reading. */
  readonly runtimeCursor: string;
  /** The event that was read last. */
  readonly lastReadEventId: string;
}

export interface JournalPage {
  /** Oldest first in either direction. */
  readonly events: readonly RuntimeEvent[];
  /** Null: there is no more. */
  readonly nextCursor: JournalCursor | null;
}

export interface ReadPagesOptions {
  /** Events on the first page; the runtime may give fewer. */
  readonly firstPageSize?: number;
  readonly after?: JournalCursor | null;
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
  async *readEvents(): AsyncGenerator<RuntimeEvent> {
    for await (const { events } of this.readPages('forward')) yield* events;
  }

  /** Pages from the end; within a page the events are oldest first. */
  async *readPagesBackward(): AsyncGenerator<readonly RuntimeEvent[]> {
    for await (const { events } of this.readPages('backward')) yield events;
  }

  /** The newest events, oldest first. */
  async readTail(count: number): Promise<readonly RuntimeEvent[]> {
    for await (const { events } of this.readPages('backward', { firstPageSize: count }))
      return events;
    return [];
  }

  /**
   * Pages from one end, or from where a reading in the same direction stopped. Others may have to wait until the
   * loop over it ends: the runtime lets go of one of its readings when there are too many.
   */
  async *readPages(
    direction: Direction,
    options: ReadPagesOptions = {},
  ): AsyncGenerator<JournalPage> {
    const [, release] = await this.#runtime.journalReadSemaphore.acquire();
    try {
      let place = options.after ?? null;
      let max = Math.min(options.firstPageSize ?? PAGE_SIZE, PAGE_SIZE);
      for (;;) {
        const page = await this.#readPage({ max, direction }, place);
        yield page;
        if (!page.nextCursor) return;
        place = page.nextCursor;
        max = PAGE_SIZE;
      }
    } finally {
      release();
    }
  }

  async #readPage(options: ReadOptions, place: JournalCursor | null): Promise<JournalPage> {
    const result = await this.#requestPage(
      place ? { ...options, cursor: place.runtimeCursor } : options,
    );
    if (result.cursorStatus === 'expired')
      return this.#readPageAfter(place?.lastReadEventId, options.direction);
    return toJournalPage(result, options.direction, result.events);
  }

  /** The runtime has let go of the reading, and gives nothing by the id of an event: read up to there again. */
  async #readPageAfter(edge: string | undefined, direction: Direction): Promise<JournalPage> {
    let position: { cursor?: string } = {};
    for (let attempt = 1; attempt <= MAX_ATTEMPTS;) {
      const result = await this.#requestPage({ max: PAGE_SIZE, direction, ...position });
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
        return toJournalPage(result, direction, rest);
      }
      if (!result.hasMore) throw createCursorExpiredError();
    }
    throw createRuntimeUnavailableError();
  }

  async #requestPage(options: ReadOptions): Promise<ReadResult> {
    const sessionId = this.#sessionId;
    const cloudLog = this.#runtime.cloudEventLogs.get(sessionId);
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

/**
 * Reads again until there is a value, for at most `lagMs`. The runtime reports an event before it writes it to the
 * journal, so an event that a read does not find may only not be written yet.
 *
 * @returns undefined when the last read found none either
 */
export async function readWithinLag<T>(
  read: () => Promise<T | undefined>,
  lagMs: number,
): Promise<T | undefined> {
  const maxReads = lagMs > 0 ? LAG_READS : 1;
  for (let reads = 1; ; reads++) {
    const value = await read();
    if (value !== undefined || reads === maxReads) return value;
    await setTimeout(lagMs / LAG_READS, undefined, { ref: false });
  }
}

function toJournalPage(
  { hasMore, cursor: runtimeCursor, events: read }: ReadResult,
  direction: Direction,
  events: readonly RuntimeEvent[],
): JournalPage {
  const edge = direction === 'forward' ? read.at(-1) : read[0];
  return {
    events,
    nextCursor: hasMore && edge ? { runtimeCursor, lastReadEventId: edge.id } : null,
  };
}
