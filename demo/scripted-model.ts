import { LLMock } from '@copilotkit/aimock';

export interface ScriptedModel {
  /** OpenAI-compatible. */
  readonly baseUrl: string;
  readonly name: string;
  stop(): Promise<void>;
}

const story =
  'A gateway stood between two cities. Every word that came from the one was written down before it was ' +
  'called out to the other, so that a traveller who had stepped away for a moment could ask: what did I miss? ' +
  'And the keeper read on from the very letter at which the traveller had left. Nobody in that country ever ' +
  'heard half a sentence, and nobody heard one twice. One night the bridge fell. The keeper lit a lamp, waited ' +
  'until it was built again, and went on reading.';

const afterTool =
  'I asked whether I may run a shell command to look around, and waited. Somebody has answered, and so I can go on ' +
  'and tell you how the story ends.';

/** A model that needs no account and no network: it streams fixed answers, slowly enough to be watched. */
export async function startScriptedModel(): Promise<ScriptedModel> {
  const mock = new LLMock({ port: 0, host: '127.0.0.1', logLevel: 'silent' });
  const pace = { streamingProfile: { ttft: 200, tps: 5 }, chunkSize: 12 };
  mock.on(
    { userMessage: /shell|file|folder|director/i, hasToolResult: true },
    { content: afterTool },
    pace,
  );
  mock.onMessage(/shell|file|folder|director/i, {
    toolCalls: [
      {
        name: 'bash',
        arguments: JSON.stringify({ command: 'ls > listing.txt', description: 'List the files' }),
      },
    ],
  });
  mock.onMessage(/[^]*/, { content: story }, pace);
  const url = await mock.start();
  return { baseUrl: `${url}/v1`, name: 'scripted', stop: () => mock.stop() };
}
