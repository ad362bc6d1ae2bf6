import { vi } from 'vitest';

import type { TestGateway } from './gateway.ts';

/** Records each page that the gateway reads from a journal, as its number of events. */
export async function watchJournalReads(gateway: TestGateway): Promise<number[]> {
  const reads: number[] = [];
  await gateway.services.runtime.call(({ rpc: { sessions } }) => {
    const readPage = sessions.readPersistedEvents.bind(sessions);
    vi.spyOn(sessions, 'readPersistedEvents').mockImplementation(async (options) => {
      const page = await readPage(options);
      reads.push(page.events.length);
      return page;
    });
    return Promise.resolve();
  });
  return reads;
}

const POSITION_EVENTS = 20;

/** Makes the runtime discard the next read of several pages: it keeps the state of eight reads only. */
export async function crowdOutReading(gateway: TestGateway, sessionId: string): Promise<void> {
  await gateway.services.runtime.call(({ rpc: { sessions } }) => {
    const readPage = sessions.readPersistedEvents;
    sessions.readPersistedEvents = async (options) => {
      const page = await readPage(options);
      if (page.hasMore && (options.max ?? 0) > POSITION_EVENTS) {
        sessions.readPersistedEvents = readPage;
        for (let reading = 0; reading < 9; reading++) await readPage({ sessionId, max: 1 });
      }
      return page;
    };
    return Promise.resolve();
  });
}
