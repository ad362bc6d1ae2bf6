import { request } from 'node:http';

import { afterAll, describe, expect, it } from 'vitest';

import { RawSocket } from '../../support/clients/raw-socket.ts';
import { startTestGateway } from '../../support/gateway/gateway.ts';
import { createTestSession } from '../../support/operations/sessions.ts';

const OURS = 'https://app.example';
const OTHER = 'https://elsewhere.example';

const gateway = await startTestGateway({ env: { ALLOWED_ORIGINS: `${OURS},https://b.example` } });
afterAll(() => gateway[Symbol.asyncDispose]());

interface Asked extends RequestInit {
  readonly search?: string;
}

async function ask({ search = '', ...init }: Asked) {
  const response = await fetch(`${gateway.url}${search}`, init);
  const text = await response.text();
  return { status: response.status, headers: response.headers, text };
}

const query = '{ viewer { id } }';
const json = { 'content-type': 'application/json' };
const post = (headers: Record<string, string>, body: RequestInit['body'] = null): Asked => ({
  method: 'POST',
  headers,
  body: body ?? JSON.stringify({ query }),
});

describe('a request that any web page can send without preflight', () => {
  const form = new FormData();
  form.set('operations', JSON.stringify({ query }));
  const simple: [string, Asked][] = [
    ['a link', { search: `?query=${encodeURIComponent(query)}` }],
    [
      'an event source',
      { search: `?query=${encodeURIComponent(query)}`, headers: { accept: 'text/event-stream' } },
    ],
    ['a form', { method: 'POST', body: new URLSearchParams({ query }) }],
    ['a form with files', { method: 'POST', body: form }],
    ['a form of plain text', post({ 'content-type': 'text/plain' })],
    [
      'plain text that speaks of JSON',
      post({ 'content-type': 'text/plain; charset=application/json' }),
    ],
    ['a beacon without a type', { method: 'POST', body: new Blob([JSON.stringify({ query })]) }],
  ];

  it.each(simple)('is rejected: %s', async (_what, asked) => {
    const { status, text } = await ask(asked);
    const [error] = (JSON.parse(text) as { errors: { message: string; extensions: object }[] })
      .errors;
    expect([status, error?.extensions]).toMatchObject([
      403,
      { code: 'FORBIDDEN', retryable: false },
    ]);
    expect(error?.message).toContain('x-graphql-yoga-csrf');
    expect(text).not.toContain('viewer:');
  });

  it('changes nothing when it is a mutation', async () => {
    const client = gateway.connect('HTTP');
    const sessionId = await createTestSession(gateway, client);
    const mutation = `mutation { deleteSession(input: { sessionId: "${sessionId}" }) { deletedSessionId } }`;
    const body = new URLSearchParams({ query: mutation });
    expect((await ask({ method: 'POST', body })).status).toBe(403);
    expect(gateway.findOpenSession(sessionId)).toBeDefined();
  });

  it.each(['x-graphql-yoga-csrf', 'apollo-require-preflight', 'graphql-require-preflight'])(
    'is accepted with the header %s, which requires a preflight',
    async (name) => {
      const headers = { [name]: '1', accept: 'application/json' };
      const { status, text } = await ask({
        search: `?query=${encodeURIComponent(query)}`,
        headers,
      });
      expect([status, text]).toEqual([200, expect.stringContaining('viewer:local')]);
      expect((await ask(post({ ...headers, 'content-type': 'text/plain' }))).status).toBe(415);
    },
  );

  it('is not needed for a JSON body', async () => {
    for (const type of ['application/json', 'application/json; charset=utf-8']) {
      expect((await ask(post({ 'content-type': type }))).text).toContain('viewer:local');
    }
  });
});

describe('a page of another origin', () => {
  const preflight = (origin: string): Asked => ({
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,content-type',
    },
  });

  it('can send operations when its origin is allowed, after a preflight', async () => {
    const { status, headers } = await ask(preflight(OURS));
    expect([status, Object.fromEntries(headers)]).toMatchObject([
      204,
      {
        'access-control-allow-origin': OURS,
        'access-control-allow-headers': 'authorization,content-type',
        'access-control-allow-methods': 'POST, GET',
        vary: expect.stringContaining('Origin') as string,
      },
    ]);
    expect(headers.has('access-control-allow-credentials')).toBe(false);

    const answer = await ask(post({ ...json, origin: OURS }));
    expect(answer.text).toContain('viewer:local');
    expect(answer.headers.get('access-control-allow-origin')).toBe(OURS);
    expect(answer.headers.get('access-control-expose-headers')).toBe('x-request-id');
    await using socket = await RawSocket.open(gateway.url, { origin: OURS });
    socket.send({ type: 'connection_init' });
    expect(await socket.frames.next()).toMatchObject({ type: 'connection_ack' });
  });

  it.each([
    OTHER,
    `${OURS}.elsewhere.example`,
    'http://app.example',
    `${OURS}:8443`,
    'null',
    'file://',
  ])('gets nothing from %s: no preflight, no answer, no socket', async (origin) => {
    for (const asked of [preflight(origin), post({ ...json, origin })]) {
      const { status, headers, text } = await ask(asked);
      expect([status, text]).toEqual([403, expect.stringContaining('FORBIDDEN')]);
      expect(headers.has('access-control-allow-origin')).toBe(false);
    }
    await expect(RawSocket.open(gateway.url, { origin })).rejects.toThrow('403');
  });

  it('cannot frame, sniff, cache or leak a response', async () => {
    const head = {
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    };
    const stream = { ...json, accept: 'text/event-stream' };
    for (const asked of [
      post(json),
      post(stream),
      post({ ...json, origin: OTHER }),
      post({ 'content-type': 'text/plain' }),
      post(json, '{'),
      { search: '/../health' },
      { search: '/nowhere' },
    ]) {
      const { headers } = await ask(asked);
      expect(Object.fromEntries(headers)).toMatchObject(head);
      expect(headers.has('strict-transport-security')).toBe(false);
    }
    const page = await ask({ headers: { accept: 'text/html' } });
    expect(Object.fromEntries(page.headers)).toMatchObject({
      ...head,
      'content-security-policy': expect.stringMatching(
        /^default-src 'none'; script-src 'sha256-[^']+'; (?!.*script-src).*frame-ancestors 'none'$/,
      ) as string,
    });
  });
});

it('gets Strict-Transport-Security behind a proxy that terminates TLS, but not on a loopback name', async () => {
  await using open = await startTestGateway({ env: { HOST: '0.0.0.0', ALLOW_INSECURE: '1' } });
  const { port } = new URL(open.url);
  const ask = async (host: string, proto: string) => {
    const url = `http://127.0.0.1:${port}/health`;
    return new Promise<string | undefined>((resolve, reject) => {
      request(url, { headers: { host, 'x-forwarded-proto': proto }, agent: false }, (response) => {
        response.resume();
        resolve(response.headers['strict-transport-security']);
      })
        .on('error', reject)
        .end();
    });
  };
  expect(await ask('gateway.example', 'https')).toBe('max-age=31536000');
  expect(await ask('gateway.example', 'http')).toBeUndefined();
  expect(await ask(`localhost:${port}`, 'https')).toBeUndefined();
});

it('batched operations are rejected', async () => {
  const { status, text } = await ask(post(json, JSON.stringify([{ query }, { query }])));
  expect([status, text]).toEqual([400, expect.stringContaining('BAD_USER_INPUT')]);
  expect(text).not.toContain('viewer:');
});
