import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, inject, it } from 'vitest';

import type { SessionId } from '../../../src/events/ids.ts';
import { catchErrorCode } from '../../support/assertions/failures.ts';
import { transports, uncheckVariables } from '../../support/clients/transports.ts';
import { startTestGateway } from '../../support/gateway/gateway.ts';
import {
  abortInRuntime,
  answerQuestion,
  decide,
  fetchWaitingSession,
  getToolResult,
  measureTimeout,
  replyAfterTool,
  requestEvents,
  respondToPermission,
  sendToolPrompt,
  shell,
  waitForRequest,
  waitForResolution,
  waitForTurn,
} from '../../support/operations/requests.ts';
import { createTestSession } from '../../support/operations/sessions.ts';
import { fetchTurn } from '../../support/operations/turns.ts';

describe.each(transports)('a permission request, over %s', (transport) => {
  it('is announced, stays pending, and can be approved', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client);
    await using events = await gateway.connect('WebSocket').subscribe(requestEvents, { sessionId });
    const { held, turnId } = await sendToolPrompt(gateway, { client, sessionId }, shell);

    const request = await waitForRequest(events);
    expect(request).toMatchObject({
      __typename: 'PermissionRequest',
      id: expect.stringMatching(/^request:.+/) as string,
      sessionId,
      turnId,
      toolCallId: expect.stringMatching(/^tool:.+:call-held$/) as string,
      kind: 'SHELL',
      summary: 'Make a file',
      command: 'touch made-by-agent',
      canApproveForSession: false,
    });
    expect(measureTimeout(request)).toBe(600_000);
    await waitForTurn(events, 'WAITING_FOR_INPUT');
    expect(await fetchWaitingSession(client, sessionId)).toEqual({
      state: 'WAITING_FOR_INPUT',
      currentTurn: { id: turnId, state: 'WAITING_FOR_INPUT' },
      pendingRequests: [request],
    });

    expect(await decide(client, request, 'APPROVE_ONCE')).toMatchObject({
      outcome: 'ACCEPTED',
      session: { state: 'RUNNING', pendingRequests: [] },
    });
    expect(await waitForResolution(events)).toMatchObject({
      requestId: request.id,
      turnId,
      resolution: 'APPROVED',
      feedback: null,
    });
    await waitForTurn(events, 'RUNNING');
    await replyAfterTool(held, 'I made it.');
    expect(await waitForTurn(events, 'COMPLETED')).toMatchObject({
      reply: { content: 'I made it.' },
    });
    // An external runtime works in a folder of its own.
    if (inject('runtime').kind === 'bundled') {
      const made = await readdir(join(gateway.dataDir, 'workspaces'), { recursive: true });
      expect(made).toContainEqual(expect.stringMatching(/made-by-agent$/));
    }
  });

  it('can be rejected with feedback to the agent', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client);
    await using events = await gateway.connect('WebSocket').subscribe(requestEvents, { sessionId });
    const { held } = await sendToolPrompt(gateway, { client, sessionId }, shell);
    const request = await waitForRequest(events);

    expect(await decide(client, request, 'REJECT', 'Not on a Sunday.')).toMatchObject({
      outcome: 'ACCEPTED',
    });
    expect(await waitForResolution(events)).toMatchObject({
      resolution: 'REJECTED',
      feedback: 'Not on a Sunday.',
    });
    await events.next(({ sessionEvents: { toolCall } }) => toolCall?.state === 'DENIED');
    await replyAfterTool(held, 'Then not.');
    await waitForTurn(events, 'COMPLETED');
    expect(getToolResult(gateway)).toMatch(/Not on a Sunday/);
  });
});

describe('a permission request', () => {
  const transport = 'HTTP';

  it('can be rejected without feedback, which ends the turn', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client);
    await using events = await gateway.connect('WebSocket').subscribe(requestEvents, { sessionId });
    await sendToolPrompt(gateway, { client, sessionId }, shell);
    const request = await waitForRequest(events);
    expect(await decide(client, request, 'REJECT')).toMatchObject({ outcome: 'ACCEPTED' });
    expect(await waitForResolution(events)).toMatchObject({
      resolution: 'REJECTED',
      feedback: null,
    });
    expect(await waitForTurn(events, 'COMPLETED', 'ABORTED', 'FAILED')).toMatchObject({
      state: 'COMPLETED',
    });
    expect(gateway.model.requests).toHaveLength(1);
  });

  it('accepts the first valid response and reports later ones as already resolved', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(transport);
    const other = gateway.connect('HTTP');
    const sessionId = await createTestSession(gateway, client);
    await using events = await gateway.connect('WebSocket').subscribe(requestEvents, { sessionId });
    const { held } = await sendToolPrompt(gateway, { client, sessionId }, shell);
    const request = await waitForRequest(events);

    const outcomes = await Promise.all([
      decide(client, request, 'REJECT', 'No.'),
      decide(other, request, 'REJECT', 'No.'),
      decide(other, request, 'APPROVE_ONCE'),
    ]);
    const isApproved = outcomes[2].outcome === 'ACCEPTED';
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual([
      'ACCEPTED',
      'ALREADY_RESOLVED',
      'ALREADY_RESOLVED',
    ]);
    expect(await waitForResolution(events)).toMatchObject({
      resolution: isApproved ? 'APPROVED' : 'REJECTED',
    });
    expect(await decide(client, request, 'APPROVE_ONCE')).toMatchObject({
      outcome: 'ALREADY_RESOLVED',
    });
    await replyAfterTool(held, 'Done.');
    await waitForTurn(events, 'COMPLETED');
    const resolved = events.collected.filter(({ sessionEvents: { resolution } }) => resolution);
    expect(resolved).toHaveLength(1);
  });

  it('stays pending after invalid responses', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client);
    const elsewhere = await createTestSession(gateway, client);
    await using events = await gateway.connect('WebSocket').subscribe(requestEvents, { sessionId });
    const { held } = await sendToolPrompt(gateway, { client, sessionId }, shell);
    const request = await waitForRequest(events);

    const excess = { sessionId, requestId: request.id, decision: 'APPROVE_EVERYTHING' };
    const unknown = client.run(uncheckVariables(respondToPermission), { input: excess });
    expect(await catchErrorCode(unknown)).toBe('BAD_USER_INPUT');
    expect(await catchErrorCode(decide(client, request, 'APPROVE_FOR_SESSION'))).toBe(
      'BAD_USER_INPUT',
    );
    expect(await catchErrorCode(decide(client, request, 'APPROVE_ONCE', 'but slowly'))).toBe(
      'BAD_USER_INPUT',
    );
    expect(await catchErrorCode(decide(client, request, 'REJECT', 'x'.repeat(40_000)))).toBe(
      'BAD_USER_INPUT',
    );
    expect(await catchErrorCode(answerQuestion(client, request, 'yes'))).toBe('BAD_USER_INPUT');
    for (const unknown of [
      { ...request, id: 'request:nobody' },
      { ...request, id: request.id.replace('request:', '') },
      { ...request, sessionId: elsewhere },
    ]) {
      expect(await catchErrorCode(decide(client, unknown, 'REJECT'))).toBe('REQUEST_NOT_FOUND');
    }
    expect(
      await catchErrorCode(decide(client, { ...request, sessionId: 'nowhere' }, 'REJECT')),
    ).toBe('SESSION_NOT_FOUND');
    expect((await fetchWaitingSession(client, sessionId)).pendingRequests).toEqual([request]);

    await decide(client, request, 'REJECT', 'No.');
    await replyAfterTool(held, 'Done.');
    await waitForTurn(events, 'COMPLETED');
  });

  it('is not repeated after an approval for the session', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client);
    await using events = await gateway.connect('WebSocket').subscribe(requestEvents, { sessionId });
    const write = (name: string) => ({
      name: 'create',
      args: { path: join(gateway.dataDir, name), file_text: 'a' },
    });
    const first = await sendToolPrompt(gateway, { client, sessionId }, write('one'));
    const request = await waitForRequest(events);
    expect(request).toMatchObject({
      kind: 'WRITE',
      paths: [join(gateway.dataDir, 'one')],
      diff: expect.stringContaining('+a') as string,
      canApproveForSession: true,
    });
    expect(await decide(client, request, 'APPROVE_FOR_SESSION')).toMatchObject({
      outcome: 'ACCEPTED',
    });
    expect(await waitForResolution(events)).toMatchObject({ resolution: 'APPROVED_FOR_SESSION' });
    await replyAfterTool(first.held, 'One.');
    await waitForTurn(events, 'COMPLETED');

    const second = await sendToolPrompt(gateway, { client, sessionId }, write('two'));
    await replyAfterTool(second.held, 'Two.');
    await waitForTurn(events, 'COMPLETED');
    expect(existsSync(join(gateway.dataDir, 'two'))).toBe(true);
    const asked = events.collected.filter(({ sessionEvents }) => sessionEvents.request);
    expect(asked).toHaveLength(1);
  });

  it('is cancelled with the turn', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client);
    await using events = await gateway.connect('WebSocket').subscribe(requestEvents, { sessionId });
    const { turnId } = await sendToolPrompt(gateway, { client, sessionId }, shell);
    const request = await waitForRequest(events);
    await abortInRuntime(gateway, sessionId);
    expect(await waitForResolution(events)).toMatchObject({ resolution: 'CANCELLED' });
    await waitForTurn(events, 'ABORTED');
    expect(await decide(client, request, 'APPROVE_ONCE')).toMatchObject({
      outcome: 'ALREADY_RESOLVED',
    });
    expect(await fetchTurn(client, sessionId, turnId)).toMatchObject({ state: 'ABORTED' });
  });

  it('is cancelled when the session is deleted', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client);
    await using events = await gateway.connect('WebSocket').subscribe(requestEvents, { sessionId });
    await sendToolPrompt(gateway, { client, sessionId }, shell);
    const request = await waitForRequest(events);
    const { sessions } = gateway.services;
    await sessions.delete(await sessions.requireRecord(sessionId as SessionId));
    expect(await waitForResolution(events)).toMatchObject({ resolution: 'CANCELLED' });
    await events.next(({ sessionEvents: { __typename } }) => __typename === 'SessionDeleted');
    expect(await catchErrorCode(decide(client, request, 'REJECT'))).toBe('SESSION_NOT_FOUND');
  });

  it('stays pending when the client that caused it disconnects', async () => {
    await using gateway = await startTestGateway();
    const sender = gateway.connect('WebSocket');
    const sessionId = await createTestSession(gateway, sender);
    const events = await sender.subscribe(requestEvents, { sessionId });
    const { held, turnId } = await sendToolPrompt(gateway, { client: sender, sessionId }, shell);
    const request = await waitForRequest(events);
    events.return();
    await sender[Symbol.asyncDispose]();

    const client = gateway.connect(transport);
    expect((await fetchWaitingSession(client, sessionId)).pendingRequests).toEqual([request]);
    expect(await decide(client, request, 'REJECT', 'No.')).toMatchObject({ outcome: 'ACCEPTED' });
    await using later = await gateway.connect('WebSocket').subscribe(requestEvents, { sessionId });
    await replyAfterTool(held, 'Done.');
    await waitForTurn(later, 'COMPLETED');
    expect(await fetchTurn(client, sessionId, turnId)).toMatchObject({ state: 'COMPLETED' });
  });
});
