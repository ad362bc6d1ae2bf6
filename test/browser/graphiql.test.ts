import { expect, inject, it } from 'vitest';

import { waitUntil } from '../support/assertions/until.ts';
import { launchBrowser } from '../support/environment/browser.ts';
import { startTestGateway, type TestGateway } from '../support/gateway/gateway.ts';
import { startGatewayForPeople } from '../support/operations/people.ts';
import {
  fetchWaitingSession,
  replyAfterTool,
  sendToolPrompt,
  shell,
} from '../support/operations/requests.ts';
import { createSession } from '../support/operations/sessions.ts';
import { sendMessage } from '../support/operations/turns.ts';
import { GraphiqlWindow, type Traffic } from './graphiql-window.ts';

/** Windows of one browser, which share what GraphiQL stores. */
async function openBrowser(gateway: TestGateway) {
  const browser = await launchBrowser(inject('browserPath'));
  const context = await browser.newContext({ viewport: { width: 1280, height: 1600 } });
  context.setDefaultTimeout(10_000);
  const traffic: Traffic = { urls: [], subprotocols: [], pageErrors: [], violations: [] };
  return {
    traffic,
    open: () => GraphiqlWindow.open(context, gateway.url, traffic),
    [Symbol.asyncDispose]: () => browser.close(),
  };
}

function expectOnlyTheGateway(
  { urls, subprotocols, pageErrors, violations }: Traffic,
  url: string,
): void {
  const { host } = new URL(url);
  const outside = urls.filter((each) => !/^(data|blob):/.test(each) && new URL(each).host !== host);
  expect(outside).toEqual([]);
  expect(urls).toContain(url.replace(/^http/, 'ws'));
  expect(new Set(subprotocols)).toEqual(new Set(['graphql-transport-ws']));
  expect(pageErrors).toEqual([]);
  expect(violations).toEqual([]);
}

async function subscriptions(gateway: TestGateway, open: 0 | 1): Promise<void> {
  await waitUntil(() => gateway.services.gateway.activeSubscriptions === open, {
    what: () => `${open} open subscriptions: leaving a tab ends its own`,
  });
}

it('the prepared tabs, run in order in one window, complete a conversation without a request to another host', async () => {
  await using gateway = await startTestGateway();
  await using browser = await openBrowser(gateway);
  const window = await browser.open();
  expect(await window.tabs()).toEqual([
    'Create',
    'Subscribe',
    'Send',
    'Asked',
    'Decide',
    'List',
    'Status',
  ]);

  await window.choose('Create');
  await window.run();
  await window.answer('"created": true', '"id": "first-session"', '"state": "IDLE"');

  await window.choose('Subscribe');
  await window.run();
  await subscriptions(gateway, 1);

  await window.choose('Send');
  await subscriptions(gateway, 0);
  const held = gateway.model.hold();
  await window.replace('Tell me a story.', held.prompt);
  await window.run();
  const answer = await held.nextCall();
  answer.write('Once upon');

  await window.choose('Subscribe');
  await window.run();
  await window.answer('"offset": 0', '"text": "Once upon"', '"state": "STREAMING"');
  answer.write(' a time');
  await window.answer('"offset": 9', '"text": " a time"', '"state": "STREAMING"');
  answer.finish();
  await window.answer('"offset": 16', '"state": "COMPLETE"');
  expect(await window.isRunning()).toBe(true);

  await window.choose('List');
  await window.run();
  await window.answer('"totalCount": 1', held.prompt, '"content": "Once upon a time"');

  await window.choose('Status');
  await window.run();
  await window.answer('"healthy": true', '"state": "CONNECTED"');
  expectOnlyTheGateway(browser.traffic, gateway.url);
});

it('a subscription in one window receives what another window sends', async () => {
  await using gateway = await startTestGateway();
  await using browser = await openBrowser(gateway);
  const reader = await browser.open();
  await reader.choose('Create');
  await reader.run();
  await reader.answer('"created": true');
  await reader.choose('Subscribe');
  await reader.run();

  const writer = await browser.open();
  const held = gateway.model.hold();
  await writer.choose('Send');
  await writer.replace('Tell me a story.', held.prompt);
  await writer.run();
  const answer = await held.nextCall();
  for (const [offset, text] of [
    [0, 'Never'],
    [5, ' half a'],
    [12, ' sentence.'],
  ] as const) {
    answer.write(text);
    await reader.answer(`"offset": ${offset}`, `"text": "${text}"`, '"state": "STREAMING"');
  }
  answer.finish();
  await reader.answer('"state": "COMPLETE"');
  await writer.answer('"state": "COMPLETED"', '"content": "Never half a sentence."');
  expectOnlyTheGateway(browser.traffic, gateway.url);
});

it('every prepared tab runs unchanged and fits into the editor of a small window', async () => {
  await using gateway = await startTestGateway();
  await using browser = await openBrowser(gateway);
  const window = await browser.open();
  await window.resize(1024, 700);
  for (const tab of await window.tabs()) {
    await window.choose(tab);
    // The editor lays its text out after the tab is shown.
    await expect.poll(() => window.isTooWide(), { message: tab, timeout: 5_000 }).toBe(false);
  }
  await window.choose('Create');
  await window.run();
  await window.answer('"created": true');
  await window.choose('Send');
  await window.run();
  await window.answer('"state": "COMPLETED"', 'Once upon a time a gateway');
});

it('a permission request appears when it is created and can be approved', async () => {
  await using gateway = await startTestGateway();
  await using browser = await openBrowser(gateway);
  const client = gateway.connect('HTTP');
  const sessionId = 'first-session';
  await client.run(createSession, { input: { sessionId } });
  const { held } = await sendToolPrompt(gateway, { client, sessionId }, shell);
  const [request] = await waitUntil(
    async () => {
      const { pendingRequests } = await fetchWaitingSession(client, sessionId);
      return pendingRequests.length > 0 && pendingRequests;
    },
    { what: () => 'a request' },
  );
  const window = await browser.open();
  await window.choose('Asked');
  await window.run();
  await window.answer(`"id": "${request!.id}"`, '"kind": "SHELL"', 'touch made-by-agent');
  await window.choose('Decide');
  await window.replace('request:id-of-4', request!.id);
  await window.run();
  await window.answer('"outcome": "ACCEPTED"', '"pendingRequests": []');
  await replyAfterTool(held, 'Made.');
});

it('operations and subscriptions run as the viewer whose bearer token is in the headers editor', async () => {
  await using all = await startGatewayForPeople({ GRAPHIQL: 'on' });
  const { gateway } = all;
  await using browser = await openBrowser(gateway);
  const window = await browser.open();
  const token = all.credentials('alice').authorization.replace('Bearer ', '');
  await window.choose('Create');
  await window.run();
  await window.answer('UNAUTHENTICATED');
  await window.enterToken(token);
  await window.run();
  await window.answer('"created": true', '"id": "first-session"');

  await window.choose('Subscribe');
  await window.enterToken(token);
  await window.run();
  await subscriptions(gateway, 1);
  const held = gateway.model.hold();
  const input = { sessionId: 'first-session', prompt: held.prompt };
  await all.client('alice', 'HTTP').run(sendMessage, { input });
  const answer = await held.nextCall();
  answer.write('Only for you');
  await window.answer('"text": "Only for you"', '"state": "STREAMING"');
  answer.finish();
  await window.answer('"state": "COMPLETE"');
  const again = await browser.open();
  await again.choose('Create');
  await again.run();
  await again.answer('UNAUTHENTICATED');
});

it('GraphiQL reports that introspection is disabled, and the prepared tabs still run', async () => {
  await using gateway = await startTestGateway({ env: { INTROSPECTION: 'off' } });
  await using browser = await openBrowser(gateway);
  const window = await browser.open();
  await window.answer('GraphQL introspection has been disabled');

  await window.choose('Create');
  await window.run();
  await window.answer('"created": true', '"id": "first-session"');
  await window.choose('Subscribe');
  await window.run();
  await subscriptions(gateway, 1);
  expectOnlyTheGateway(browser.traffic, gateway.url);
});
