import { afterAll, describe, expect, it } from 'vitest';

import { waitUntil } from '../../support/assertions/until.ts';
import { RawSocket } from '../../support/clients/raw-socket.ts';
import { type ClientError, type Transport, transports } from '../../support/clients/transports.ts';
import { startTestGateway } from '../../support/gateway/gateway.ts';
import { operations } from '../../support/operations/operation-table.ts';
import { createTestSession } from '../../support/operations/sessions.ts';
import { Issuer } from '../../support/services/issuer.ts';

const issuer = await Issuer.start();
const gateway = await startTestGateway({ env: { ...issuer.env, OPERATORS: 'olga' } });
afterAll(async () => {
  await gateway[Symbol.asyncDispose]();
  await issuer[Symbol.asyncDispose]();
});

const FORBIDDEN = 4403;
const rows = Object.entries(operations).map(([name, row]) => ({ name, ...row }));
const isSubscription = (name: string): boolean => name.startsWith('Subscription.');

async function clientOf(sub: string, transport: Transport) {
  return gateway.connect(transport, {
    authorization: `Bearer ${await issuer.createToken({ sub })}`,
  });
}

/** What it is refused with; undefined: it is not. */
async function refusalOf(
  sub: string,
  transport: Transport,
  operation: { readonly name: string; readonly document: string },
  id: string,
): Promise<ClientError | undefined> {
  const client = await clientOf(sub, transport);
  await using answer = client.payloads(operation.document, { id });
  if (!isSubscription(operation.name)) return (await answer.next()).errors?.[0];
  const before = gateway.services.gateway.activeSubscriptions;
  const hasBegun = (): boolean => gateway.services.gateway.activeSubscriptions > before;
  // One that begins may give nothing for now.
  await waitUntil(() => hasBegun() || answer.collected.length > 0, { what: () => 'the beginning' });
  const refusal = answer.collected[0]?.errors?.[0];
  answer.return();
  await waitUntil(() => !hasBegun(), { what: () => 'the end' });
  return refusal;
}

/** Apart from what differs from request to request. */
function comparable(error: ClientError | undefined) {
  return error && { message: error.message, extensions: { ...error.extensions, requestId: '' } };
}

describe.each(rows)('$name', ({ name, document, reach }) => {
  const usable = transports.filter((transport) => transport !== 'HTTP' || !isSubscription(name));

  it.each(usable)('returns each field only to authorized viewers, over %s', async (transport) => {
    const alice = await clientOf('alice', 'HTTP');
    const id = await createTestSession(gateway, alice);
    const refused = (sub: string, named = id) =>
      refusalOf(sub, transport, { name, document }, named);
    const bob = await refused('bob');
    const olga = await refused('olga');
    const olgaByFullName = await refused('olga', `alice:${id}`);
    if (reach === 'VIEWER') {
      expect([bob, olga]).toEqual([undefined, undefined]);
    } else {
      const missing = await refused('bob', 'there-is-no-such-session');
      expect(missing).toMatchObject({ extensions: { code: 'SESSION_NOT_FOUND' } });
      expect(comparable(bob)).toEqual(comparable(missing));
      expect(comparable(olga)).toEqual(comparable(missing));
      if (name !== 'Query.session') {
        expect(comparable(olgaByFullName)).toEqual(comparable(missing));
      }
    }
    // The owner comes last: whatever a stranger did would show.
    const { errors } = await alice.execute('query ($id: ID!) { session(id: $id) { id } }', { id });
    expect(errors).toBeUndefined();
    const owner = await refused('alice');
    expect(['UNAUTHENTICATED', 'FORBIDDEN', 'SESSION_NOT_FOUND']).not.toContain(
      owner?.extensions['code'],
    );
  });

  it('is rejected on each transport for unknown and expired credentials', async () => {
    const past = Math.floor(Date.now() / 1000) - 3600;
    const expired = `Bearer ${await issuer.createToken({ exp: past })}`;
    for (const authorization of [undefined, expired]) {
      const headers = authorization === undefined ? undefined : { authorization };
      for (const accept of ['application/json', 'text/event-stream']) {
        const response = await fetch(gateway.url, {
          method: 'POST',
          headers: { 'content-type': 'application/json', accept, ...headers },
          body: JSON.stringify({ query: document, variables: { id: 'x' } }),
        });
        expect(response.status).toBe(401);
        const { errors } = (await response.json()) as { errors: ClientError[] };
        expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
      }
      await using socket = await RawSocket.open(gateway.url);
      socket.send({ type: 'connection_init', payload: { ...headers } });
      expect(await socket.closed).toBe(FORBIDDEN);
    }
  });
});
