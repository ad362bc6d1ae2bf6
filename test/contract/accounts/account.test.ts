import { expect, it } from 'vitest';

import { graphql } from '../../generated/operations/gql.ts';
import { startTestGateway } from '../../support/gateway/gateway.ts';
import { startGatewayForPeople } from '../../support/operations/people.ts';
import { FakeCopilot } from '../../support/services/fake-copilot.ts';

const accounts = graphql(`
  query ReadAccounts {
    status {
      runtimes {
        auth {
          isAuthenticated
          authType
          login
          host
          message
        }
      }
    }
  }
`);

it('operators see the account of the runtime, and no caller sees its token', async () => {
  await using copilot = await FakeCopilot.start(['fast']);
  const token = copilot.createToken('svc');
  const env = { ...copilot.env, MODEL: 'fast', COPILOT_GITHUB_TOKEN: token };
  await using people = await startGatewayForPeople(env);
  const { status } = await people.client('olga', 'HTTP').run(accounts);
  expect(status.runtimes).toMatchObject([
    { auth: { isAuthenticated: true, authType: 'token', host: 'https://github.com' } },
  ]);
  expect(JSON.stringify(status)).not.toContain(token);
  const others = await people.client('alice', 'HTTP').run(accounts);
  expect(others.status.runtimes).toEqual([{ auth: null }]);
  expect(JSON.stringify(people.gateway.logs)).not.toContain(token);
});

it('operators see the model providers, and no caller sees a key', async () => {
  const providers = graphql(`
    query ReadProviders {
      status {
        runtimes {
          providers {
            profile
            type
            host
          }
        }
      }
    }
  `);
  await using people = await startGatewayForPeople();
  const { status } = await people.client('olga', 'HTTP').run(providers);
  const { host } = new URL(people.gateway.model.baseUrl);
  expect(status.runtimes).toEqual([{ providers: [{ profile: 'default', type: 'OPENAI', host }] }]);
  const others = await people.client('alice', 'HTTP').run(providers);
  expect(others.status.runtimes).toEqual([{ providers: null }]);
});

it('a runtime with a provider key has no account', async () => {
  await using gateway = await startTestGateway();
  const { status } = await gateway.connect('HTTP').run(accounts);
  expect(status.runtimes).toMatchObject([{ auth: { isAuthenticated: false, login: null } }]);
  expect(JSON.stringify(status)).not.toContain('test-key');
});
