import type { SessionEvent as RuntimeEvent } from '@github/copilot-sdk';

import { GatewayError } from '../../errors/gateway-error.ts';
import type { Message } from '../../events/message.ts';
import { extractMessages } from '../history/reduce-history.ts';
import { Journal, readWithinLag } from '../runtime/journal.ts';
import type { SessionServices } from '../services.ts';
import type { Session } from '../session/session.ts';
import { translateEvent } from '../translate/translate-event.ts';

const FIRST_EVENTS = 100;

/** How far a history is copied. */
export interface ForkBoundary {
  /** Nothing from this event of the runtime's journal on; null: all of it. */
  readonly eventId: string | null;
  /** Of a whole copy: the newest message of a user that it may have, for a turn may begin meanwhile. */
  readonly newestUserMessageId: string | null;
}

type Services = Pick<SessionServices, 'runtime' | 'settings'>;

/** @throws Failure BAD_USER_INPUT when the history has no such message */
export async function requireBoundaryBefore(
  messageId: string,
  source: Session,
  { runtime, settings }: Services,
): Promise<ForkBoundary> {
  const journal = new Journal(runtime, source.id);
  const event = await readWithinLag(async () => {
    const written = await findNewestEvent(journal, (candidate) =>
      listMessageIds(candidate).includes(messageId),
    );
    const isReported = extractMessages(source.log.listSteps()).some(({ id }) => id === messageId);
    // Only a message that the runtime has reported can still be written.
    return written ?? (isReported ? undefined : null);
  }, settings.journalLagMs);
  if (event) return { eventId: event.id, newestUserMessageId: null };
  throw new GatewayError(
    'BAD_USER_INPUT',
    'beforeMessageId: there is no such message in the history of this session.',
  );
}

/** All turns that have ended: the running one would be copied half. */
export async function computeBoundaryAfterEndedTurns(
  source: Session,
  { runtime }: Services,
): Promise<ForkBoundary> {
  const journal = new Journal(runtime, source.id);
  const newest = await findNewestEvent(journal, ({ type }) => type === 'user.message');
  const newestUserMessageId = (newest && listMessageIds(newest)[0]) ?? null;
  const { currentTurn } = source.turns;
  if (!currentTurn) return { eventId: null, newestUserMessageId };
  const begun = await findNewestEvent(
    journal,
    (event) =>
      event.type === 'user.message' && listMessageIds(event).includes(currentTurn.messageId),
  );
  return { eventId: begun?.id ?? null, newestUserMessageId };
}

/** Whether the copy has a turn that began too late. */
export function exceedsBoundary(
  { eventId, newestUserMessageId }: ForkBoundary,
  messages: readonly Message[],
): boolean {
  const asked = messages.findLast(({ kind }) => kind === 'user');
  return eventId === null && (asked?.id ?? null) !== newestUserMessageId;
}

async function findNewestEvent(
  journal: Journal,
  isWanted: (event: RuntimeEvent) => boolean,
): Promise<RuntimeEvent | undefined> {
  for await (const { events } of journal.readPages('backward', { firstPageSize: FIRST_EVENTS })) {
    const found = events.findLast(isWanted);
    if (found) return found;
  }
  return undefined;
}

function listMessageIds(event: RuntimeEvent): string[] {
  const changes = translateEvent(event)?.changes ?? [];
  return changes.flatMap((change) =>
    change.type === 'user-message-added' || change.type === 'message-completed'
      ? [change.message.id]
      : [],
  );
}
