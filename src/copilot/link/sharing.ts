import type { CopilotSession } from '@github/copilot-sdk';

import { GatewayError } from '../../errors/gateway-error.ts';
import { createSessionOrigin } from '../../events/event-factory.ts';
import type { SessionLog } from '../../events/session-log.ts';
import type { RemoteMode, SessionRecord } from '../../store/session-store.ts';
import { requireSessionProfile } from '../profiles/profiles.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { SessionServices } from '../services.ts';

/** The runtime reports the reason of a rejection in an event, a moment before or after the error. */
const REASON_TIMEOUT_MS = 1_000;
const POLICY_PATTERN = /not enabled|administrator|managed settings|policy/i;
const REFUSED_PATTERN = /failed to set up remote session/i;

/** How a session is visible on GitHub. */
export interface SharingState {
  readonly remoteUrl: string | null;
  readonly remoteSteerable: boolean;
}

type Services = Pick<SessionServices, 'profiles' | 'runtime'>;

/**
 * Checks that the session may be shared on GitHub: with its own account, or with the server's if it has none.
 *
 * @throws {GatewayError} POLICY_BLOCKED, BAD_USER_INPUT, NOT_SUPPORTED
 */
export function checkSharing(record: SessionRecord, { profiles, runtime }: Services): void {
  if (record.location === 'cloud') {
    throw new GatewayError('NOT_SUPPORTED', 'remote: a cloud session is on GitHub already');
  }
  if (!requireSessionProfile(record, profiles).allowsRemote) {
    throw new GatewayError('POLICY_BLOCKED', 'remote: the profile does not allow shared sessions');
  }
  if (record.ownProvider !== null) {
    const problem =
      'a session with a client-supplied provider has no GitHub account to share it with';
    throw new GatewayError('BAD_USER_INPUT', `remote: ${problem}`);
  }
  // The bundled runtime would share it with its own account, not with that of the session.
  if (record.gitHubAccount !== 'server' && runtime.status.auth?.isAuthenticated) {
    const problem =
      'the runtime has its own account, and would share the session with that account';
    throw new GatewayError('NOT_SUPPORTED', `remote: ${problem}`);
  }
}

/**
 * Shares the session, or stops sharing it.
 *
 * @throws {GatewayError} GITHUB_AUTH_REQUIRED, POLICY_BLOCKED, NOT_SUPPORTED, RUNTIME_UNAVAILABLE
 */
export async function applyRemoteMode(
  sdkSession: CopilotSession,
  mode: RemoteMode,
  runtime: Runtime,
): Promise<SharingState> {
  const { remote } = sdkSession.rpc;
  if (mode === 'off') {
    await runtime.call(() => remote.disable());
    return { remoteUrl: null, remoteSteerable: false };
  }
  const reason = listenForReason(sdkSession);
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

/** Waits for the warning in which the runtime gives the reason; readers of the session receive it as well. */
function listenForReason(sdkSession: CopilotSession) {
  let resolveReason: (reason: string) => void = () => undefined;
  const reason = new Promise<string>((resolve) => (resolveReason = resolve));
  const stop = sdkSession.on('session.warning', ({ data }) => {
    if (data.warningType === 'remote') resolveReason(data.message);
  });
  const waitForReason = (): Promise<string> => {
    setTimeout(resolveReason, REASON_TIMEOUT_MS, '').unref();
    return reason;
  };
  return { waitForReason, stop };
}

function createSharingError(reason: string): GatewayError {
  if (POLICY_PATTERN.test(reason)) {
    return new GatewayError(
      'POLICY_BLOCKED',
      'remote: a policy does not allow to share this session on GitHub',
    );
  }
  return new GatewayError(
    'RUNTIME_UNAVAILABLE',
    'remote: GitHub did not accept the session; try again later',
  );
}

export interface AttachedSession {
  readonly sdkSession: CopilotSession;
  readonly record: SessionRecord;
}

/** Shares a session again after an attach, which the runtime does not do. A failure is reported as a warning. */
export async function restoreSharing(
  { sdkSession, record }: AttachedSession,
  services: SessionServices,
  log: SessionLog,
): Promise<void> {
  const { store, runtime, logger } = services;
  if (record.remoteMode === 'off') return;
  try {
    checkSharing(record, services);
    await store.update(record.id, await applyRemoteMode(sdkSession, record.remoteMode, runtime));
  } catch (error) {
    logger.debug({ err: error, sessionId: record.id }, 'failed to share session');
    await store.update(record.id, { remoteUrl: null, remoteSteerable: false });
    const message =
      error instanceof GatewayError ? error.message : 'The session is no longer shared.';
    log.append(createSessionOrigin(), {
      type: 'session.warning',
      warningType: 'remote',
      message,
      url: null,
    });
  }
  services.onSessionChanged(record.id);
}
