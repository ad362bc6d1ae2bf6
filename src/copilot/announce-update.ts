import type { SessionChanges } from './session-changes.ts';
import type { SessionServices } from './session-services.ts';

interface AnnounceOptions extends Pick<SessionServices, 'directory' | 'log'> {
  readonly changes: SessionChanges;
}

/** To the session's owner, whom its id does not always tell. */
export function announceUpdate(id: string, { directory, log, changes }: AnnounceOptions): void {
  directory
    .find(id)
    .then((record) => {
      if (record) changes.updated(record);
    })
    .catch((error: unknown) => {
      log.debug({ err: error, sessionId: id }, 'update not announced');
    });
}
