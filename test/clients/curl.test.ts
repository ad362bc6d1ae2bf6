import { execFile } from 'node:child_process';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import { startTestGateway } from '../support/gateway/gateway.ts';
import { answers, prompts } from '../support/models/scripted-model.ts';
import type { HistoryMessage } from './cut-story.ts';
import { LiveTexts, type Patch } from './set-up/live-texts.ts';

const setUp = join(import.meta.dirname, 'set-up/curl.sh');

interface Run {
  readonly exitCode: number | null;
  readonly stdout: string;
}

/** The real curl, by a function of its set-up. */
function run(gateway: string, session: string, ...call: string[]): Promise<Run> {
  return new Promise((resolve) => {
    const child = execFile(
      'bash',
      ['-c', '. "$0"; "$@"', setUp, ...call],
      { env: { PATH: process.env['PATH'], GATEWAY: gateway, SESSION: session }, timeout: 30_000 },
      (_error, stdout) => resolve({ exitCode: child.exitCode, stdout }),
    );
  });
}

const TIMED_OUT = 28;

function eventsOf({ exitCode, stdout }: Run): { lastId: string; patches: Patch[] } {
  expect(exitCode).toBe(TIMED_OUT);
  const values = [...stdout.matchAll(/^data: (\{.*)$/gm)].map(
    ([, json]) => JSON.parse(json!) as { data: { messageDelta: Patch } },
  );
  const lastId = [...stdout.matchAll(/^id: (.*)$/gm)].at(-1)![1]!;
  return { lastId, patches: values.map(({ data }) => data.messageDelta) };
}

it('curl resumes with the id of the last event', async () => {
  await using gateway = await startTestGateway();
  const { url } = gateway;
  const session = gateway.createSessionId();
  const created = JSON.parse((await run(url, session, 'create_session')).stdout) as {
    data: { createSession: { session: { cursor: string } } };
  };
  await run(url, session, 'ask', prompts.short);
  const held = gateway.model.hold();
  const answered = run(url, session, 'ask', held.prompt);
  const call = await held.nextCall();
  call.write('Cut ');
  const start = created.data.createSession.session.cursor;
  const before = eventsOf(await run(url, session, 'watch', '3', start));
  expect(before.patches.map(({ text }) => text)).toEqual([answers.short, 'Cut ']);

  call.write('in the middle.');
  call.finish();
  expect((await answered).stdout).toContain('"content":"Cut in the middle."');
  const after = eventsOf(await run(url, session, 'watch', '3', before.lastId));
  const texts = new LiveTexts();
  for (const patch of [...before.patches, ...after.patches]) texts.apply(patch);
  const history = JSON.parse((await run(url, session, 'read_history')).stdout) as {
    data: { session: { messages: { nodes: HistoryMessage[] } } };
  };
  const replies = history.data.session.messages.nodes.filter(
    ({ __typename }) => __typename === 'AssistantMessage',
  );
  expect(replies.map(({ content }) => content)).toEqual([answers.short, 'Cut in the middle.']);
  expect(replies.map(({ id }) => texts.get(id))).toEqual(replies.map(({ content }) => content));
  expect(after.patches.map(({ text }) => text)).not.toContain(answers.short);
}, 60_000);
