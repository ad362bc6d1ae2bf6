import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';

import { type Client, type Operation, uncheckVariables } from '../support/clients/transports.ts';
import { startTestGateway, type TestGateway } from '../support/gateway/gateway.ts';
import { Cloud, createCloudTestSession, widgetsInput } from '../support/operations/cloud.ts';
import { createSession } from '../support/operations/sessions.ts';
import { sendMessage } from '../support/operations/turns.ts';

let cloud: Cloud;
let gateway: TestGateway;
let client: Client;
beforeAll(async () => {
  cloud = await Cloud.start();
  gateway = await cloud.gateway();
  client = gateway.connect('HTTP');
}, 360_000);
afterAll(async () => {
  await gateway[Symbol.asyncDispose]();
  await cloud[Symbol.asyncDispose]();
});
afterEach(() => {
  cloud.missionControl.policy = null;
});

async function refusal(
  by: Client,
  input: Record<string, unknown>,
  operation: Operation = uncheckVariables(createSession),
): Promise<{ readonly message: string; readonly code: unknown; readonly retryable: unknown }> {
  const { errors } = await by.execute(operation, { input });
  const [error] = errors ?? [];
  return {
    message: String(error?.message),
    code: error?.extensions['code'],
    retryable: error?.extensions['retryable'],
  };
}

const provider = { type: 'OPENAI', baseUrl: 'https://models.example/v1' };

it.each<[field: string, input: Record<string, unknown>]>([
  ['sessionId', { sessionId: 'mine' }],
  ['model', { model: 'scripted' }],
  ['reasoningEffort', { reasoningEffort: 'HIGH' }],
  ['remote', { remote: 'ON' }],
  ['instructions', { instructions: 'Be brief.' }],
  ['clientTools', { clientTools: [{ name: 'x', description: 'x', parameters: {} }] }],
  ['provider', { provider, model: 'x' }],
  ['cloud.repository.owner', { cloud: { repository: { owner: '../x', name: 'x' } } }],
  ['cloud.repository.name', { cloud: { repository: { owner: 'acme', name: '..' } } }],
  ['cloud.repository.name', { cloud: { repository: { owner: 'acme', name: 'x'.repeat(9_999) } } }],
  ['cloud.repository.branch', { cloud: { repository: { owner: 'a', name: 'b', branch: '' } } }],
])('%s is refused with a clear error, and nothing is asked of GitHub', async (field, input) => {
  const before = cloud.missionControl.tasks.size;
  const { code, message } = await refusal(client, { ...widgetsInput, ...input });
  expect(code).toBe('BAD_USER_INPUT');
  expect(message).toContain(field.startsWith('provider') ? '' : field);
  expect(cloud.missionControl.tasks.size).toBe(before);
});

it('a session that a policy of the organization forbids is POLICY_BLOCKED and not retryable', async () => {
  cloud.missionControl.policy = 'blocked by policy';
  expect(await refusal(client, widgetsInput)).toMatchObject({
    ...{ code: 'POLICY_BLOCKED', retryable: false },
  });
});

it('a session that the profile forbids is POLICY_BLOCKED without a request to GitHub', async () => {
  const before = cloud.missionControl.tasks.size;
  const { code } = await refusal(client, { ...widgetsInput, profile: 'local' });
  expect(code).toBe('POLICY_BLOCKED');
  expect(cloud.missionControl.tasks.size).toBe(before);
});

it('a runtime without cloud sessions is reported with its version', async () => {
  await using bundled = await startTestGateway({
    profiles: { default: { allowsCloud: true } },
  });
  const { version } = bundled.services.runtime.status;
  const { code, message, retryable } = await refusal(bundled.connect('HTTP'), widgetsInput);
  expect({ code, retryable }).toEqual({ code: 'NOT_SUPPORTED', retryable: false });
  expect(message).toContain(version);
});

it('a runtime that is not signed in requires an account of the session', async () => {
  await using signedOut = await Cloud.start({ isSignedIn: false });
  await using its = await signedOut.gateway();
  const by = its.connect('HTTP');
  expect(await refusal(by, widgetsInput)).toMatchObject({ code: 'GITHUB_AUTH_REQUIRED' });
  const gitHubToken = signedOut.gitHub.createToken('alice');
  await by.run(createSession, { input: { ...widgetsInput, gitHubToken } });
  expect(signedOut.task.login).toBe('alice');
});

it('a message that cannot reach a worker is rejected before it is sent', async () => {
  const sessionId = await createCloudTestSession(client);
  const attachments = [{ name: 'a.txt', mimeType: 'text/plain', data: 'eA==' }];
  for (const beside of [{ delivery: 'IMMEDIATE' }, { delivery: 'INTERRUPT' }, { attachments }]) {
    const input = { sessionId, prompt: 'Say hello', ...beside };
    expect(await refusal(client, input, uncheckVariables(sendMessage))).toMatchObject({
      code: 'NOT_SUPPORTED',
    });
  }
  expect(cloud.task.steered).toEqual([]);
});
