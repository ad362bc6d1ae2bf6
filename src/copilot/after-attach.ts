import type { CopilotSession } from '@github/copilot-sdk';

import type { SessionRecord } from '../directory/session-directory.ts';
import type { SessionLog } from '../events/session-log.ts';
import type { SessionServices } from './session-services.ts';
import { reportDrift } from './settings-drift.ts';
import { shareAgain } from './share-again.ts';

interface Attached {
  readonly attachment: CopilotSession;
  readonly record: SessionRecord;
}

/** What nobody waits for. */
export function afterAttach(attached: Attached, services: SessionServices, log: SessionLog): void {
  // The settings of a cloud session are its worker's.
  if (attached.record.location === 'local') void reportDrift(attached, services, log);
  void shareAgain(attached, services, log);
}
