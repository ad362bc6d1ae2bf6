import { cursorExpired } from '../../events/cursor.ts';
import type { StepBody } from '../../events/event.ts';
import type { Message } from '../../events/message.ts';
import type { Journal } from '../runtime/journal.ts';
import { HistoryEnd, type Side } from './history-reader.ts';
import { messagesIn, withNewestCalls, withUnwritten } from './message-history.ts';

/** Where a message was found. */
export interface MessagePlace {
  readonly messageId: string;
  /** From which side it is read again; from the other one it takes longer. */
  readonly side: Side;
}

export interface MessageRange {
  readonly limit: number;
  /** The last ones of the range instead of the first ones. */
  readonly fromEnd: boolean;
  readonly after: MessagePlace | null;
  readonly before: MessagePlace | null;
}

export interface MessagePage {
  /** Oldest first. */
  readonly messages: readonly Message[];
  readonly side: Side;
  readonly hasNext: boolean;
  readonly hasPrevious: boolean;
}

interface SessionHistoryOptions {
  readonly journal: Journal;
  /** What the gateway was told of, oldest first. */
  readonly told: () => Iterable<StepBody>;
  /** Before the first read. */
  readonly begin: () => Promise<unknown>;
}

/** One look at the messages of a session: read from either side as far as it is needed. */
export class SessionHistory {
  readonly #options: SessionHistoryOptions;
  readonly #start: HistoryEnd;
  readonly #end: HistoryEnd;
  #begun: Promise<unknown> | undefined;

  constructor(options: SessionHistoryOptions) {
    this.#options = options;
    this.#start = new HistoryEnd(options.journal, 'start');
    this.#end = new HistoryEnd(options.journal, 'end');
  }

  /** @throws Failure CURSOR_EXPIRED when a place of the range is not in the history any more */
  async page(range: MessageRange): Promise<MessagePage> {
    const end = this.#endFor(range);
    const find = (): MessagePage | undefined => this.#pageOf(end, range);
    await this.#readUntil(end, range.limit + 1, () => find() !== undefined);
    const page = find();
    if (!page) throw cursorExpired();
    return page;
  }

  async message(id: string): Promise<Message | undefined> {
    const end = this.#start.has(id) ? this.#start : this.#end;
    const find = (): Message | undefined =>
      this.#mayHave(end, id) && this.#reachesTold(end)
        ? this.#list(end).find((message) => message.id === id && isWhole(message, end))
        : undefined;
    await this.#readUntil(end, 1, () => find() !== undefined);
    return find();
  }

  async #readUntil(end: HistoryEnd, messages: number, enough: () => boolean): Promise<void> {
    await (this.#begun ??= this.#options.begin());
    await end.readUntil(enough, messages);
  }

  #endFor({ after, before, fromEnd }: MessageRange): HistoryEnd {
    const side = (after ?? before)?.side ?? (fromEnd ? 'end' : 'start');
    return side === 'start' ? this.#start : this.#end;
  }

  /** Undefined: more has to be read first, if there is more. */
  #pageOf(end: HistoryEnd, range: MessageRange): MessagePage | undefined {
    const places = [range.after, range.before].filter((place) => place !== null);
    if (!places.every(({ messageId }) => this.#mayHave(end, messageId))) return undefined;
    if (!this.#reachesTold(end)) return undefined;
    const list = this.#list(end);
    const cut = cutOf(list, range);
    if (!cut || !(end.isWhole || isEnough(cut, end, range))) return undefined;
    const messages = list.slice(cut.from, cut.to);
    if (!messages.every((message) => isWhole(message, end))) return undefined;
    return {
      messages,
      side: end.side,
      hasPrevious: cut.from > 0 || !end.reachesStart,
      hasNext: cut.to < list.length || !end.reachesEnd,
    };
  }

  #mayHave(end: HistoryEnd, messageId: string): boolean {
    if (end.has(messageId)) return true;
    return end.reachesEnd && messagesIn(this.#options.told()).some(({ id }) => id === messageId);
  }

  /** Far enough back to tell which of the told messages are written down already. */
  #reachesTold(end: HistoryEnd): boolean {
    if (end.reachesStart) return true;
    const told = messagesIn(this.#options.told());
    const [oldest] = told;
    if (!oldest || end.oldestAt < oldest.createdAt.getTime()) return true;
    return told.some(({ id }) => end.has(id));
  }

  #list(end: HistoryEnd): readonly Message[] {
    const { messages } = end.folded;
    const told = this.#options.told();
    return end.reachesEnd ? withUnwritten(messages, told) : withNewestCalls(messages, told);
  }
}

interface Cut {
  readonly from: number;
  readonly to: number;
  readonly length: number;
}

/** Undefined: a place of the range is not in the list. */
function cutOf(
  list: readonly Message[],
  { after, before, limit, fromEnd }: MessageRange,
): Cut | undefined {
  const indexOf = (place: MessagePlace): number =>
    list.findIndex(({ id }) => id === place.messageId);
  const last = after ? indexOf(after) : -1;
  const stop = before ? indexOf(before) : list.length;
  if ((after && last < 0) || stop < 0) return undefined;
  const from = fromEnd ? Math.max(last + 1, stop - limit) : last + 1;
  const to = fromEnd ? stop : Math.min(stop, from + limit);
  return { from, to: Math.max(from, to), length: list.length };
}

/** The page is full, and it is known what lies beside it. */
function isEnough({ from, to, length }: Cut, end: HistoryEnd, range: MessageRange): boolean {
  // Seldom asked for, and the one position does not tell how far the other is.
  if (range.fromEnd ? range.after : range.before) return false;
  return range.fromEnd ? from > 0 || end.reachesStart : to < length || end.reachesEnd;
}

/** Neither its turn nor a result of its tools can lie in what was not read. */
function isWhole({ id, turnMessageId }: Message, end: HistoryEnd): boolean {
  const hasTurn = end.reachesStart || (turnMessageId !== null && !end.folded.unrooted.has(id));
  return hasTurn && (end.reachesEnd || !end.folded.unsettled.has(id));
}
