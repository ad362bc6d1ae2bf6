import type { CopilotSession } from '@github/copilot-sdk';

import { Failure } from '../../errors/gateway-error.ts';
import { ofSession } from '../../events/log-events.ts';
import type { SessionLog } from '../../events/session-log.ts';
import type { RemoteMode, SessionRecord } from '../../store/session-directory.ts';
import { profileOfSession } from '../profiles/profiles.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { SessionServices } from '../services.ts';

/** The runtime tells of a refusal beside its answer, a moment before or after. */
const REASON_MS = 1_000;
const POLICY = /not enabled|administrator|managed settings|policy/i;
const REFUSED = /failed to set up remote session/i;

/** Where a session is seen on GitHub. */
export interface Shared {
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
    throw new Failure('NOT_SUPPORTED', 'A cloud session is on GitHub anyway.');
  }
  if (!profileOfSession(record, profiles).allowsRemote) {
    throw new Failure('POLICY_BLOCKED', 'remote: the profile does not let sessions be shared');
  }
  if (record.ownProvider !== null) {
    const problem = 'a session with a provider of its own has no GitHub account to share it with';
    throw new Failure('BAD_USER_INPUT', `remote: ${problem}`);
  }
  // The bundled runtime would do it with its own account, whatever the session's is.
  if (record.gitHubAccount !== 'server' && runtime.status.auth?.isAuthenticated) {
    const problem = 'the runtime has an account of its own, and may share with that one';
    throw new Failure('NOT_SUPPORTED', `remote: ${problem}`);
  }
}

/**
 * Shares the session, or stops that.
 * @throws Failure GITHUB_AUTH_REQUIRED, POLICY_BLOCKED, NOT_SUPPORTED, RUNTIME_UNAVAILABLE
 */
export async function share(
  attachment: CopilotSession,
  mode: RemoteMode,
  runtime: Runtime,
): Promise<Shared> {
  const { remote } = attachment.rpc;
  if (mode === 'off') {
    await runtime.call(() => remote.disable());
    return { remoteUrl: null, remoteSteerable: false };
  }
  const reason = reasonOf(attachment);
  try {
    const { url, remoteSteerable } = await runtime.call(() => remote.enable({ mode }));
    return { remoteUrl: url ?? null, remoteSteerable };
  } catch (error) {
    if (!(error instanceof Error) || !REFUSED.test(error.message)) throw error;
    throw refusal(await reason.told());
  } finally {
    reason.stop();
  }
}

/** The runtime's own words, which readers of the session get as a warning. */
function reasonOf(attachment: CopilotSession) {
  let tell: (words: string) => void = () => undefined;
  const words = new Promise<string>((resolve) => (tell = resolve));
  const stop = attachment.on('session.warning', ({ data }) => {
    if (data.warningType === 'remote') tell(data.message);
  });
  const told = (): Promise<string> => {
    setTimeout(tell, REASON_MS, '').unref();
    return words;
  };
  return { told, stop };
}

function refusal(words: string): Failure {
  if (POLICY.test(words)) {
    return new Failure('POLICY_BLOCKED', 'A policy does not let this session be shared on GitHub.');
  }
  return new Failure('RUNTIME_UNAVAILABLE', 'GitHub did not take the session right now.');
}

interface Attached {
  readonly attachment: CopilotSession;
  readonly record: SessionRecord;
}

/** A runtime shares no session by itself that it takes up again. Without GitHub the session goes on all the same. */
export async function shareAgain(
  { attachment, record }: Attached,
  services: SessionServices,
  log: SessionLog,
): Promise<void> {
  const { directory, runtime, log: logger } = services;
  if (record.remoteMode === 'off') return;
  try {
    checkSharing(record, services);
    await directory.update(record.id, await share(attachment, record.remoteMode, runtime));
  } catch (error) {
    logger.debug({ err: error, sessionId: record.id }, 'session not shared');
    await directory.update(record.id, { remoteUrl: null, remoteSteerable: false });
    const message = error instanceof Failure ? error.message : 'The session is not shared now.';
    log.append(ofSession(), {
      ...{ type: 'session.warning', warningType: 'remote', message, url: null },
    });
  }
  services.changed(record.id);
}
