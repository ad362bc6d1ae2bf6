import { expect, it } from 'vitest';

import type { AssembledText } from '../../src/events/assembled-text.ts';
import type { SessionEvent } from '../../src/events/event.ts';
import { SessionLog } from '../../src/events/session-log.ts';

const now = new Date(0);
const ALPHABET = ['a', 'b', ' ', 'é', '😀', '\n'];

/** Repeatable: the seed is part of what a failure shows. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return Math.floor((state / 4_294_967_296) * below);
  };
}

class Client {
  readonly texts = new Map<string, string>();
  readonly #log: SessionLog;
  #reader: AsyncIterator<SessionEvent>;
  #cursor: string | undefined;

  constructor(log: SessionLog) {
    this.#log = log;
    this.#reader = log.follow();
  }

  async read(): Promise<boolean> {
    const next = await this.#reader.next();
    if (!next.done) this.#merge(next.value);
    return !next.done;
  }

  /** The link breaks: what was read stays, and the client goes on from its last position. */
  async reconnect(): Promise<void> {
    await this.#reader.return?.();
    this.#reader = this.#log.follow(this.#cursor === undefined ? {} : { after: this.#cursor });
    if (this.#cursor === undefined) this.texts.clear();
  }

  #merge(event: SessionEvent): void {
    this.#cursor = event.cursor;
    if (event.type !== 'message.delta') return;
    const held = this.texts.get(event.messageId) ?? '';
    expect(event.offset).toBeLessThanOrEqual(held.length);
    if (event.state === 'DISCARDED') this.texts.delete(event.messageId);
    else this.texts.set(event.messageId, held.slice(0, event.offset) + event.text);
  }
}

class Schedule {
  readonly #random: (below: number) => number;
  readonly #log = new SessionLog('s', {
    maxAgeMs: 60_000,
    maxBytes: 1_000_000,
    maxTextLength: 100_000,
    rewinds: 0,
    catchUp: () => Promise.resolve(undefined),
  });
  readonly #clients = [new Client(this.#log), new Client(this.#log)];
  readonly #finals = new Map<string, string>();
  readonly #open: { text: AssembledText; streamed: string }[] = [];
  #messages = 0;

  constructor(seed: number) {
    this.#random = randomFrom(seed);
  }

  async run(): Promise<void> {
    const { start, grow, complete, discard, reconnect, join, read } = this.#actions;
    const actions = [start, grow, grow, grow, grow, complete, discard, reconnect, join, read, read];
    for (let step = 0; step < 120; step++) await this.#pick<() => unknown>(actions)();
    while (this.#open.length > 0) complete();
    this.#log.end();
    for (const client of this.#clients) {
      while (await client.read());
      for (const [id, held] of client.texts) expect([id, held]).toEqual([id, this.#finals.get(id)]);
    }
  }

  readonly #actions = {
    start: () => {
      const id = `m${this.#messages++}`;
      const origin = { id, kind: 'CONTENT' as const, turnMessageId: null, agentId: null };
      this.#open.push({ text: this.#log.openText(origin, now), streamed: '' });
    },
    grow: () => {
      const entry = this.#open.at(this.#random(Math.max(this.#open.length, 1)));
      const piece = this.#pick(ALPHABET);
      if (!entry) return;
      // Half of a character may come with one delta and the rest with the next.
      const pieces = this.#random(2) === 0 ? piece.split('') : [piece];
      for (const part of pieces) this.#change(entry.text, (text) => text.append(part));
      entry.streamed += piece;
    },
    complete: () => {
      const entry = this.#takeOpen();
      if (!entry) return;
      const { text, streamed } = entry;
      const final = this.#random(3) === 0 ? streamed.slice(this.#random(4)) : streamed;
      this.#change(text, () => text.complete(final));
      this.#finals.set(text.origin.id, final);
    },
    discard: () => {
      const entry = this.#takeOpen();
      if (entry) this.#change(entry.text, (text) => text.discard());
    },
    reconnect: () => this.#pick(this.#clients).reconnect(),
    join: () => {
      if (this.#clients.length < 5) this.#clients.push(new Client(this.#log));
    },
    read: async () => {
      // A step that every reader gets, so that none waits for ever.
      const origin = { occurredAt: now, turnMessageId: null, agentId: null };
      this.#log.append(origin, { type: 'title.changed', title: '' });
      await this.#pick(this.#clients).read();
    },
  };

  #change(text: AssembledText, change: (text: AssembledText) => void): void {
    this.#log.changeText(text, now, change);
  }

  #takeOpen(): { text: AssembledText; streamed: string } | undefined {
    return this.#open.splice(this.#random(Math.max(this.#open.length, 1)), 1)[0];
  }

  #pick<T>(from: readonly T[]): T {
    return from[this.#random(from.length)]!;
  }
}

it('merges to the final text for every reader, over any disconnects and pauses', async () => {
  for (let seed = 1; seed <= 400; seed++) {
    await new Schedule(seed).run().catch((error: unknown) => {
      throw new Error(`seed ${seed}`, { cause: error });
    });
  }
});
