import { readdirSync } from 'node:fs';

import { expect, it } from 'vitest';

import { waitUntil } from '../support/assertions/until.ts';
import { startTestGateway, type TestGateway } from '../support/gateway/gateway.ts';
import { answers, type HeldPrompt, prompts } from '../support/models/scripted-model.ts';
import { lookup, lookupCall, trustingProfile } from '../support/operations/client-tools.ts';
import { elicit, elicitingProfile } from '../support/operations/elicitation.ts';
import {
  decide,
  fetchWaitingSession,
  getToolResult,
  question,
  replyAfterTool,
  shell,
  submitResult,
} from '../support/operations/requests.ts';
import { createTestSession, fetchSession, listReplies } from '../support/operations/sessions.ts';
import { writeAnswer } from '../support/operations/turns.ts';
import { keys, Terminal } from './terminal.ts';

/** As `npm run example:terminal` runs it. */
function startClient({ url }: TestGateway, sessionId: string): Terminal {
  const address = url.replace(/^http/, 'ws');
  const program = `${process.execPath} --import=tsx examples/terminal/main.ts`;
  return new Terminal(`${program} --url ${address} --session ${sessionId}`);
}

async function startChat(
  gateway: TestGateway,
  sessionId = gateway.createSessionId(),
): Promise<Terminal> {
  const chat = startClient(gateway, sessionId);
  await chat.shows(`Session ${sessionId}. To come back to it: npm run example:terminal --`);
  await chat.shows('> ');
  return chat;
}

/** The model calls a tool that needs somebody's word. */
async function callTool(gateway: TestGateway, chat: Terminal, tool = shell): Promise<HeldPrompt> {
  const held = gateway.model.hold();
  chat.enter(held.prompt);
  (await held.nextCall()).callTool(tool.name, tool.args);
  return held;
}

/** Whether its command has run, in whichever folder. */
function madeByAgent({ dataDir }: TestGateway): boolean {
  const names = readdirSync(dataDir, { recursive: true, encoding: 'utf8' });
  return names.some((name) => name.endsWith('/made-by-agent'));
}

const permission = 'allow once (y), no (n)? ';

it('the terminal chat prints an answer while it is written and prompts for the next line', async () => {
  await using gateway = await startTestGateway();
  await using chat = await startChat(gateway);
  const held = gateway.model.hold();
  chat.enter(held.prompt);
  const call = await held.nextCall();
  call.write('One word');
  await chat.shows('One word');
  call.write(', and another one: 🌉.');
  call.finish();
  expect(await chat.shows('\n> ')).toBe(', and another one: 🌉.\n> ');
  chat.enter(prompts.story);
  await chat.shows(`${answers.story}\n> `);
});

it('the terminal chat asks for a permission, and the tool runs after approval', async () => {
  await using gateway = await startTestGateway();
  await using chat = await startChat(gateway);
  const held = await callTool(gateway, chat);
  await chat.shows('[permission] shell: Make a file\n  $ touch made-by-agent\n');
  await chat.shows(permission);
  chat.enter('perhaps');
  await chat.shows(permission);
  chat.enter('y');
  await chat.shows('succeeded');
  await replyAfterTool(held, 'I made it.');
  await chat.shows('I made it.\n> ');
  expect(madeByAgent(gateway)).toBe(true);
});

it('the terminal chat rejects a permission with feedback for the agent', async () => {
  await using gateway = await startTestGateway();
  await using chat = await startChat(gateway);
  const held = await callTool(gateway, chat);
  await chat.shows(permission);
  chat.enter('n not on a Sunday');
  await chat.shows('denied');
  await replyAfterTool(held, 'Then not.');
  await chat.shows('Then not.\n> ');
  expect(getToolResult(gateway)).toMatch(/not on a Sunday/);
  expect(madeByAgent(gateway)).toBe(false);
});

it('the terminal chat rejects a permission without feedback, and the turn ends', async () => {
  await using gateway = await startTestGateway();
  await using chat = await startChat(gateway);
  await callTool(gateway, chat);
  await chat.shows(permission);
  chat.enter('n');
  await chat.shows('\n> ');
  expect(gateway.model.requests).toHaveLength(1);
});

it('the terminal chat reports that another client has already responded', async () => {
  await using gateway = await startTestGateway();
  const sessionId = gateway.createSessionId();
  await using chat = await startChat(gateway, sessionId);
  const held = await callTool(gateway, chat);
  await chat.shows(permission);
  chat.type('y');
  const other = gateway.connect('HTTP');
  const [request] = (await fetchWaitingSession(other, sessionId)).pendingRequests;
  await decide(other, request!, 'REJECT', 'Not now.');
  await replyAfterTool(held, 'Then later.');
  await waitUntil(async () => (await fetchSession(other, sessionId)).state === 'IDLE', {
    what: () => 'the end of the turn',
  });
  chat.type(keys.enter);
  await chat.shows('[another client was first: rejected]');
  await chat.shows('Then later.');
  await chat.shows('[nobody asks that any more; "y" was not sent]\n> ');
});

it('the terminal chat answers a question of the agent with a choice', async () => {
  await using gateway = await startTestGateway();
  await using chat = await startChat(gateway);
  const held = await callTool(gateway, chat, question);
  await chat.shows('[question] Which colour?\n  1) red\n  2) blue\nanswer: ');
  chat.enter('2');
  await replyAfterTool(held, 'Blue it is.');
  await chat.shows('Blue it is.\n> ');
  expect(getToolResult(gateway)).toBe('User selected: blue');
});

it('the terminal chat fills in a form field by field and asks again for an invalid value', async () => {
  await using gateway = await startTestGateway({ profiles: { default: elicitingProfile } });
  await using chat = await startChat(gateway);
  const held = await callTool(gateway, chat, elicit('What is it to be?'));
  await chat.shows('[form of shop] What is it to be?\n');
  await chat.shows('Size (S, M): ');
  chat.enter('');
  await chat.shows('Size (S, M): ');
  chat.enter('XXL');
  await chat.shows('count (integer, or nothing): ');
  chat.enter('many');
  await chat.shows('count (integer, or nothing): ');
  chat.enter('');
  await chat.shows('gift (y/n, or nothing): ');
  chat.enter('y');
  await chat.shows('[not sent: content: size must be equal to one of the allowed values]');
  await chat.shows('Size (S, M): ');
  chat.enter('M');
  await chat.shows('count (integer, or nothing): ');
  chat.enter('2');
  await chat.shows('gift (y/n, or nothing): ');
  chat.enter('n');
  await replyAfterTool(held, 'Two of M.');
  await chat.shows('Two of M.\n> ');
  expect(JSON.parse(String(getToolResult(gateway)))).toEqual({
    action: 'accept',
    content: { size: 'M', count: 2, gift: false },
  });
});

it('the terminal chat dismisses a half-filled form', async () => {
  await using gateway = await startTestGateway({ profiles: { default: elicitingProfile } });
  await using chat = await startChat(gateway);
  const held = await callTool(gateway, chat, elicit('What is it to be?'));
  await chat.shows('Size (S, M): ');
  chat.enter('S');
  await chat.shows('count (integer, or nothing): ');
  chat.enter('/cancel');
  await replyAfterTool(held, 'Nothing, then.');
  await chat.shows('Nothing, then.\n> ');
  expect(JSON.parse(String(getToolResult(gateway)))).toEqual({ action: 'cancel' });
});

it('the terminal chat states that another client must run client tools', async () => {
  await using gateway = await startTestGateway({ profiles: { default: trustingProfile } });
  const other = gateway.connect('HTTP');
  const sessionId = await createTestSession(gateway, other, { clientTools: [lookup] });
  await using chat = await startChat(gateway, sessionId);
  const held = await callTool(gateway, chat, lookupCall);
  await chat.shows('[tool call] lookup: another client has to run it, this one cannot\n');
  const [request] = (await fetchWaitingSession(other, sessionId)).pendingRequests;
  await submitResult(other, request!, { result: 'a door' });
  await chat.shows('[another client was first: answered]');
  await replyAfterTool(held, 'A door.');
  await chat.shows('A door.\n> ');
});

it('a line typed while a turn runs steers that turn', async () => {
  await using gateway = await startTestGateway();
  const sessionId = gateway.createSessionId();
  await using chat = await startChat(gateway, sessionId);
  const [held, steering] = [gateway.model.hold(), gateway.model.hold()];
  chat.enter(held.prompt);
  const call = await held.nextCall();
  call.write('So far');
  await chat.shows('So far');
  chat.enter(steering.prompt);
  await chat.shows(`\n> ${steering.prompt}`);
  writeAnswer(call, ', so good.');
  writeAnswer(await steering.nextCall(), 'As you say.');
  await chat.shows('As you say.\n> ');
  const { messages } = await fetchSession(gateway.connect('HTTP'), sessionId);
  expect(new Set(messages.nodes.map(({ turnId }) => turnId)).size).toBe(1);
});

it.each([
  ['/stop', `/stop${keys.enter}`],
  ['Esc', keys.escape],
])('%s stops the turn, and the next line starts a new turn', async (_name, typed) => {
  await using gateway = await startTestGateway();
  await using chat = await startChat(gateway);
  const held = gateway.model.hold();
  chat.enter(held.prompt);
  (await held.nextCall()).write('I will never');
  await chat.shows('I will never');
  chat.type(typed);
  await chat.shows('[stopped]\n> ');
  chat.enter(prompts.short);
  await chat.shows(`${answers.short}\n> `);
});

it('Ctrl-C leaves during an answer, and the next start shows the whole answer', async () => {
  await using gateway = await startTestGateway();
  const sessionId = gateway.createSessionId();
  await using chat = await startChat(gateway, sessionId);
  const held = gateway.model.hold();
  chat.enter(held.prompt);
  const call = await held.nextCall();
  call.write('The first words, ');
  await chat.shows('The first words, ');
  chat.type(keys.ctrlC);
  await chat.shows('The turn goes on in the gateway. To come back: npm run example:terminal --');
  expect(await chat.exit).toBe(0);

  call.write('the words in between, ');
  await using again = startClient(gateway, sessionId);
  const before = await again.shows('The first words, the words in between, ');
  expect(before).toContain(`> ${held.prompt}\n`);
  call.write('and the last ones.');
  call.finish();
  expect(await again.shows('\n> ')).toBe('and the last ones.\n> ');
  const [whole] = await listReplies(gateway.connect('HTTP'), sessionId);
  expect(again.text).toContain(`\n${whole}\n> `);

  again.type(keys.ctrlC);
  expect(await again.exit).toBe(0);
  await using later = startClient(gateway, sessionId);
  expect(await later.shows('\n> ')).toContain(sessionId);
  await later.shows(`${held.prompt}\n${whole}\n> `);
});

it('the terminal chat asks for a pending permission after a restart of the client', async () => {
  await using gateway = await startTestGateway();
  const sessionId = gateway.createSessionId();
  await using chat = await startChat(gateway, sessionId);
  const held = await callTool(gateway, chat);
  await chat.shows(permission);
  chat.type(keys.ctrlC);
  expect(await chat.exit).toBe(0);
  await using again = startClient(gateway, sessionId);
  await again.shows(permission);
  again.enter('y');
  await again.shows('succeeded');
  await replyAfterTool(held, 'I made it.');
  await again.shows('I made it.\n> ');
});

it('the terminal chat continues after the gateway was unavailable', async () => {
  await using gateway = await startTestGateway();
  await using chat = await startChat(gateway);
  chat.enter(prompts.short);
  await chat.shows(`${answers.short}\n> `);
  await gateway.stop();
  await chat.shows('[connection lost; trying again]\n');
  await gateway.start();
  await chat.shows('[connected again]\n');
  chat.enter(prompts.story);
  await chat.shows(`${answers.story}\n> `);
});

it('the terminal chat reports a missing gateway in one line', async () => {
  await using chat = new Terminal(
    `${process.execPath} --import=tsx examples/terminal/main.ts --url ws://127.0.0.1:9/graphql`,
  );
  expect(await chat.exit).toBe(1);
  expect(chat.text).toMatch(/^\[ws:\/\/127\.0\.0\.1:9\/graphql: .*\]\n$/);
});
