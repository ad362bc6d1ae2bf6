import { describe, expect, it } from 'vitest';

import type { PermissionPolicy } from '../../../src/copilot/profiles/profiles.ts';
import { Timeline } from '../../../src/copilot/projections/timeline.ts';
import { Turns } from '../../../src/copilot/projections/turns.ts';
import { PendingRequests } from '../../../src/copilot/requests/pending-requests.ts';
import type { Change } from '../../../src/copilot/translate/change.ts';
import { translateEvent } from '../../../src/copilot/translate/translate-event.ts';
import type { PendingRequest } from '../../../src/events/pending-request.ts';
import { SessionLog } from '../../../src/events/session-log.ts';

type RuntimeEvent = Parameters<typeof translateEvent>[0];

function requestsUnder(permissionPolicy: PermissionPolicy) {
  const log = new SessionLog('s', {
    maxAgeMs: 60_000,
    maxBytes: 1_000_000,
    maxTextLength: 1_000_000,
    rewinds: 0,
    catchUp: () => Promise.resolve(undefined),
  });
  const turns = new Turns('s', () => undefined);
  const decided: unknown[] = [];
  const asked: PendingRequest[] = [];
  const requests = new PendingRequests(
    {
      ...{ log, turns, timeline: new Timeline(log, turns) },
      rules: { permissionPolicy, requestTimeoutMs: 1_000, clientTools: new Set(['lookup']) },
    },
    {
      handleAsked: (request) => asked.push(request),
      handleDecided: (_id, answer) => decided.push(answer),
      handleResolved: () => undefined,
      handleUnanswerable: () => undefined,
    },
  );
  const take = (...changes: Change[]): void => {
    requests.apply({ eventId: '', occurredAt: new Date(), agentId: null, changes });
  };
  const takeEvent = (type: string, data: object): void => {
    const event = { id: type, timestamp: new Date().toISOString(), type, data };
    take(...(translateEvent(event as unknown as RuntimeEvent)?.changes ?? []));
  };
  return { takeEvent, requests, decided, asked, steps: () => [...log.listSteps()] };
}

const toolAsked = {
  requestId: 'r1',
  permissionRequest: { kind: 'custom-tool', toolName: 't', toolDescription: 'T', args: {} },
};

describe('a permission that the policy decides on', () => {
  it('is approved without asking when its kind is allowed', () => {
    const { takeEvent, decided, asked, steps } = requestsUnder({
      mode: 'reject',
      allow: ['CUSTOM_TOOL'],
    });
    takeEvent('permission.requested', toolAsked);
    takeEvent('permission.completed', { requestId: 'r1', result: { kind: 'approved' } });
    expect(asked).toEqual([]);
    expect(decided).toEqual([{ kind: 'approve-once' }]);
    expect(steps()).toMatchObject([{ type: 'request.resolved', resolution: 'BY_POLICY' }]);
  });

  it('is rejected without asking, with a word to the agent', () => {
    const { takeEvent, decided, requests } = requestsUnder({ mode: 'reject', allow: ['SHELL'] });
    takeEvent('permission.requested', toolAsked);
    expect(requests.all).toEqual([]);
    expect(decided).toMatchObject([
      { kind: 'reject', feedback: expect.stringContaining('policy of this server') as string },
    ]);
  });

  it('is asked for otherwise', () => {
    const { takeEvent, decided, asked } = requestsUnder({ mode: 'ask', allow: ['SHELL'] });
    takeEvent('permission.requested', toolAsked);
    expect(decided).toEqual([]);
    expect(asked).toMatchObject([{ requestId: 'r1', permissionKind: 'CUSTOM_TOOL' }]);
  });

  it('is not asked for when a hook has answered', () => {
    const { takeEvent, decided, asked } = requestsUnder({ mode: 'ask', allow: [] });
    takeEvent('permission.requested', { ...toolAsked, resolvedByHook: true });
    expect([...decided, ...asked]).toEqual([]);
  });
});
