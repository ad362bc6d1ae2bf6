import type { SessionLog } from '../events/session-log.ts';
import type { CloudWorker } from './cloud-worker.ts';
import type { EarlierRequests } from './earlier-requests.ts';
import { Inbox } from './inbox.ts';
import type { Journal } from './journal.ts';
import { MissedCalls } from './missed-calls.ts';
import type { PendingRequests } from './pending-requests.ts';
import { SessionAttachment } from './session-attachment.ts';
import type { SessionMemory } from './session-memory.ts';
import type { SessionServices } from './session-services.ts';
import type { Timeline } from './timeline.ts';
import type { Turns } from './turns.ts';

interface NewAttachmentOptions {
  readonly services: SessionServices;
  readonly log: SessionLog;
  readonly memory: SessionMemory;
  readonly timeline: Timeline;
  readonly journal: Journal;
  readonly turns: Turns;
  readonly requests: PendingRequests;
  readonly earlier: EarlierRequests;
  readonly worker: CloudWorker | null;
  /** Called for every new event. */
  readonly onActivity: () => void;
  readonly onQueueChanged: () => void;
  readonly onNothingUnderWay: () => void;
}

/** Not attached yet, with all that it gives its events to. */
export function newAttachment(options: NewAttachmentOptions): SessionAttachment {
  const { services, turns, onQueueChanged } = options;
  const { unknownEvents: unknown } = services.runtime;
  return new SessionAttachment({
    ...options,
    inbox: new Inbox({ ...options, unknown, logger: services.log }),
    calls: new MissedCalls(options),
    onChanged: onQueueChanged,
    onWorkMissed: () => {
      turns.goOn();
    },
  });
}
