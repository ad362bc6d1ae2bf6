import { expect, it } from 'vitest';

import { graphql } from '../../generated/operations/gql.ts';
import { startTestGateway } from '../../support/gateway/gateway.ts';
import {
  createSession,
  createTestSession,
  updateSessionCredentials,
} from '../../support/operations/sessions.ts';
import { ask } from '../../support/operations/turns.ts';
import { FakeCopilot } from '../../support/services/fake-copilot.ts';

const account = graphql(`
  query ReadServiceAccount {
    status {
      runtimes {
        auth {
          isAuthenticated
          authType
          login
          message
        }
      }
    }
  }
`);

const PROMPT = 'Who are you?';

function tokenOf(copilot: FakeCopilot, login: string, prefix: string): string {
  const token = `${prefix}${login.padEnd(36, '0')}`;
  copilot.accounts.set(token, { id: 1, login });
  return token;
}

it.each([
  ['a GitHub App installation', 'ghs_'],
  ['a user by a GitHub App', 'ghu_'],
  ['a user by an OAuth app', 'gho_'],
  ['a user by a fine-grained token', 'github_pat_'],
])('the token of %s serves as the account of the bundled runtime', async (_whose, prefix) => {
  await using copilot = await FakeCopilot.start();
  const token = tokenOf(copilot, 'service', prefix);
  const env = { ...copilot.env, COPILOT_GITHUB_TOKEN: token };
  await using gateway = await startTestGateway({ env });
  const client = gateway.connect('HTTP');
  const { status } = await client.run(account);
  expect(status.runtimes).toMatchObject([{ auth: { isAuthenticated: true, authType: 'token' } }]);
  expect(JSON.stringify(status)).not.toContain(token);
  const turn = await ask(client, await createTestSession(gateway, client), PROMPT);
  expect(turn.reply?.content).toBe('I am service.');
  expect(JSON.stringify(gateway.logs)).not.toContain(token);
});

it('a session continues with a renewed installation token without a restart', async () => {
  await using copilot = await FakeCopilot.start();
  await using gateway = await startTestGateway({ env: copilot.env });
  const client = gateway.connect('HTTP');
  const sessionId = gateway.createSessionId();
  const first = tokenOf(copilot, 'first', 'ghs_');
  await client.run(createSession, { input: { sessionId, gitHubToken: first } });
  expect((await ask(client, sessionId, PROMPT)).reply?.content).toBe('I am first.');
  copilot.accounts.delete(first);
  const gitHubToken = tokenOf(copilot, 'second', 'ghs_');
  await client.run(updateSessionCredentials, { input: { sessionId, gitHubToken } });
  expect((await ask(client, sessionId, PROMPT)).reply?.content).toBe('I am second.');
});
