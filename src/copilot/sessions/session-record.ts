import type { SessionRecord } from '../../store/session-store.ts';

type GivenValues = Pick<SessionRecord, 'id' | 'owner' | 'profile'> & Partial<SessionRecord>;

/** Returns the record of a session that was created now, with defaults for the values that are not given. */
export function createSessionRecord(given: GivenValues): SessionRecord {
  const now = new Date();
  return {
    model: null,
    reasoningEffort: null,
    title: null,
    titleChosen: false,
    instructions: null,
    labels: [],
    clientTools: [],
    repository: null,
    location: 'local',
    isStarting: false,
    remoteMode: 'off',
    remoteUrl: null,
    remoteSteerable: false,
    workingDirectory: 'runtime',
    gitHubAccount: 'server',
    ownProvider: null,
    hasMessages: false,
    rewinds: 0,
    createdAt: now,
    updatedAt: now,
    ...given,
  };
}
