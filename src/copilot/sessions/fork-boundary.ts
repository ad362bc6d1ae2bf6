import type { SessionEvent as RuntimeEvent } from '@github/copilot-sdk';

import { GatewayError } from '../../errors/gateway-error.ts';
import type { Message } from '../../events/message.ts';
import { extractMessages } from '../history/reduce-history.ts';
import { Journal, readWithinLag } from '../runtime/journal.ts';
import type { SessionServices } from '../services.ts';
import type { Session } from '../session/session.ts';
import { translateEvent } from '../translate/translate-event.ts';

const FIRST_EVENTS = 100;

/** The point up to which a history is copied. */
export interface ForkBoundary {
  /** Id of the journal event at which the copy ends, exclusive; null: copies all of the journal. */
  readonly eventId: string | null;
  /** The newest user message that a copy of all of the journal may have: a turn may start before it is copied. */
  readonly newestUserMessageId: string | null;
}

type Services = Pick<SessionServices, 'runtime' | 'settings'>;

/**
 * Returns the boundary before a message.
 *
 * @throws {GatewayError} BAD_USER_INPUT when the history does not have the message
 */
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
    'beforeMessageId: the history of the session has no message with this id',
  );
}

/** Returns the boundary after the turns that have ended: half of a running turn must not be copied. */
export async function computeBoundaryAfterEndedTurns(
  source: Session,
  { runtime }: Services,
): Promise<ForkBoundary> {
  const journal = new Journal(runtime, source.id);
  const newest = await findNewestEvent(journal, ({ type }) => type === 'user.message');
  const newestUserMessageId = (newest && listMessageIds(newest)[0]) ?? null;
  const { currentTurn } = source.turns;
  if (!currentTurn) return { eventId: null, newestUserMessageId };
  const start = await findNewestEvent(
    journal,
    (event) =>
      event.type === 'user.message' && listMessageIds(event).includes(currentTurn.messageId),
  );
  return { eventId: start?.id ?? null, newestUserMessageId };
}

/** Tells whether the copy has a turn that started after the boundary was computed. */
export function exceedsBoundary(
  { eventId, newestUserMessageId }: ForkBoundary,
  messages: readonly Message[],
): boolean {
  const newest = messages.findLast(({ kind }) => kind === 'user');
  return eventId === null && (newest?.id ?? null) !== newestUserMessageId;
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
