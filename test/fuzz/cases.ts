import { request } from 'node:http';

import { WebSocket } from 'ws';

import type { Documents } from './documents.ts';
import { mutated, type Random } from './random.ts';
import { callers, tokenOf, type World } from './world.ts';

export interface Surroundings {
  readonly world: World;
  readonly documents: Documents;
  readonly random: Random;
}

/** What was sent, and all that came back. */
export interface Exchange {
  readonly sent: string;
  readonly answer: string;
  readonly status?: number;
}

/** Of streams, which have no end of their own. */
const LISTEN_MS = 40;
const DEADLINE_MS = 20_000;

export const cases = {
  document: ({ world, documents, random }) => {
    const query = random.chance(0.25)
      ? mutated(documents.operation(random), random)
      : documents.operation(random);
    return post(world, JSON.stringify({ query }), headersOf(random));
  },
  body: ({ world, documents, random }) => {
    const body = mutated(
      JSON.stringify({
        query: documents.operation(random),
        variables: random.of([null, {}, [], { id: 1 }, { a: { b: [null] } }]),
        operationName: random.of([undefined, 'Fuzz', 'Nobody', '']),
        extensions: random.of([undefined, {}, { persistedQuery: { version: 1, sha256Hash: 'x' } }]),
      }),
      random,
    );
    return post(world, random.chance(0.1) ? `[${body},${body}]` : body, {
      ...headersOf(random),
      'content-type': random.of(['application/json', 'text/plain', 'application/graphql', 'x']),
    });
  },
  stream: ({ world, documents, random }) =>
    post(world, JSON.stringify({ query: documents.operation(random) }), {
      ...headersOf(random),
      accept: 'text/event-stream',
      'last-event-id': headerSafe(world.word('cursor', random)),
    }),
  socket: (surroundings) => socket(surroundings),
} as const satisfies Record<string, (surroundings: Surroundings) => Promise<Exchange>>;

function headersOf(random: Random): Record<string, string> {
  const token = tokenOf(random.of(callers));
  const authorization = random.chance(0.9)
    ? `Bearer ${token}`
    : headerSafe(mutated(`Bearer ${token}`, random));
  return { 'content-type': 'application/json', authorization };
}

function headerSafe(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '?');
}

function post(world: World, body: string, headers: Record<string, string>): Promise<Exchange> {
  return new Promise((resolve, reject) => {
    const call = request(world.url, { method: 'POST', headers, agent: false }, (response) => {
      let answer = '';
      const done = (): void => {
        resolve({ sent: body, answer, status: response.statusCode ?? 0 });
        call.destroy();
      };
      response.setEncoding('utf8').on('data', (text: string) => (answer += text));
      response.on('end', done).on('error', done);
      const type = response.headers['content-type'] ?? '';
      if (type.includes('event-stream')) setTimeout(done, LISTEN_MS);
    });
    call.setTimeout(DEADLINE_MS, () => call.destroy(new Error(`no answer to ${body}`)));
    call.on('error', reject).end(body);
  });
}

/** A few frames of the protocol, or nearly so. */
function socket({ world, documents, random }: Surroundings): Promise<Exchange> {
  const frames = framesOf(documents, random);
  return new Promise((resolve) => {
    let answer = '';
    const open = new WebSocket(world.url.replace('http', 'ws'), 'graphql-transport-ws');
    const done = (): void => {
      resolve({ sent: frames.join('\n'), answer });
      open.terminate();
    };
    open.on('message', (frame: Buffer) => (answer += `${frame.toString()}\n`));
    open.on('close', (code, reason) => {
      answer += `${code} ${reason.toString()}`;
      done();
    });
    open.on('error', done);
    open.on('open', () => {
      for (const frame of frames) open.send(frame);
      setTimeout(done, LISTEN_MS);
    });
  });
}

function framesOf(documents: Documents, random: Random): (string | Buffer)[] {
  const payload = { authorization: headersOf(random)['authorization'], resume: { 1: 'x' } };
  const init = JSON.stringify({ type: 'connection_init', payload });
  const subscribe = (): string => {
    const query = documents.operation(random);
    return JSON.stringify({ type: 'subscribe', id: String(random.below(3)), payload: { query } });
  };
  const others = ['{"type":"ping"}', '{"type":"pong"}', '{"type":"complete","id":"1"}', init];
  const rest = random.some(4, () => {
    if (random.chance(0.6)) return subscribe();
    if (random.chance(0.5)) return random.of(others);
    return random.chance(0.2) ? Buffer.from([0, 255, 1]) : mutated(subscribe(), random);
  });
  return random.chance(0.9) ? [init, ...rest] : rest;
}
