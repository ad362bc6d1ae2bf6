import type { SessionEvent as RuntimeEvent } from '@github/copilot-sdk';

import type { Runtime } from './runtime.ts';

const PAGE = 1_000;

interface Page {
  readonly events: readonly RuntimeEvent[];
  readonly hasMore: boolean;
  readonly cursor: string;
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
    for await (const page of this.#pages('forward')) yield* page;
  }

  /** Pages from the end; within a page the events are oldest first. */
  pagesFromEnd(): AsyncGenerator<readonly RuntimeEvent[]> {
    return this.#pages('backward');
  }

  /** The newest events, oldest first. */
  async tail(count: number): Promise<readonly RuntimeEvent[]> {
    return (await this.#read({ max: count, direction: 'backward' })).events;
  }

  async *#pages(direction: 'forward' | 'backward'): AsyncGenerator<readonly RuntimeEvent[]> {
    let position: { cursor?: string } = {};
    for (;;) {
      const page = await this.#read({ max: PAGE, direction, ...position });
      yield page.events;
      if (!page.hasMore) return;
      position = { cursor: page.cursor };
    }
  }

  async #read(options: {
    max: number;
    direction: 'forward' | 'backward';
    cursor?: string;
  }): Promise<Page> {
    const sessionId = this.#sessionId;
    try {
      return await this.#runtime.journalReads.pass(() =>
        this.#runtime.call((client) =>
          client.rpc.sessions.readPersistedEvents({ sessionId, ...options }),
        ),
      );
    } catch (error) {
      // It is written from the first message on.
      if (error instanceof Error && /journal is unavailable/i.test(error.message))
        return { events: [], hasMore: false, cursor: '' };
      throw error;
    }
  }
}
