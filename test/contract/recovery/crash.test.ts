import { expect, it } from 'vitest';

import { waitUntil } from '../../support/assertions/until.ts';
import { RawSocket } from '../../support/clients/raw-socket.ts';
import { connect } from '../../support/clients/transports.ts';
import { isRunning, startGatewayProcess } from '../../support/gateway/gateway-process.ts';
import { ScriptedModel } from '../../support/models/scripted-model.ts';
import { messageDelta } from '../../support/operations/events.ts';
import { createTestSession } from '../../support/operations/sessions.ts';

const planted = 'planted-in-a-fault-4711';
const key = 'sk-planted-provider-key-4712';

/** Runs in the gateway's process: what fails by itself, with a text that nobody knows. */
const faults = {
  'an exception': `setTimeout(function tick() {
    throw Object.assign(new TypeError('${planted}\\n    at ${planted} (/srv/${planted}:1:1)'), { code: 'ERR_X' });
  })`,
  'a rejection': `Promise.reject(new Error('Bearer ${planted}', { cause: '${planted}' }))`,
  'a rejection with a text': `Promise.reject('${planted}')`,
};

function preload(fault: string): string {
  const code = `process.once('SIGUSR2', () => { ${fault} });`;
  return `--import=data:text/javascript,${encodeURIComponent(code)}`;
}

it.each(Object.entries(faults))(
  'an unexpected %s shuts the gateway down with one log line that does not contain its text',
  async (_name, fault) => {
    await using model = await ScriptedModel.start();
    const env = {
      PROVIDER_BASE_URL: model.baseUrl,
      PROVIDER_API_KEY: key,
      MODEL: model.name,
      LOG_LEVEL: 'trace',
    };
    await using gateway = await startGatewayProcess({ ...env, NODE_OPTIONS: preload(fault) });
    const url = await gateway.url;
    const client = connect('HTTP', { url, openSubscriptions: () => 0 });
    const sessionId = await createTestSession({ createSessionId: () => 'crashing' }, client);
    const held = model.hold();
    const sent = `mutation ($id: ID!, $prompt: String!) {
      sendMessage(input: { sessionId: $id, prompt: $prompt }) { turn { id } }
    }`;
    await client.run(sent, { id: sessionId, prompt: held.prompt });
    await held.nextCall();
    await using socket = await RawSocket.open(url);
    socket.send({ type: 'connection_init' });
    await socket.frames.next();
    const payload = { query: messageDelta, variables: { sessionId } };
    socket.send({ id: '1', type: 'subscribe', payload });
    const [runtime] = await gateway.runtimes();

    gateway.process.kill('SIGUSR2');
    expect(await gateway.exit).toBe(1);
    expect(await socket.closed).toBe(1012);
    await waitUntil(() => !isRunning(runtime!), { what: () => 'the runtime to end' });
    const output = gateway.output();
    for (const secret of [planted, key, held.prompt, gateway.dataDir, process.cwd()]) {
      expect(output).not.toContain(secret);
    }
    const lines = output
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { level: number; fault?: unknown; msg: string });
    const [line, ...more] = lines.filter(({ level }) => level >= 60);
    expect(more).toEqual([]);
    expect(line).toMatchObject({ msg: 'shutting down after an unexpected error' });
    if (!fault.includes('TypeError')) return;
    expect(line?.fault).toMatchObject({ name: 'TypeError', code: 'ERR_X' });
    await using again = await startGatewayProcess({ ...env, DATA_DIR: gateway.dataDir });
    const after = connect('HTTP', { url: await again.url, openSubscriptions: () => 0 });
    expect(await after.run('{ session(id: "crashing") { id } }')).toEqual({
      session: { id: 'crashing' },
    });
  },
  40_000,
);
