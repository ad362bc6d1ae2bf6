import { Mutex } from 'async-mutex';

/**
 * Serializes the commands of one session: sending, aborting, and removing a queued message. Over the wire, a later call to
 * the runtime can overtake an earlier one, and an abort must not take along a message that is sent meanwhile.
 */
export class SessionMutex extends Mutex {}
