import { createSessionNotFoundError } from '../../errors/common-errors.ts';
import { GatewayError } from '../../errors/gateway-error.ts';
import type { SessionId } from '../../events/ids.ts';
import type { Message } from '../../events/message.ts';
import { hasEnded } from '../../events/turn.ts';
import type { SessionRecord } from '../../store/session-store.ts';
import { readMessages } from '../history/reduce-history.ts';
import { requireSessionProfile } from '../profiles/profiles.ts';
import { toInterruptedTurn } from '../projections/turns.ts';
import { Journal } from '../runtime/journal.ts';
import { deleteRuntimeSession } from '../runtime/runtime.ts';
import { deriveTitle } from '../runtime/sdk-values.ts';
import type { SessionServices } from '../services.ts';
import type { Session } from '../session/session.ts';
import {
  computeBoundaryAfterEndedTurns,
  exceedsBoundary,
  type ForkBoundary,
  requireBoundaryBefore,
} from './fork-boundary.ts';
import type { SessionChanges } from './session-changes.ts';
import type { SessionSync } from './session-sync.ts';

const ATTEMPTS = 5;

export interface ForkOptions {
  /** Null: all turns that have ended. */
  readonly beforeMessageId: string | null;
  /** Null: the runtime's own. */
  readonly title: string | null;
}

export interface ForkServices extends Pick<
  SessionServices,
  'runtime' | 'store' | 'profiles' | 'settings' | 'gitHubTokens' | 'providerKeys' | 'logger'
> {
  /** The runtime announces what it makes: the session must be known by then. */
  readonly sync: SessionSync;
  readonly changes: SessionChanges;
}

interface RuntimeFork {
  readonly sessionId: string;
  readonly name?: string;
}

/**
 * Another session with the history and the settings of this one.
 *
 * @returns its id, which the runtime chooses
 * @throws Failure BAD_USER_INPUT, and whatever the runtime fails with: then nothing was made
 */
export async function forkSession(
  source: Session,
  fork: ForkOptions,
  services: ForkServices,
): Promise<SessionId> {
  const record = await services.store.find(source.id);
  if (!record) throw createSessionNotFoundError();
  if (record.location === 'cloud') {
    throw new GatewayError('NOT_SUPPORTED', 'A cloud session cannot be forked.');
  }
  requireSessionProfile(record, services.profiles);
  // The runtime may have nothing of it yet.
  if (!record.hasMessages) await source.attach();
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const boundary =
      fork.beforeMessageId === null
        ? await computeBoundaryAfterEndedTurns(source, services)
        : await requireBoundaryBefore(fork.beforeMessageId, source, services);
    const id = await services.sync.runInOrder(() =>
      copySession(record, { ...fork, boundary }, services),
    );
    if (id !== undefined) return id;
  }
  throw new GatewayError('SESSION_BUSY', 'One turn after the other begins; try again.');
}

/** Undefined, and nothing made, when a turn began meanwhile. */
async function copySession(
  source: SessionRecord,
  { boundary, title }: { readonly boundary: ForkBoundary; readonly title: string | null },
  services: ForkServices,
): Promise<SessionId | undefined> {
  const { runtime, store } = services;
  const made = await forkInRuntime(source.id, boundary, services);
  const id = made.sessionId as SessionId;
  try {
    const messages = await readMessages(new Journal(runtime, id));
    if (exceedsBoundary(boundary, messages)) {
      await discardFork(id, services);
      return undefined;
    }
    const record = createForkRecord(source, made, title);
    services.gitHubTokens.copySessionToken(source.id, id);
    services.providerKeys.copy(source.id, id);
    await store.insert(record);
    await copyTurns({ from: source.id, to: id }, messages, services);
    services.changes.emitCreated(record);
    return id;
  } catch (error) {
    services.gitHubTokens.setSessionToken(id, undefined);
    services.providerKeys.set(id, undefined);
    await store.remove(id);
    await discardFork(id, services);
    throw error;
  }
}

async function forkInRuntime(
  sessionId: string,
  { eventId }: ForkBoundary,
  services: ForkServices,
): Promise<RuntimeFork> {
  let forking: Promise<RuntimeFork> | undefined;
  try {
    // Without a name: it would be told in the source as well.
    return await services.runtime.call(
      (client) =>
        (forking = client.rpc.sessions.fork({
          sessionId,
          ...(eventId === null ? {} : { toEventId: eventId }),
        })),
    );
  } catch (error) {
    // It may still be made after the deadline.
    forking?.then((late) => discardFork(late.sessionId, services)).catch(() => undefined);
    throw error;
  }
}

async function discardFork(id: string, { runtime, logger }: ForkServices): Promise<void> {
  try {
    await deleteRuntimeSession(id, runtime);
  } catch (error) {
    logger.warn({ err: error, sessionId: id }, 'unfinished fork not deleted');
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
    // Of a fork the runtime keeps also an empty history.
    hasMessages: true,
    remoteMode: 'off',
    remoteUrl: null,
    remoteSteerable: false,
    rewinds: 0,
    createdAt: now,
    updatedAt: now,
  };
}

/** Those that the messages belong to; one that was cut off while it ran goes on in the source only. */
async function copyTurns(
  { from, to }: { readonly from: string; readonly to: string },
  messages: readonly Message[],
  { store }: ForkServices,
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
