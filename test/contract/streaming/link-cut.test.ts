import { describe, expect, it } from 'vitest';

import { waitUntil } from '../../support/assertions/until.ts';
import { holds, holdsComplete, mergeUntil } from '../../support/clients/merged-until.ts';
import { streamingTransports } from '../../support/clients/transports.ts';
import { startTestGateway } from '../../support/gateway/gateway.ts';
import { messageDelta, sessionEvents } from '../../support/operations/events.ts';
import { createTestSession, fetchSession, listReplies } from '../../support/operations/sessions.ts';
import { readStatus } from '../../support/operations/status.ts';
import { fetchTurn, send } from '../../support/operations/turns.ts';
import {
  provideShareableRuntime,
  startOtherClient,
} from '../../support/runtimes/external-runtime.ts';
import { TcpProxy } from '../../support/services/tcp-proxy.ts';

describe.each(streamingTransports)('a dropped connection to the runtime, over %s', (transport) => {
  it.each(['while the link is down', 'after the link is back'])(
    'does not end a turn that the runtime continues and finishes %s',
    async (when) => {
      await using runtime = await provideShareableRuntime();
      await using link = await TcpProxy.start(Number(runtime.url.split(':')[1]));
      await using gateway = await startTestGateway({
        env: { ...runtime.env, CLI_URL: `127.0.0.1:${link.port}` },
      });
      const client = gateway.connect(transport);
      const sessionId = await createTestSession(gateway, client);
      const { cursor: after } = await fetchSession(client, sessionId);
      await using deltas = await client.subscribe(messageDelta, { sessionId, after });
      await using events = await client.subscribe(sessionEvents, { sessionId, after });
      const held = gateway.model.hold();
      const { turn } = await send(client, sessionId, held.prompt);
      const call = await held.nextCall();
      call.write('Before. ');
      await mergeUntil(deltas, holds('Before. '));
      // Without somebody else the runtime would stop what its last client has left.
      await using other = await startOtherClient(runtime);
      const theirs = await other.resumeSession(sessionId, { onPermissionRequest: approveNothing });
      const finished = new Promise<void>((resolve) => {
        theirs.on('assistant.message', () => {
          resolve();
        });
      });

      link.stall();
      link.cut();
      await events.next(({ sessionEvents: event }) => event.runtimeState === 'LOST');
      call.write('Meanwhile. ');
      if (when === 'while the link is down') {
        call.finish();
        await finished;
      }
      link.resume();
      await events.next(({ sessionEvents: event }) => event.runtimeState === 'CONNECTED');
      if (when === 'after the link is back') {
        call.write('After.');
        call.finish();
      }

      const whole = `Before. Meanwhile. ${when === 'after the link is back' ? 'After.' : ''}`;
      await mergeUntil(deltas, holdsComplete(whole));
      await events.next(({ sessionEvents: event }) => event.turn?.state === 'COMPLETED');
      expect(await fetchTurn(client, sessionId, turn.id)).toMatchObject({
        state: 'COMPLETED',
        error: null,
        reply: { content: whole },
      });
      expect(await listReplies(client, sessionId)).toEqual([whole]);
      await waitUntil(async () => (await client.run(readStatus)).status.healthy, {
        what: () => 'the link to be well again',
      });
    },
  );
});

const approveNothing = (): { readonly kind: 'reject' } => ({ kind: 'reject' });
