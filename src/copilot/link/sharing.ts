import type { CopilotSession } from '@github/copilot-sdk';

import { GatewayError } from '../../errors/gateway-error.ts';
import { createSessionOrigin } from '../../events/event-factory.ts';
import type { SessionLog } from '../../events/session-log.ts';
import type { RemoteMode, SessionRecord } from '../../store/session-store.ts';
import { requireSessionProfile } from '../profiles/profiles.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { SessionServices } from '../services.ts';

/** The runtime tells of a refusal beside its answer, a moment before or after. */
const REASON_TIMEOUT_MS = 1_000;
const POLICY_PATTERN = /not enabled|administrator|managed settings|policy/i;
const REFUSED_PATTERN = /failed to set up remote session/i;

/** Where a session is seen on GitHub. */
export interface SharingState {
  readonly remoteUrl: string | null;
  readonly remoteSteerable: boolean;
}

type Services = Pick<SessionServices, 'profiles' | 'runtime'>;

/**
 * Whether the session may be shown on GitHub: with an account that is its own, or the server's when it has none.
 * @throws Failure POLICY_BLOCKED, BAD_USER_INPUT, NOT_SUPPORTED
 */
export function checkSharing(record: SessionRecord, { profiles, runtime }: Services): void {
  if (record.location === 'cloud') {
    throw new GatewayError('NOT_SUPPORTED', 'A cloud session is on GitHub anyway.');
  }
  if (!requireSessionProfile(record, profiles).allowsRemote) {
    throw new GatewayError('POLICY_BLOCKED', 'remote: the profile does not let sessions be shared');
  }
  if (record.ownProvider !== null) {
    const problem = 'a session with a provider of its own has no GitHub account to share it with';
    throw new GatewayError('BAD_USER_INPUT', `remote: ${problem}`);
  }
  // The bundled runtime would do it with its own account, whatever the session's is.
  if (record.gitHubAccount !== 'server' && runtime.status.auth?.isAuthenticated) {
    const problem = 'the runtime has an account of its own, and may share with that one';
    throw new GatewayError('NOT_SUPPORTED', `remote: ${problem}`);
  }
}

/**
 * Shares the session, or stops that.
 * @throws Failure GITHUB_AUTH_REQUIRED, POLICY_BLOCKED, NOT_SUPPORTED, RUNTIME_UNAVAILABLE
 */
export async function applyRemoteMode(
  attachment: CopilotSession,
  mode: RemoteMode,
  runtime: Runtime,
): Promise<SharingState> {
  const { remote } = attachment.rpc;
  if (mode === 'off') {
    await runtime.call(() => remote.disable());
    return { remoteUrl: null, remoteSteerable: false };
  }
  const reason = listenForReason(attachment);
  try {
    const { url, remoteSteerable } = await runtime.call(() => remote.enable({ mode }));
    return { remoteUrl: url ?? null, remoteSteerable };
  } catch (error) {
    if (!(error instanceof Error) || !REFUSED_PATTERN.test(error.message)) throw error;
    throw createSharingError(await reason.waitForReason());
  } finally {
    reason.stop();
  }
}

/** The runtime's own words, which readers of the session get as a warning. */
function listenForReason(attachment: CopilotSession) {
  let tell: (words: string) => void = () => undefined;
  const words = new Promise<string>((resolve) => (tell = resolve));
  const stop = attachment.on('session.warning', ({ data }) => {
    if (data.warningType === 'remote') tell(data.message);
  });
  const waitForReason = (): Promise<string> => {
    setTimeout(tell, REASON_TIMEOUT_MS, '').unref();
    return words;
  };
  return { waitForReason, stop };
}

function createSharingError(words: string): GatewayError {
  if (POLICY_PATTERN.test(words)) {
    return new GatewayError(
      'POLICY_BLOCKED',
      'A policy does not let this session be shared on GitHub.',
    );
  }
  return new GatewayError('RUNTIME_UNAVAILABLE', 'GitHub did not take the session right now.');
}

export interface AttachedSession {
  readonly sdkSession: CopilotSession;
  readonly record: SessionRecord;
}

/** A runtime shares no session by itself that it takes up again. Without GitHub the session goes on all the same. */
export async function restoreSharing(
  { sdkSession, record }: AttachedSession,
  services: SessionServices,
  log: SessionLog,
): Promise<void> {
  const { store, runtime, logger: logger } = services;
  if (record.remoteMode === 'off') return;
  try {
    checkSharing(record, services);
    await store.update(record.id, await applyRemoteMode(sdkSession, record.remoteMode, runtime));
  } catch (error) {
    logger.debug({ err: error, sessionId: record.id }, 'session not shared');
    await store.update(record.id, { remoteUrl: null, remoteSteerable: false });
    const message =
      error instanceof GatewayError ? error.message : 'The session is not shared now.';
    log.append(createSessionOrigin(), {
      ...{ type: 'session.warning', warningType: 'remote', message, url: null },
    });
  }
  services.onSessionChanged(record.id);
}
