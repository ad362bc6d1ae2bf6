import type { CopilotSession } from '@github/copilot-sdk';

import type { SessionRecord } from '../directory/session-directory.ts';
import { Failure } from '../events/failure.ts';
import { ofSession } from '../events/log-events.ts';
import type { SessionLog } from '../events/session-log.ts';
import type { SessionServices } from './session-services.ts';
import { checkSharing, share } from './sharing.ts';

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
