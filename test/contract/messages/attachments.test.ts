import { describe, expect, it } from 'vitest';

import { graphql } from '../../generated/operations/gql.ts';
import { type Client, streamingTransports, transports } from '../../support/clients/transports.ts';
import { startTestGateway } from '../../support/gateway/gateway.ts';
import { answers, prompts } from '../../support/models/scripted-model.ts';
import { createTestSession } from '../../support/operations/sessions.ts';
import { ask, fetchTurn, sendMessage } from '../../support/operations/turns.ts';

const readAttachments = graphql(`
  query ReadAttachments($id: ID!) {
    session(id: $id) {
      messages {
        nodes {
          ... on UserMessage {
            content
            attachments {
              name
              mimeType
              byteLength
            }
          }
        }
      }
    }
  }
`);

const userMessages = graphql(`
  subscription UserMessageAttachments($sessionId: ID!) {
    sessionEvents(sessionId: $sessionId, types: [USER_MESSAGE_ADDED]) {
      ... on UserMessageAdded {
        userMessage {
          attachments {
            name
            mimeType
            byteLength
          }
        }
      }
    }
  }
`);

const png =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const image = { name: 'dot.png', mimeType: 'image/png', data: png };
const note = { name: 'note.txt', mimeType: 'text/plain', data: base64('Über den Fluss') };
const told = [
  { name: 'dot.png', mimeType: 'image/png', byteLength: Buffer.from(png, 'base64').length },
  { name: 'note.txt', mimeType: 'text/plain', byteLength: 15 },
];

async function readAttachmentsOf(client: Client, id: string) {
  const { session } = await client.run(readAttachments, { id });
  return session.messages.nodes
    .map(({ attachments }) => attachments)
    .filter((attachments) => attachments !== undefined);
}

describe.each(transports)('attachments over %s', (transport) => {
  it('reach the model and are listed in the history, also after a restart', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client);
    const input = { sessionId, prompt: prompts.short, attachments: [image, note] };
    const sent = { ...input, clientMessageId: 'mine' };
    const { turn } = (await client.run(sendMessage, { input: sent })).sendMessage;
    expect((await client.run(sendMessage, { input: sent })).sendMessage.turn.id).toBe(turn.id);
    await ask(client, sessionId, prompts.story);
    expect(await fetchTurn(client, sessionId, turn.id)).toMatchObject({
      ...{ state: 'COMPLETED', reply: { content: answers.short } },
    });
    const heard = JSON.stringify(gateway.model.requests);
    expect(heard).toContain(`data:image/png;base64,${png}`);
    expect(heard).toContain('Über den Fluss');
    expect(await readAttachmentsOf(client, sessionId)).toEqual([told, []]);
    await gateway.restart();
    expect(await readAttachmentsOf(gateway.connect(transport), sessionId)).toEqual([told, []]);
  });

  it('are sent with each kind of delivery', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client);
    const held = gateway.model.hold();
    await client.run(sendMessage, { input: { sessionId, prompt: held.prompt } });
    const call = await held.nextCall();
    const input = { sessionId, prompt: prompts.short, attachments: [note] };
    await client.run(sendMessage, { input: { ...input, delivery: 'IMMEDIATE' } });
    call.finish();
    await ask(client, sessionId, prompts.story);
    const again = gateway.model.hold();
    await client.run(sendMessage, { input: { sessionId, prompt: again.prompt } });
    await again.nextCall();
    await client.run(sendMessage, { input: { ...input, delivery: 'INTERRUPT' } });
    await ask(client, sessionId, prompts.story);
    const some = (await readAttachmentsOf(client, sessionId)).filter(({ length }) => length > 0);
    expect(some).toEqual([[told[1]], [told[1]]]);
  });

  it.each([
    ['data that is no base64', { data: 'not base64!' }, 'attachments[1].data'],
    ['data without padding', { data: base64('a').replaceAll('=', '') }, 'attachments[1].data'],
    ['no data', { data: '' }, 'attachments[1].data'],
    ['data of another type', { mimeType: 'image/png' }, 'attachments[1].data'],
    ['bytes that are no text', { data: png }, 'attachments[1].data'],
    ['a type that no model takes', { mimeType: 'application/zip' }, 'attachments[1].mimeType'],
    ['a path for a name', { name: '/etc/passwd' }, 'attachments[1].name'],
    ['no name', { name: '' }, 'attachments[1].name'],
  ])('with %s are refused by name, and nothing is sent', async (_what, wrong, field) => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client);
    const attachments = [image, { ...note, ...wrong }];
    const input = { sessionId, prompt: prompts.short, attachments };
    expect((await client.execute(sendMessage, { input })).errors).toMatchObject([
      {
        message: expect.stringContaining(`${field}:`) as string,
        path: ['sendMessage'],
        extensions: { code: 'BAD_USER_INPUT', retryable: false },
      },
    ]);
    expect(await readAttachmentsOf(client, sessionId)).toEqual([]);
  });

  it('are rejected when their total size exceeds the limit', async () => {
    await using gateway = await startTestGateway({ env: { LIMIT_ATTACHMENT_BYTES: '29' } });
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client);
    const refused = { sessionId, prompt: prompts.short, attachments: [note, note] };
    expect((await client.execute(sendMessage, { input: refused })).errors).toMatchObject([
      { path: ['sendMessage'], extensions: { code: 'LIMIT_EXCEEDED', retryable: false } },
    ]);
    const taken = { ...refused, attachments: [note] };
    expect((await client.execute(sendMessage, { input: taken })).errors).toBeUndefined();
  });

  it('of eight megabytes are accepted, over a WebSocket when its message limit allows', async () => {
    await using gateway = await startTestGateway({
      env: { LIMIT_SOCKET_MESSAGE_BYTES: '12582912' },
    });
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client);
    const bytes = Buffer.concat([Buffer.from(png, 'base64'), Buffer.alloc(8_000_000)]);
    const attachments = [{ ...image, data: bytes.toString('base64') }];
    const input = { sessionId, prompt: prompts.short, attachments };
    expect((await client.execute(sendMessage, { input })).errors).toBeUndefined();
  });
});

describe.each(streamingTransports)('attachments on the timeline, over %s', (transport) => {
  it('are listed without their content', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client);
    await using events = await client.subscribe(userMessages, { sessionId });
    const input = { sessionId, prompt: prompts.short, attachments: [image, note] };
    await client.run(sendMessage, { input });
    expect((await events.next()).sessionEvents.userMessage?.attachments).toEqual(told);
  });
});
