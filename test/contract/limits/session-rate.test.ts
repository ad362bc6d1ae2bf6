import { describe, expect, it } from 'vitest';

import { expectRateLimited } from '../../support/assertions/rate-limited.ts';
import { transports } from '../../support/clients/transports.ts';
import { startGatewayForPeople } from '../../support/operations/people.ts';
import { createSession, createTestSession } from '../../support/operations/sessions.ts';

const remove = `mutation ($id: ID!) {
  deleteSession(input: { sessionId: $id }) { deletedSessionId }
}`;
const HOUR_MS = 3_600_000;

describe.each(transports)('the session creation rate, over %s', (transport) => {
  it('is limited per viewer, also when sessions are deleted', async () => {
    await using people = await startGatewayForPeople({ LIMIT_SESSION_RATE: '2' });
    const alice = people.client('alice', transport);
    const first = await createTestSession(people.gateway, alice);
    // What was not made does not count.
    const taken = await alice.execute(createSession, { input: { sessionId: first } });
    expect(taken.errors).toMatchObject([{ extensions: { code: 'SESSION_EXISTS' } }]);
    await alice.run(remove, { id: first });
    const second = await createTestSession(people.gateway, alice);
    const input = { sessionId: people.gateway.createSessionId() };
    expectRateLimited(await alice.execute(createSession, { input }), HOUR_MS);
    const fork = `mutation { forkSession(input: { sessionId: "${second}" }) { session { id } } }`;
    expectRateLimited(await alice.execute(fork), HOUR_MS);
    const resumed = await alice.run(createSession, {
      input: { sessionId: second, ifExists: 'RESUME' },
    });
    expect(resumed.createSession.created).toBe(false);
    await createTestSession(people.gateway, people.client('bob', transport));
  });

  it('is limited per IP address, whoever creates the sessions', async () => {
    await using people = await startGatewayForPeople({
      LIMIT_SESSION_RATE_PER_IP: '2',
      TRUST_PROXY: '1',
    });
    const { gateway } = people;
    await createTestSession(gateway, people.client('alice', transport));
    await createTestSession(gateway, people.client('bob', transport));
    const input = { sessionId: gateway.createSessionId() };
    const alice = people.client('alice', transport);
    expectRateLimited(await alice.execute(createSession, { input }), HOUR_MS);
    const elsewhere = { ...people.credentials('alice'), 'x-forwarded-for': '192.0.2.2' };
    await createTestSession(gateway, gateway.connect('HTTP', elsewhere));
  });
});
