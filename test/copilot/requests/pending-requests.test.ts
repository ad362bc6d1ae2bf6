import { describe, expect, it } from 'vitest';

import { createChangeRoutes, routeChanges } from '../../../src/copilot/link/change-routes.ts';
import type { PermissionPolicy } from '../../../src/copilot/profiles/profiles.ts';
import { Timeline } from '../../../src/copilot/projections/timeline.ts';
import { Turns } from '../../../src/copilot/projections/turns.ts';
import { PendingRequests } from '../../../src/copilot/requests/pending-requests.ts';
import { translateEvent } from '../../../src/copilot/translate/translate-event.ts';
import type { PendingRequest } from '../../../src/events/pending-request.ts';
import { SessionLog } from '../../../src/events/session-log.ts';

type RuntimeEvent = Parameters<typeof translateEvent>[0];

function createRequests(permissionPolicy: PermissionPolicy) {
  const log = new SessionLog('s', {
    maxAgeMs: 60_000,
    maxBytes: 1_000_000,
    maxTextLength: 1_000_000,
    rewinds: 0,
    catchUp: () => Promise.resolve(undefined),
  });
  const order: string[] = [];
  const turns = new Turns('s', ({ state }) => order.push(state));
  const timeline = new Timeline(log, turns);
  const rules = { permissionPolicy, requestTimeoutMs: 1_000, clientTools: new Set(['lookup']) };
  const requests = new PendingRequests({ log, turns, timeline, rules });
  const routes = createChangeRoutes({ timeline, requests });
  const decided: unknown[] = [];
  const created: PendingRequest[] = [];
  requests.events.on('created', (request) => created.push(request));
  requests.events.on('decided', (_request, answer) => decided.push(answer));
  requests.events.on('resolved', (_request, resolution) => order.push(resolution));
  const apply = (type: string, data: object): void => {
    const event = { id: type, timestamp: new Date().toISOString(), type, data };
    routeChanges(translateEvent(event as unknown as RuntimeEvent)!, routes);
  };
  return { apply, requests, turns, decided, created, order, listSteps: () => [...log.listSteps()] };
}

const toolPermission = {
  requestId: 'r1',
  permissionRequest: { kind: 'custom-tool', toolName: 't', toolDescription: 'T', args: {} },
};

describe('a permission under a policy', () => {
  it('is approved without a request to clients when its kind is allowed', () => {
    const { apply, decided, created, listSteps } = createRequests({
      mode: 'reject',
      allow: ['CUSTOM_TOOL'],
    });
    apply('permission.requested', toolPermission);
    apply('permission.completed', { requestId: 'r1', result: { kind: 'approved' } });
    expect(created).toEqual([]);
    expect(decided).toEqual([{ kind: 'approve-once' }]);
    expect(listSteps()).toMatchObject([{ type: 'request.resolved', resolution: 'BY_POLICY' }]);
  });

  it('is rejected without a request to clients, and tells the agent why', () => {
    const { apply, decided, requests } = createRequests({ mode: 'reject', allow: ['SHELL'] });
    apply('permission.requested', toolPermission);
    expect(requests.all).toEqual([]);
    expect(decided).toMatchObject([
      { kind: 'reject', feedback: expect.stringContaining('policy of this server') as string },
    ]);
  });

  it('becomes a request to clients when the policy says ask', () => {
    const { apply, decided, created } = createRequests({ mode: 'ask', allow: ['SHELL'] });
    apply('permission.requested', toolPermission);
    expect(decided).toEqual([]);
    expect(created).toMatchObject([{ requestId: 'r1', permissionKind: 'CUSTOM_TOOL' }]);
  });

  it('is dropped when a hook has resolved it', () => {
    const { apply, decided, created } = createRequests({ mode: 'ask', allow: [] });
    apply('permission.requested', { ...toolPermission, resolvedByHook: true });
    expect([...decided, ...created]).toEqual([]);
  });
});

describe('a pending request', () => {
  const question = { requestId: 'q1', question: 'Which one?', choices: ['a', 'b'] };

  it('makes the running turn wait for input until it is resolved', () => {
    const { apply, turns } = createRequests({ mode: 'ask', allow: [] });
    apply('user.message', { messageId: 'turn', content: 'Go.' });
    apply('user_input.requested', question);
    expect(turns.currentTurn?.state).toBe('WAITING_FOR_INPUT');
    apply('user_input.completed', { requestId: 'q1', answer: 'a' });
    expect(turns.currentTurn?.state).toBe('RUNNING');
  });

  it('is resolved once: the first resolution counts', () => {
    const { apply, requests, listSteps } = createRequests({ mode: 'ask', allow: [] });
    apply('user_input.requested', question);
    apply('user_input.completed', { requestId: 'q1', answer: 'a' });
    requests.resolve({ requestId: 'q1', resolution: 'WITHDRAWN', feedback: null }, new Date());
    const resolutions = listSteps().filter(({ type }) => type === 'request.resolved');
    expect(resolutions).toMatchObject([{ resolution: 'ANSWERED', feedback: 'a' }]);
  });

  it('has the resolution of the answer in flight, unless the runtime had resolved it before', () => {
    const { apply, requests, listSteps } = createRequests({ mode: 'ask', allow: [] });
    const saved: unknown[] = [];
    requests.events.on('expected', (_request, resolution) => saved.push(resolution));
    apply('permission.requested', toolPermission);
    apply('permission.requested', { ...toolPermission, requestId: 'r2' });
    requests.expect({ requestId: 'r1', resolution: 'EXPIRED', feedback: 'Too late.' });
    requests.expect({ requestId: 'r2', resolution: 'APPROVED', feedback: null });
    apply('permission.completed', {
      requestId: 'r1',
      result: { kind: 'denied-interactively-by-user' },
    });
    requests.withdraw('r2', new Date());
    requests.clearExpected('r1');
    expect(listSteps().filter(({ type }) => type === 'request.resolved')).toMatchObject([
      { requestId: 'r1', resolution: 'EXPIRED', feedback: 'Too late.' },
      { requestId: 'r2', resolution: 'WITHDRAWN' },
    ]);
    expect(saved).toEqual(['EXPIRED', 'APPROVED']);
  });

  it('is cancelled with its turn, before the turn ends', () => {
    const { apply, order } = createRequests({ mode: 'ask', allow: [] });
    apply('user.message', { messageId: 'turn', content: 'Go.' });
    apply('user_input.requested', question);
    apply('session.idle', { aborted: true });
    expect(order).toEqual(['RUNNING', 'WAITING_FOR_INPUT', 'CANCELLED', 'RUNNING', 'ABORTED']);
  });
});
