import { GatewayError } from '../../errors/gateway-error.ts';
import type { SessionId } from '../../events/ids.ts';
import type { Message } from '../../events/message.ts';
import { hasEnded } from '../../events/turn.ts';
import type { SessionRecord } from '../../store/session-store.ts';
import { readMessages } from '../history/reduce-history.ts';
import { requireSessionProfile } from '../profiles/profiles.ts';
import { toInterruptedTurn } from '../projections/turn-transitions.ts';
import { Journal } from '../runtime/journal.ts';
import { deleteRuntimeSession } from '../runtime/runtime.ts';
import { deriveTitle } from '../runtime/sdk-values.ts';
import { removeSessionData } from './forget-session.ts';
import {
  computeBoundaryAfterEndedTurns,
  exceedsBoundary,
  type ForkBoundary,
  requireBoundaryBefore,
} from './fork-boundary.ts';
import type { SessionInUse } from './open-sessions.ts';
import type { UseCaseServices } from './use-case-services.ts';

const ATTEMPTS = 5;

export interface ForkOptions {
  /** Null: copies all turns that have ended. */
  readonly beforeMessageId: string | null;
  /** Null: the title that the runtime gives. */
  readonly title: string | null;
}

interface RuntimeFork {
  readonly sessionId: string;
  readonly name?: string;
}

/**
 * Creates a session with the history and the settings of `source`.
 *
 * @returns its id, which the runtime chooses
 * @throws {GatewayError} BAD_USER_INPUT, and whatever the runtime fails with: then nothing was created
 */
export async function forkFrom(
  { session: source, record }: SessionInUse,
  fork: ForkOptions,
  services: UseCaseServices,
): Promise<SessionId> {
  if (record.location === 'cloud') {
    throw new GatewayError('NOT_SUPPORTED', 'A cloud session cannot be forked.');
  }
  requireSessionProfile(record, services.profiles);
  // The runtime may not have the session yet.
  if (!record.hasMessages) await source.attach();
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const boundary =
      fork.beforeMessageId === null
        ? await computeBoundaryAfterEndedTurns(source, services)
        : await requireBoundaryBefore(fork.beforeMessageId, source, services);
    // In order with the sync: the runtime reports the fork, which must be in the store by then.
    const id = await services.sync.runInOrder(() =>
      copySession(record, { ...fork, boundary }, services),
    );
    if (id !== undefined) return id;
  }
  throw new GatewayError('SESSION_BUSY', 'The session is busy; retry when no turn is running.');
}

/** Returns undefined, and creates nothing, when a turn started meanwhile. */
async function copySession(
  source: SessionRecord,
  { boundary, title }: { readonly boundary: ForkBoundary; readonly title: string | null },
  services: UseCaseServices,
): Promise<SessionId | undefined> {
  const { runtime, store } = services;
  const fork = await forkInRuntime(source.id, boundary, services);
  const id = fork.sessionId as SessionId;
  try {
    const messages = await readMessages(new Journal(runtime, id));
    if (exceedsBoundary(boundary, messages)) {
      await discardFork(id, services);
      return undefined;
    }
    const record = createForkRecord(source, fork, title);
    services.gitHubTokens.copy(source.id, id);
    services.providerKeys.copy(source.id, id);
    await store.insert(record);
    await copyTurns({ from: source.id, to: id }, messages, services);
    services.changes.emitCreated(record);
    return id;
  } catch (error) {
    await removeSessionData({ ...source, id }, services);
    await discardFork(id, services);
    throw error;
  }
}

async function forkInRuntime(
  sessionId: string,
  { eventId }: ForkBoundary,
  services: UseCaseServices,
): Promise<RuntimeFork> {
  let forking: Promise<RuntimeFork> | undefined;
  try {
    // Without a name, which the runtime would report in the source as well.
    return await services.runtime.call(
      (client) =>
        (forking = client.rpc.sessions.fork({
          sessionId,
          ...(eventId === null ? {} : { toEventId: eventId }),
        })),
    );
  } catch (error) {
    // The runtime may still create the fork after the timeout.
    forking?.then((late) => discardFork(late.sessionId, services)).catch(() => undefined);
    throw error;
  }
}

async function discardFork(id: string, { runtime, logger }: UseCaseServices): Promise<void> {
  try {
    await deleteRuntimeSession(id, runtime);
  } catch (error) {
    logger.warn({ err: error, sessionId: id }, 'failed to delete unfinished fork');
  }
}

function createForkRecord(
  source: SessionRecord,
  fork: RuntimeFork,
  title: string | null,
): SessionRecord {
  const now = new Date();
  return {
    ...source,
    id: fork.sessionId,
    title: title ?? (fork.name === undefined ? null : deriveTitle(fork.name)),
    titleChosen: title !== null,
    // The runtime lists a fork also when its history is empty.
    hasMessages: true,
    remoteMode: 'off',
    remoteUrl: null,
    remoteSteerable: false,
    rewinds: 0,
    createdAt: now,
    updatedAt: now,
  };
}

/** Copies the turns of the copied messages. A turn that was running when the session was forked continues in the source only. */
async function copyTurns(
  { from, to }: { readonly from: string; readonly to: string },
  messages: readonly Message[],
  { store }: UseCaseServices,
): Promise<void> {
  const now = new Date();
  for (const messageId of new Set(messages.map(({ turnMessageId }) => turnMessageId))) {
    const turn = messageId === null ? undefined : await store.findTurn(from, messageId);
    if (turn) {
      const ended = hasEnded(turn) ? turn : toInterruptedTurn(turn, now);
      await store.saveTurn({ ...ended, sessionId: to });
    }
  }
}
