import { createCursorExpiredError } from '../../errors/common-errors.ts';
import type { StepBody } from '../../events/event.ts';
import type { Message } from '../../events/message.ts';
import type { Journal } from '../runtime/journal.ts';
import { HistoryReader, type HistorySide } from './history-reader.ts';
import { extractMessages, mergeLatestToolCalls, mergeUnwrittenMessages } from './reduce-history.ts';

/** Where a message was found. */
export interface MessageCursor {
  readonly messageId: string;
  /** From which side it is read again; from the other one it takes longer. */
  readonly side: HistorySide;
}

export interface MessageRange {
  readonly limit: number;
  /** The last ones of the range instead of the first ones. */
  readonly fromEnd: boolean;
  readonly after: MessageCursor | null;
  readonly before: MessageCursor | null;
}

export interface MessagePage {
  /** Oldest first. */
  readonly messages: readonly Message[];
  readonly side: HistorySide;
  readonly hasNext: boolean;
  readonly hasPrevious: boolean;
}

interface SessionHistoryOptions {
  readonly journal: Journal;
  /** What the gateway was told of, oldest first. */
  readonly listLoggedSteps: () => Iterable<StepBody>;
  /** Before the first read. */
  readonly prepare: () => Promise<unknown>;
}

/** One look at the messages of a session: read from either side as far as it is needed. */
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

  /** @throws Failure CURSOR_EXPIRED when a place of the range is not in the history any more */
  async readPage(range: MessageRange): Promise<MessagePage> {
    const end = this.#chooseReader(range);
    const find = (): MessagePage | undefined => this.#findPage(end, range);
    await this.#readUntil(end, range.limit + 1, () => find() !== undefined);
    const page = find();
    if (!page) throw createCursorExpiredError();
    return page;
  }

  async findMessage(id: string): Promise<Message | undefined> {
    const end = this.#startReader.has(id) ? this.#startReader : this.#endReader;
    const find = (): Message | undefined =>
      this.#mayContain(end, id) && this.#coversLoggedMessages(end)
        ? this.#listMessages(end).find(
            (message) => message.id === id && isCompleteMessage(message, end),
          )
        : undefined;
    await this.#readUntil(end, 1, () => find() !== undefined);
    return find();
  }

  async #readUntil(end: HistoryReader, messages: number, enough: () => boolean): Promise<void> {
    await (this.#preparation ??= this.#options.prepare());
    await end.readUntil(enough, messages);
  }

  #chooseReader({ after, before, fromEnd }: MessageRange): HistoryReader {
    const side = (after ?? before)?.side ?? (fromEnd ? 'end' : 'start');
    return side === 'start' ? this.#startReader : this.#endReader;
  }

  /** Undefined: more has to be read first, if there is more. */
  #findPage(end: HistoryReader, range: MessageRange): MessagePage | undefined {
    const places = [range.after, range.before].filter((place) => place !== null);
    if (!places.every(({ messageId }) => this.#mayContain(end, messageId))) return undefined;
    if (!this.#coversLoggedMessages(end)) return undefined;
    const list = this.#listMessages(end);
    const cut = findSlice(list, range);
    if (!cut || !(end.isComplete || isSufficient(cut, end, range))) return undefined;
    const messages = list.slice(cut.from, cut.to);
    if (!messages.every((message) => isCompleteMessage(message, end))) return undefined;
    return {
      messages,
      side: end.side,
      hasPrevious: cut.from > 0 || !end.includesStart,
      hasNext: cut.to < list.length || !end.includesEnd,
    };
  }

  #mayContain(end: HistoryReader, messageId: string): boolean {
    if (end.has(messageId)) return true;
    return (
      end.includesEnd &&
      extractMessages(this.#options.listLoggedSteps()).some(({ id }) => id === messageId)
    );
  }

  /** Far enough back to tell which of the told messages are written down already. */
  #coversLoggedMessages(end: HistoryReader): boolean {
    if (end.includesStart) return true;
    const told = extractMessages(this.#options.listLoggedSteps());
    const [oldest] = told;
    if (!oldest || end.oldestTimestamp < oldest.createdAt.getTime()) return true;
    return told.some(({ id }) => end.has(id));
  }

  #listMessages(end: HistoryReader): readonly Message[] {
    const { messages } = end.reduced;
    const told = this.#options.listLoggedSteps();
    return end.includesEnd
      ? mergeUnwrittenMessages(messages, told)
      : mergeLatestToolCalls(messages, told);
  }
}

interface MessageSlice {
  readonly from: number;
  readonly to: number;
  readonly length: number;
}

/** Undefined: a place of the range is not in the list. */
function findSlice(
  list: readonly Message[],
  { after, before, limit, fromEnd }: MessageRange,
): MessageSlice | undefined {
  const indexOf = (place: MessageCursor): number =>
    list.findIndex(({ id }) => id === place.messageId);
  const last = after ? indexOf(after) : -1;
  const stop = before ? indexOf(before) : list.length;
  if ((after && last < 0) || stop < 0) return undefined;
  const from = fromEnd ? Math.max(last + 1, stop - limit) : last + 1;
  const to = fromEnd ? stop : Math.min(stop, from + limit);
  return { from, to: Math.max(from, to), length: list.length };
}

/** The page is full, and it is known what lies beside it. */
function isSufficient(
  { from, to, length }: MessageSlice,
  end: HistoryReader,
  range: MessageRange,
): boolean {
  // Seldom asked for, and the one position does not tell how far the other is.
  if (range.fromEnd ? range.after : range.before) return false;
  return range.fromEnd ? from > 0 || end.includesStart : to < length || end.includesEnd;
}

/** Neither its turn nor a result of its tools can lie in what was not read. */
function isCompleteMessage({ id, turnMessageId }: Message, end: HistoryReader): boolean {
  const hasTurn =
    end.includesStart || (turnMessageId !== null && !end.reduced.unknownTurnIds.has(id));
  return hasTurn && (end.includesEnd || !end.reduced.unsettledIds.has(id));
}
