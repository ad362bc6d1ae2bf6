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

/** The position at which a reading stopped. */
export interface JournalCursor {
  /** The runtime's own cursor: valid for one continuation, and only while the runtime keeps the reading. */
  readonly runtimeCursor: string;
  /** Id of the event that was read last; finds the position again when the runtime has dropped the reading. */
  readonly lastReadEventId: string;
}

export interface JournalPage {
  /** Oldest first in either direction. */
  readonly events: readonly RuntimeEvent[];
  /** Null: this was the last page. */
  readonly nextCursor: JournalCursor | null;
}

export interface ReadPagesOptions {
  /** Number of events on the first page; the runtime may return fewer. */
  readonly firstPageSize?: number;
  readonly after?: JournalCursor | null;
}

/**
 * The runtime's durable record of one session, the source of truth of its history. Reading it does not resume the
 * session.
 */
export class Journal {
  readonly #runtime: Runtime;
  readonly #sessionId: string;

  constructor(runtime: Runtime, sessionId: string) {
    this.#runtime = runtime;
    this.#sessionId = sessionId;
  }

  /** Yields all events, oldest first. */
  async *readEvents(): AsyncGenerator<RuntimeEvent> {
    for await (const { events } of this.readPages('forward')) yield* events;
  }

  /** Yields pages from the end; within a page the events are oldest first. */
  async *readPagesBackward(): AsyncGenerator<readonly RuntimeEvent[]> {
    for await (const { events } of this.readPages('backward')) yield events;
  }

  /** Returns up to `count` of the newest events, oldest first. */
  async readTail(count: number): Promise<readonly RuntimeEvent[]> {
    for await (const { events } of this.readPages('backward', { firstPageSize: count }))
      return events;
    return [];
  }

  /**
   * Yields pages from one end, or from where a reading in the same direction stopped. The number of readings at once is
   * limited, because the runtime drops one when there are too many: end the loop over the pages soon.
   */
  async *readPages(
    direction: Direction,
    options: ReadPagesOptions = {},
  ): AsyncGenerator<JournalPage> {
    const [, release] = await this.#runtime.journalReadSemaphore.acquire();
    try {
      let cursor = options.after ?? null;
      let max = Math.min(options.firstPageSize ?? PAGE_SIZE, PAGE_SIZE);
      for (;;) {
        const page = await this.#readPage({ max, direction }, cursor);
        yield page;
        if (!page.nextCursor) return;
        cursor = page.nextCursor;
        max = PAGE_SIZE;
      }
    } finally {
      release();
    }
  }

  async #readPage(options: ReadOptions, after: JournalCursor | null): Promise<JournalPage> {
    const result = await this.#requestPage(
      after ? { ...options, cursor: after.runtimeCursor } : options,
    );
    if (result.cursorStatus === 'expired')
      return this.#readPageAfter(after?.lastReadEventId, options.direction);
    return toJournalPage(result, options.direction, result.events);
  }

  /** Reads up to an event again: the runtime has dropped the reading, and cannot start one at the id of an event. */
  async #readPageAfter(eventId: string | undefined, direction: Direction): Promise<JournalPage> {
    let start: { cursor?: string } = {};
    for (let attempt = 1; attempt <= MAX_ATTEMPTS;) {
      const result = await this.#requestPage({ max: PAGE_SIZE, direction, ...start });
      start = { cursor: result.cursor };
      if (result.cursorStatus === 'expired') {
        attempt++;
        start = {};
        continue;
      }
      const index = result.events.findIndex(({ id }) => id === eventId);
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
      // The runtime creates the journal with the first message.
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
  const last = direction === 'forward' ? read.at(-1) : read[0];
  return {
    events,
    nextCursor: hasMore && last ? { runtimeCursor, lastReadEventId: last.id } : null,
  };
}
