import type { CopilotSession } from '@github/copilot-sdk';
import { describe, expect, it } from 'vitest';

import {
  isCurrentAttempt,
  type LinkEvent,
  type LinkState,
  reduceLinkState,
} from '../../../src/copilot/link/link-state.ts';

const attempt = Symbol('attempt');
const other = Symbol('other');
const sdkSession = { sessionId: 's' } as unknown as CopilotSession;
const result = Promise.resolve(sdkSession);

const states = {
  detached: { kind: 'detached' },
  attaching: { kind: 'attaching', attempt, result },
  abandoned: { kind: 'abandoned', attempt, result },
  attached: { kind: 'attached', attempt, sdkSession, sinceSequence: null },
  closed: { kind: 'closed' },
} as const satisfies { [K in LinkState['kind']]: LinkState & { kind: K } };

const events = {
  attachStarted: { type: 'attachStarted', attempt: other, result },
  attachSucceeded: { type: 'attachSucceeded', attempt, sdkSession },
  attachFailed: { type: 'attachFailed', attempt },
  checked: { type: 'checked', attempt, sinceSequence: '7' },
  detached: { type: 'detached' },
  closed: { type: 'closed' },
} as const satisfies { [T in LinkEvent['type']]: LinkEvent & { type: T } };

type Kind = LinkState['kind'];

/** The kind after each event; what is left out leaves the state as it is. */
const transitions: Record<Kind, Partial<Record<LinkEvent['type'], Kind>>> = {
  detached: { attachStarted: 'attaching', closed: 'closed' },
  attaching: {
    attachSucceeded: 'attached',
    attachFailed: 'detached',
    detached: 'abandoned',
    closed: 'closed',
  },
  abandoned: { attachFailed: 'detached', closed: 'closed' },
  attached: { attachFailed: 'detached', detached: 'detached', closed: 'closed' },
  closed: {},
};

const kinds = Object.keys(states) as Kind[];
const types = Object.keys(events) as LinkEvent['type'][];

describe.each(kinds)('a link that is %s', (kind) => {
  const state: LinkState = states[kind];

  it.each(types)('has the documented state after "%s"', (type) => {
    expect(reduceLinkState(state, events[type]).kind).toBe(transitions[kind][type] ?? kind);
  });

  it.each(['attachSucceeded', 'attachFailed', 'checked'] as const)(
    'ignores "%s" of an attempt that is not its own',
    (type) => {
      expect(reduceLinkState(state, { ...events[type], attempt: other })).toBe(state);
    },
  );

  it('accepts pushes of its own attempt only while it is attaching or attached', () => {
    const isOpen = kind === 'attaching' || kind === 'attached';
    expect(isCurrentAttempt(state, attempt)).toBe(isOpen);
    expect(isCurrentAttempt(state, other)).toBe(false);
  });
});

it('starts a check from the beginning after each attach, then from where the latest check has ended', () => {
  const attached = reduceLinkState(states.attaching, events.attachSucceeded);
  expect(attached).toMatchObject({ sdkSession, sinceSequence: null });
  expect(reduceLinkState(attached, events.checked)).toMatchObject({
    sdkSession,
    sinceSequence: '7',
  });
});
