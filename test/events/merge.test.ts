import { expect, it } from 'vitest';

import type { SessionEvent } from '../../src/events/event.ts';
import { SessionLog } from '../../src/events/session-log.ts';
import type { AssembledText } from '../../src/events/text-assembly.ts';

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

interface Client {
  reader: AsyncIterator<SessionEvent>;
  cursor: string | undefined;
  readonly texts: Map<string, string>;
}

function merge(client: Client, event: SessionEvent): void {
  client.cursor = event.cursor;
  if (event.type !== 'message.delta') return;
  const held = client.texts.get(event.messageId) ?? '';
  expect(event.offset).toBeLessThanOrEqual(held.length);
  if (event.state === 'DISCARDED') client.texts.delete(event.messageId);
  else client.texts.set(event.messageId, held.slice(0, event.offset) + event.text);
}

async function readOne(client: Client, log: SessionLog): Promise<void> {
  // A step that every reader gets, so that none waits for ever.
  log.append(
    { occurredAt: now, turnMessageId: null, agentId: null },
    { type: 'title.changed', title: '' },
  );
  const next = await client.reader.next();
  if (!next.done) merge(client, next.value);
}

async function schedule(seed: number): Promise<void> {
  const random = randomFrom(seed);
  const log = new SessionLog('s', {
    maxBytes: 1_000_000,
    rewinds: 0,
    catchUp: () => Promise.resolve(undefined),
  });
  const newClient = (): Client => ({ reader: log.follow(), cursor: undefined, texts: new Map() });
  const clients = [newClient(), newClient()];
  const finals = new Map<string, string>();
  const open: { text: AssembledText; streamed: string }[] = [];
  const change = (text: AssembledText, with_: () => void): void => {
    log.changeText(text, now, with_);
  };

  for (let step = 0; step < 120; step++) {
    const entry = open[random(open.length)];
    const client = clients[random(clients.length)]!;
    const action = random(10);
    if (action === 0) {
      const id = `m${step}`;
      const origin = { id, kind: 'CONTENT' as const, turnMessageId: null, agentId: null };
      open.push({ text: log.openText(origin, now), streamed: '' });
    } else if (action < 5 && entry) {
      const piece = ALPHABET[random(ALPHABET.length)]!;
      // Half of a character may come with one delta and the rest with the next.
      const cut = piece.length > 1 && random(2) === 0 ? [piece[0]!, piece[1]!] : [piece];
      for (const part of cut)
        change(entry.text, () => {
          entry.text.append(part);
        });
      entry.streamed += piece;
    } else if (action === 5 && entry) {
      const lossy = random(3) === 0 ? entry.streamed.slice(random(4)) : entry.streamed;
      change(entry.text, () => {
        entry.text.complete(lossy);
      });
      finals.set(entry.text.origin.id, lossy);
      open.splice(open.indexOf(entry), 1);
    } else if (action === 6 && entry) {
      change(entry.text, () => {
        entry.text.discard();
      });
      open.splice(open.indexOf(entry), 1);
    } else if (action === 7) {
      // The link breaks: what was read stays, and the client goes on from its last position.
      await client.reader.return?.();
      client.reader = log.follow(client.cursor === undefined ? {} : { after: client.cursor });
      if (client.cursor === undefined) client.texts.clear();
    } else if (action === 8 && clients.length < 5) clients.push(newClient());
    else await readOne(client, log);
  }
  for (const { text, streamed } of open) {
    change(text, () => {
      text.complete(streamed);
    });
    finals.set(text.origin.id, streamed);
  }
  log.end();
  for (const client of clients) {
    for (;;) {
      const next = await client.reader.next();
      if (next.done) break;
      merge(client, next.value);
    }
    for (const [id, held] of client.texts)
      expect([seed, id, held]).toEqual([seed, id, finals.get(id)]);
  }
}

it('the merged text of every reader equals the final text, over any disconnects and pauses', async () => {
  for (let seed = 1; seed <= 400; seed++) await schedule(seed);
});
