import { pino } from 'pino';
import { expect, it } from 'vitest';

import { SessionRecorder } from '../../../src/copilot/projections/session-recorder.ts';
import type { SessionServices } from '../../../src/copilot/services.ts';
import { SessionLog } from '../../../src/events/session-log.ts';
import type { SessionRecord } from '../../../src/store/session-store.ts';
import { openSqliteStore } from '../../../src/store/sqlite-store.ts';

const createdAt = new Date(0);

const record: SessionRecord = {
  id: 's',
  owner: null,
  profile: 'default',
  model: null,
  reasoningEffort: null,
  title: null,
  titleChosen: false,
  instructions: null,
  labels: [],
  clientTools: [],
  repository: null,
  location: 'local',
  remoteMode: 'off',
  isStarting: false,
  remoteUrl: null,
  remoteSteerable: false,
  workingDirectory: 'fresh',
  gitHubAccount: 'server',
  ownProvider: null,
  hasMessages: false,
  rewinds: 0,
  createdAt,
  updatedAt: createdAt,
};

async function createRecorder() {
  const store = openSqliteStore(':memory:');
  await store.insert(record);
  const log = new SessionLog('s', {
    maxAgeMs: 60_000,
    maxBytes: 1_000_000,
    maxTextLength: 100_000,
    rewinds: 0,
    catchUp: () => Promise.resolve(undefined),
  });
  const services = {
    store,
    logger: pino({ enabled: false }),
    onSessionChanged: () => undefined,
  } as unknown as SessionServices;
  const recorder = new SessionRecorder(log, services);
  const reportTitle = (title: string): void => {
    const change = { type: 'title-changed', title } as const;
    recorder.handleTitleChanged(change, { occurredAt: new Date(), agentId: null });
  };
  const listTitles = () =>
    [...log.listSteps()].flatMap((step) => (step.type === 'title.changed' ? [step.title] : []));
  return { store, reportTitle, listTitles, [Symbol.dispose]: () => store.close() };
}

it('saves and announces a title of the runtime once', async () => {
  using session = await createRecorder();
  session.reportTitle('First');
  session.reportTitle('First');
  session.reportTitle('Second');
  await expect.poll(session.listTitles).toEqual(['First', 'Second']);
  expect(await session.store.find('s')).toMatchObject({ title: 'Second', titleChosen: false });
});

it('keeps a title that a viewer chooses while one of the runtime is being saved', async () => {
  using session = await createRecorder();
  session.reportTitle('Runtime');
  await session.store.update('s', { title: 'Chosen', titleChosen: true });
  session.reportTitle('Runtime again');
  await expect.poll(session.listTitles).toEqual(['Runtime']);
  expect(await session.store.find('s')).toMatchObject({ title: 'Chosen', titleChosen: true });
});
