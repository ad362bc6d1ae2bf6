import { join } from 'node:path';

import { pino } from 'pino';

import { startGateway } from '../src/compose.ts';
import { type Config, ConfigError, loadConfig } from '../src/config/config.ts';
import { startScriptedModel } from './scripted-model.ts';

const model = await startScriptedModel();
const config = readConfig();
const gateway = await startGateway(config, pino({ level: config.logLevel, base: null })).catch(
  fail,
);
process.stdout.write(banner(gateway.url));

let stopping = false;
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop());

async function stop(): Promise<void> {
  // Asked twice, it must not take its time.
  if (stopping) process.exit(1);
  stopping = true;
  await gateway.close();
  await model.stop();
  process.exit(0);
}

function readConfig(): Config {
  try {
    return loadConfig({
      LOG_LEVEL: 'warn',
      ...process.env,
      DATA_DIR: join(process.env['DATA_DIR'] ?? '.copilot-gateway', 'demo'),
      PROVIDER_TYPE: 'openai',
      PROVIDER_BASE_URL: model.baseUrl,
      PROVIDER_API_KEY: 'none',
      MODEL: model.name,
    });
  } catch (error) {
    return fail(error);
  }
}

function fail(error: unknown): never {
  const inUse = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
  const problem = error instanceof ConfigError ? error.message : String(error);
  process.stderr.write(
    `${inUse ? 'PORT: this port is in use; set PORT to another one' : problem}\n`,
  );
  process.exit(1);
}

function banner(url: string): string {
  return `
  The GraphQL gateway for GitHub Copilot, as a demo: the runtime is real, the model is not.
  Its answers are SCRIPTED; no account and no network is used.

  GraphiQL   ${url}
             its tabs do the main job in order: create, subscribe, send, list, status

  curl       the same in a terminal; the answer comes when the turn has finished, after about 8 s

curl -s ${url} -H 'content-type: application/json' -d '{"query":"mutation { createSession(input: {sessionId: \\"from-curl\\", ifExists: RESUME}) { session { id } } sendMessage(input: {sessionId: \\"from-curl\\", prompt: \\"Tell me a story\\"}) { finishedTurn { state reply { content } } } }"}'

  Ctrl-C ends it.

`;
}
