import { describe, expect, it } from 'vitest';

import { graphql } from '../../generated/operations/gql.ts';
import { streamingTransports, transports } from '../../support/clients/transports.ts';
import { startTestGateway } from '../../support/gateway/gateway.ts';
import { createTestSession } from '../../support/operations/sessions.ts';
import { readStatus, statusChanged } from '../../support/operations/status.ts';

const whole = graphql(`
  query ReadWholeStatus {
    status {
      id
      healthy
      gateway {
        version
        startedAt
        draining
        openSessions
        activeSubscriptions
        lastCleanup {
          examined
        }
      }
      runtimes {
        id
        state
        version
        protocolVersion
        latencyMs
        lastSeenAt
        lastError
        openSessions
        auth {
          isAuthenticated
          login
        }
      }
    }
  }
`);

const account = graphql(`
  query ReadAccount {
    viewer {
      id
      name
      roles
    }
    profiles {
      name
      description
      defaultModel
      tools
    }
    models {
      name
      displayName
      enabled
    }
    ofProfile: models(profile: "default") {
      name
    }
  }
`);

describe.each(transports)('over %s', (transport) => {
  it('`status` reports a healthy gateway and a connected runtime', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(transport);
    await createTestSession(gateway, client);
    const { status } = await client.run(whole);

    expect(status).toMatchObject({
      id: 'status:gateway',
      healthy: true,
      gateway: { draining: false, openSessions: 1, activeSubscriptions: 0 },
      runtimes: [{ state: 'CONNECTED', lastError: null, openSessions: 1, protocolVersion: 3 }],
    });
    expect(status.gateway.version).toMatch(/^\d+\.\d+\.\d+/);
    expect(status.runtimes[0]?.version).toMatch(/^\d+\.\d+\.\d+/);
    expect(status.runtimes[0]?.latencyMs).toBeGreaterThan(0);
    const ages = [status.gateway.startedAt, status.runtimes[0]?.lastSeenAt ?? ''].map(
      (time) => Date.now() - Date.parse(time),
    );
    expect(Math.max(...ages)).toBeLessThan(20_000);
  });

  it('`viewer`, `profiles` and `models` return what the caller may use', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(transport);
    const model = gateway.model.name;

    expect(await client.run(account)).toMatchObject({
      viewer: { id: expect.stringMatching(/^viewer:/) as string, roles: ['user', 'operator'] },
      profiles: [{ name: 'default', defaultModel: model, tools: ['builtin:*', 'custom:*'] }],
      models: [{ name: model, displayName: model, enabled: true }, { name: 'another' }],
      ofProfile: [{ name: model }, { name: 'another' }],
    });
  });
});

describe.each(streamingTransports)('statusChanged over %s', (transport) => {
  it('emits the current status first', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(transport);
    await using statuses = await client.subscribe(statusChanged);
    expect((await statuses.next()).statusChanged).toMatchObject({
      healthy: true,
      gateway: { activeSubscriptions: 1 },
      runtimes: [{ state: 'CONNECTED' }],
    });
    expect((await client.run(readStatus)).status.gateway.activeSubscriptions).toBe(1);
  });
});
