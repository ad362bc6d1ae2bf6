import { createCursorExpiredError } from '../../errors/common-errors.ts';
import type { StepBody } from '../../events/event.ts';
import type { Message } from '../../events/message.ts';
import type { Journal } from '../runtime/journal.ts';
import { HistoryReader, type HistorySide } from './history-reader.ts';
import { extractMessages, mergeLatestToolCalls, mergeUnwrittenMessages } from './reduce-history.ts';

/** Identifies a message in a history. */
export interface MessageCursor {
  readonly messageId: string;
  /** The side from which the message was read; reading it again from there is fast. */
  readonly side: HistorySide;
}

export interface MessageRange {
  readonly limit: number;
  /** Selects the last messages of the range instead of the first ones. */
  readonly fromEnd: boolean;
  readonly after: MessageCursor | null;
  readonly before: MessageCursor | null;
}

export interface MessagePage {
  /** Messages, oldest first. */
  readonly messages: readonly Message[];
  readonly side: HistorySide;
  readonly hasNext: boolean;
  readonly hasPrevious: boolean;
}

interface SessionHistoryOptions {
  readonly journal: Journal;
  /** Steps of the session log, oldest first. */
  readonly listLoggedSteps: () => Iterable<StepBody>;
  /** Runs once, before the first read. */
  readonly prepare: () => Promise<unknown>;
}

/** The messages of a session at one moment. Reads the journal from either side, as far as it is needed. */
export class SessionHistory {
  readonly #options: SessionHistoryOptions;
  readonly #startReader: HistoryReader;
  readonly #endReader: HistoryReader;
  #preparation: Promise<unknown> | undefined;

  constructor(options: SessionHistoryOptions) {
    this.#options = options;
    this.#startReader = new HistoryReader(options.journal, 'start');
    this.#endReader = new HistoryReader(options.journal, 'end');
  }

  /** @throws {GatewayError} CURSOR_EXPIRED when a message of the range is no longer in the history */
  async readPage(range: MessageRange): Promise<MessagePage> {
    const reader = this.#chooseReader(range);
    const find = (): MessagePage | undefined => this.#findPage(reader, range);
    await this.#readUntil(reader, range.limit + 1, () => find() !== undefined);
    const page = find();
    if (!page) throw createCursorExpiredError();
    return page;
  }

  async findMessage(id: string): Promise<Message | undefined> {
    const reader = this.#startReader.has(id) ? this.#startReader : this.#endReader;
    const find = (): Message | undefined =>
      this.#mayContain(reader, id) && this.#coversLoggedMessages(reader)
        ? this.#listMessages(reader).find(
            (message) => message.id === id && isCompleteMessage(message, reader),
          )
        : undefined;
    await this.#readUntil(reader, 1, () => find() !== undefined);
    return find();
  }

  async #readUntil(
    reader: HistoryReader,
    messages: number,
    isEnough: () => boolean,
  ): Promise<void> {
    await (this.#preparation ??= this.#options.prepare());
    await reader.readUntil(isEnough, messages);
  }

  #chooseReader({ after, before, fromEnd }: MessageRange): HistoryReader {
    const side = (after ?? before)?.side ?? (fromEnd ? 'end' : 'start');
    return side === 'start' ? this.#startReader : this.#endReader;
  }

  /** Returns undefined when more must be read first. */
  #findPage(reader: HistoryReader, range: MessageRange): MessagePage | undefined {
    if (!this.#mayCover(reader, range)) return undefined;
    const list = this.#listMessages(reader);
    const slice = findSlice(list, range);
    if (!slice || !(reader.isComplete || isSufficient(slice, reader, range))) return undefined;
    const messages = list.slice(slice.from, slice.to);
    if (!messages.every((message) => isCompleteMessage(message, reader))) return undefined;
    return {
      messages,
      side: reader.side,
      hasPrevious: slice.from > 0 || !reader.includesStart,
      hasNext: slice.to < list.length || !reader.includesEnd,
    };
  }

  /** Tells whether it is worth reducing what was read, which takes longer than these checks. */
  #mayCover(reader: HistoryReader, { after, before, fromEnd }: MessageRange): boolean {
    // A bound at the far end is rare, and its distance is not known: everything is read first.
    const needsAll = (fromEnd ? after : before) !== null;
    if (needsAll && !reader.isComplete) return false;
    const bounds = [after, before].filter((bound) => bound !== null);
    return (
      bounds.every(({ messageId }) => this.#mayContain(reader, messageId)) &&
      this.#coversLoggedMessages(reader)
    );
  }

  #mayContain(reader: HistoryReader, messageId: string): boolean {
    if (reader.has(messageId)) return true;
    return (
      reader.includesEnd &&
      extractMessages(this.#options.listLoggedSteps()).some(({ id }) => id === messageId)
    );
  }

  /** Returns whether enough was read to decide which messages of the session log the journal already contains. */
  #coversLoggedMessages(reader: HistoryReader): boolean {
    if (reader.includesStart) return true;
    const logged = extractMessages(this.#options.listLoggedSteps());
    const [oldest] = logged;
    if (!oldest || reader.oldestTimestamp < oldest.createdAt.getTime()) return true;
    return logged.some(({ id }) => reader.has(id));
  }

  #listMessages(reader: HistoryReader): readonly Message[] {
    const { messages } = reader.reduced;
    const steps = this.#options.listLoggedSteps();
    return reader.includesEnd
      ? mergeUnwrittenMessages(messages, steps)
      : mergeLatestToolCalls(messages, steps);
  }
}

interface MessageSlice {
  readonly from: number;
  readonly to: number;
  readonly length: number;
}

/** Returns undefined when a bound of the range is not in the list. */
function findSlice(
  list: readonly Message[],
  { after, before, limit, fromEnd }: MessageRange,
): MessageSlice | undefined {
  const findIndex = (bound: MessageCursor): number =>
    list.findIndex(({ id }) => id === bound.messageId);
  const last = after ? findIndex(after) : -1;
  const stop = before ? findIndex(before) : list.length;
  if ((after && last < 0) || stop < 0) return undefined;
  const from = fromEnd ? Math.max(last + 1, stop - limit) : last + 1;
  const to = fromEnd ? stop : Math.min(stop, from + limit);
  return { from, to: Math.max(from, to), length: list.length };
}

/** Tells whether the page is full and it is known whether messages follow. */
function isSufficient(
  { from, to, length }: MessageSlice,
  reader: HistoryReader,
  { fromEnd }: MessageRange,
): boolean {
  return fromEnd ? from > 0 || reader.includesStart : to < length || reader.includesEnd;
}

/** Tells whether what was not read can change neither the turn of the message nor its tool calls. */
function isCompleteMessage({ id, turnMessageId }: Message, reader: HistoryReader): boolean {
  const hasTurn =
    reader.includesStart || (turnMessageId !== null && !reader.reduced.unknownTurnIds.has(id));
  return hasTurn && (reader.includesEnd || !reader.reduced.unsettledIds.has(id));
}
