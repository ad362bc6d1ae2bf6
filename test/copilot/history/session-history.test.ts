import type { SessionEvent as RuntimeEvent } from '@github/copilot-sdk';
import { Semaphore } from 'async-mutex';
import { describe, expect, it } from 'vitest';

import { reduceHistory } from '../../../src/copilot/history/reduce-history.ts';
import { type MessageRange, SessionHistory } from '../../../src/copilot/history/session-history.ts';
import { Journal } from '../../../src/copilot/runtime/journal.ts';
import type { Runtime } from '../../../src/copilot/runtime/runtime.ts';
import type { StepBody } from '../../../src/events/event.ts';
import { toToolCallId } from '../../../src/events/ids.ts';
import type { Message } from '../../../src/events/message.ts';
import { createRandom } from '../../support/assertions/random.ts';

/** Returns a number from 0 up to, and without, the given one. */
type Choose = (below: number) => number;

interface ReadOptions {
  readonly max: number;
  readonly direction: 'forward' | 'backward';
  readonly cursor?: string;
}

/** Returns a journal as the runtime does: few events at a time, and readings may expire. */
class PagedJournal {
  readonly events: readonly RuntimeEvent[];
  eventsRead = 0;
  readonly #pick: Choose;
  readonly #losses: number;
  readonly #readings = new Map<string, number>();

  /** @param losses how many in a hundred continuations fail */
  constructor(events: readonly RuntimeEvent[], pick: Choose, losses = 0) {
    this.events = events;
    this.#pick = pick;
    this.#losses = losses;
  }

  open(logged: readonly StepBody[] = []): SessionHistory {
    // Only the members that a journal uses.
    const runtime = {
      journalReadSemaphore: new Semaphore(1),
      cloudEventLogs: new Map(),
      call: (use: (client: unknown) => unknown) => use(this.#client),
    } as unknown as Runtime;
    const journal = new Journal(runtime, 's');
    return new SessionHistory({
      journal,
      listLoggedSteps: () => logged,
      prepare: () => Promise.resolve(),
    });
  }

  readonly #client = {
    rpc: {
      sessions: {
        readPersistedEvents: (options: ReadOptions) => Promise.resolve(this.#read(options)),
      },
    },
  };

  #read({ max, direction, cursor }: ReadOptions): object {
    const done = cursor === undefined ? 0 : this.#readings.get(cursor);
    if (cursor !== undefined) this.#readings.delete(cursor);
    const isLost = cursor !== undefined && this.#pick(100) < this.#losses;
    if (done === undefined || isLost) {
      return { events: [], hasMore: false, cursor: cursor ?? '', cursorStatus: 'expired' };
    }
    const count = Math.min(max, 1 + this.#pick(6), this.events.length - done);
    const end = this.events.length - done;
    const events =
      direction === 'forward'
        ? this.events.slice(done, done + count)
        : this.events.slice(end - count, end);
    const next = `${this.#readings.size}-${this.#pick(1_000_000)}`;
    this.#readings.set(next, done + count);
    this.eventsRead += count;
    const hasMore = done + count < this.events.length;
    return { events, hasMore, cursor: next, cursorStatus: 'ok' };
  }
}

function eventOf(index: number, type: string, data: object): RuntimeEvent {
  const timestamp = new Date(index).toISOString();
  const event = { id: `event-${index}`, type, data, parentId: null, timestamp };
  return event as unknown as RuntimeEvent;
}

function asked(index: number): RuntimeEvent {
  return eventOf(index, 'user.message', { messageId: `q${index}`, content: `question ${index}` });
}

/** Turns with tools, of which some have no result, and messages that do not name their turn. */
function someEvents(pick: Choose): RuntimeEvent[] {
  const events: RuntimeEvent[] = [];
  const put = (type: string, data: object): void => {
    events.push(eventOf(events.length, type, data));
  };
  put('session.start', {});
  for (let turn = 0; turn < 1 + pick(12); turn++) {
    put('user.message', { messageId: `turn-${turn}`, content: `question ${turn}` });
    for (let step = 0; step < pick(4); step++) {
      const calls = Array.from({ length: pick(3) }, (_, index) => `call_${index}`);
      put('assistant.turn_start', { turnId: '0' });
      put('assistant.message', {
        messageId: `a${turn}-${step}`,
        content: '',
        toolRequests: calls.map((toolCallId) => ({ toolCallId, name: 'bash', arguments: {} })),
        ...(pick(2) === 0 && { originatingMessageId: `turn-${turn}` }),
      });
      for (const toolCallId of calls) put('tool.execution_start', { toolCallId, toolName: 'bash' });
      // Sent while the tools run.
      for (let late = pick(3); late > 0; late--) events.push(asked(events.length));
      for (const toolCallId of calls) {
        const result = { content: `result ${events.length}` };
        if (pick(5) > 0) put('tool.execution_complete', { toolCallId, success: true, result });
      }
      put('assistant.turn_end', { turnId: '0' });
    }
  }
  return events;
}

function wholeOf(events: readonly RuntimeEvent[]): readonly Message[] {
  return reduceHistory(events).messages;
}

function logOf(messages: readonly Message[]): StepBody[] {
  return messages.map((message) =>
    message.kind === 'user'
      ? { type: 'user_message.added', userMessage: message }
      : { type: 'assistant_message.completed', assistantMessage: message },
  );
}

async function walk(journal: PagedJournal, range: Pick<MessageRange, 'limit' | 'fromEnd'>) {
  let messages: Message[] = [];
  let position: Pick<MessageRange, 'after' | 'before'> = { after: null, before: null };
  for (;;) {
    const page = await journal.open().readPage({ ...range, ...position });
    messages = range.fromEnd ? [...page.messages, ...messages] : [...messages, ...page.messages];
    const edge = range.fromEnd ? page.messages[0] : page.messages.at(-1);
    if (!edge || !(range.fromEnd ? page.hasPrevious : page.hasNext)) return messages;
    const place = { messageId: edge.id, side: page.side };
    position = range.fromEnd ? { after: null, before: place } : { after: place, before: null };
  }
}

function pickFrom(seed: number): Choose {
  const next = createRandom(seed);
  return (below) => Math.floor(next() * below);
}

const seeds = Array.from({ length: 40 }, (_, seed) => seed);

describe('pages of a history', () => {
  it.each(seeds)('equal the whole history, wherever a read stops (%i)', async (seed) => {
    const pick = pickFrom(seed);
    const events = someEvents(pick);
    const whole = wholeOf(events);
    for (const fromEnd of [false, true]) {
      const range = { limit: 1 + pick(4), fromEnd };
      expect(await walk(new PagedJournal(events, pick), range)).toEqual(whole);
      expect(await walk(new PagedJournal(events, pick, 2), range)).toEqual(whole);
    }
  });

  it.each(seeds)(
    'tell exactly whether messages precede and follow, for any range (%i)',
    async (seed) => {
      const pick = pickFrom(seed);
      const events = someEvents(pick);
      const whole = wholeOf(events);
      const side = pick(2) === 0 ? 'start' : 'end';
      const [a, b] = [pick(whole.length), pick(whole.length)];
      const placeAt = (index: number) => ({ messageId: whole[index]!.id, side }) as const;
      const after = pick(3) === 0 ? null : placeAt(a);
      const before = pick(3) === 0 ? null : placeAt(b);
      const [limit, fromEnd] = [1 + pick(5), pick(2) === 0];

      const start = after ? a + 1 : 0;
      const stop = Math.max(before ? b : whole.length, start);
      const range = whole.slice(start, stop);
      const expected = fromEnd ? range.slice(-limit) : range.slice(0, limit);
      const page = await new PagedJournal(events, pick)
        .open()
        .readPage({ after, before, limit, fromEnd });
      expect(page.messages).toEqual(expected);
      const [first, last] = [expected[0], expected.at(-1)];
      if (!first || !last) return;
      expect(page.hasPrevious).toBe(whole.indexOf(first) > 0);
      expect(page.hasNext).toBe(whole.indexOf(last) < whole.length - 1);
    },
  );

  it.each(seeds)(
    'include messages that are logged and not written yet, from either end (%i)',
    async (seed) => {
      const pick = pickFrom(seed);
      const events = someEvents(pick);
      const whole = wholeOf(events);
      const logged = logOf(whole.slice(pick(whole.length)));
      const written = events.slice(0, pick(events.length + 1));
      const ids = whole.map(({ id }) => id);
      const writtenIds = wholeOf(written).map(({ id }) => id);
      const missing = ids.length - logged.length - writtenIds.length;
      // Nothing may be missing between what is written and what is logged: the runtime reports every message.
      if (missing > 0) return;
      const range = { limit: 1 + pick(4), after: null, before: null };
      const last = await new PagedJournal(written, pick)
        .open(logged)
        .readPage({ ...range, fromEnd: true });
      expect(last.messages.map(({ id }) => id)).toEqual(ids.slice(-range.limit));
      const first = await new PagedJournal(written, pick)
        .open(logged)
        .readPage({ ...range, fromEnd: false });
      expect(first.messages.map(({ id }) => id)).toEqual(ids.slice(0, range.limit));
      expect(first.hasNext).toBe(ids.length > range.limit);
    },
  );

  it('do not repeat old messages that were logged long ago', async () => {
    const pick = pickFrom(1);
    const questions = Array.from({ length: 200 }, (_, index) => asked(index));
    const whole = wholeOf(questions);
    const logged = logOf(whole.slice(3, 6));
    const journal = new PagedJournal(questions, pick);
    const range = { limit: 2, fromEnd: true, after: null, before: null };
    expect((await journal.open(logged).readPage(range)).messages).toEqual(whole.slice(-2));
  });

  it('fail for a message that is no longer in the history', async () => {
    const pick = pickFrom(1);
    const journal = new PagedJournal(someEvents(pick), pick);
    const before = { messageId: 'gone', side: 'end' } as const;
    await expect(
      journal.open().readPage({ limit: 5, fromEnd: true, after: null, before }),
    ).rejects.toMatchObject({ code: 'CURSOR_EXPIRED' });
  });

  it('that are requested together are read once', async () => {
    const pick = pickFrom(3);
    const events = someEvents(pick);
    const journal = new PagedJournal(events, pick);
    const history = journal.open();
    const range = { limit: 100, fromEnd: true, after: null, before: null };
    const [one, other] = await Promise.all([history.readPage(range), history.readPage(range)]);
    expect(one).toEqual(other);
    expect(journal.eventsRead).toBe(events.length);
    expect(await history.findMessage(one.messages[0]!.id)).toEqual(one.messages[0]);
    expect(journal.eventsRead).toBe(events.length);
  });

  it.each([false, true])(
    'name the parent of a call of a sub-agent, without a log (from the end: %s)',
    async (fromEnd) => {
      const subagent = (event: RuntimeEvent): RuntimeEvent => ({ ...event, agentId: 'sub' });
      const toolRequest = (toolCallId: string) => ({ toolCallId, name: 'task', arguments: {} });
      const reply = (index: number, messageId: string, toolCallId: string): RuntimeEvent =>
        eventOf(index, 'assistant.message', {
          messageId,
          content: '',
          toolRequests: [toolRequest(toolCallId)],
          originatingMessageId: 'q1',
        });
      const events = [
        eventOf(0, 'session.start', {}),
        asked(1),
        reply(2, 'a1', 'call'),
        subagent(
          eventOf(3, 'subagent.started', {
            toolCallId: 'call',
            agentName: 'x',
            agentDisplayName: 'x',
          }),
        ),
        subagent(reply(4, 'a2', 'call')),
      ];
      const range = { limit: 1, fromEnd: true, after: null, before: null };
      const { messages } = await new PagedJournal(events, pickFrom(1))
        .open()
        .readPage(fromEnd ? range : { ...range, limit: 9, fromEnd: false });
      expect(messages.at(-1)).toMatchObject({
        turnMessageId: 'q1',
        toolCalls: [{ parentToolCallId: toToolCallId('a1', 'call') }],
      });
    },
  );
});
