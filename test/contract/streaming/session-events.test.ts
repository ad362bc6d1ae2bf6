import { describe, expect, it } from 'vitest';

import { MergedTexts } from '../../support/clients/merge.ts';
import { streamingTransports } from '../../support/clients/transports.ts';
import { startTestGateway } from '../../support/gateway/gateway.ts';
import { answers, prompts } from '../../support/models/scripted-model.ts';
import { sessionEvents, type TimelineEvent } from '../../support/operations/events.ts';
import { createTestSession } from '../../support/operations/sessions.ts';
import { send } from '../../support/operations/turns.ts';

function stepOf(event: TimelineEvent): string {
  const state = event.turn?.state ?? event.toolCall?.state;
  return state === undefined ? event.__typename : `${event.__typename} ${state}`;
}

/** The text comes in as many pieces as the wind takes. */
function stepsOf(events: readonly TimelineEvent[]): string[] {
  return events.map(stepOf).filter((step, index, all) => step !== all[index - 1]);
}

describe.each(streamingTransports)('sessionEvents over %s', (transport) => {
  it('emits the events of a turn in order', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client);
    await using timeline = await client.subscribe(sessionEvents, { sessionId });
    const { turn } = await send(client, sessionId, prompts.story);

    const values = await timeline.collectUntil(({ sessionEvents: event }) =>
      stepOf(event).startsWith('TurnChanged COMPLETED'),
    );
    const events = values.map((value) => value.sessionEvents);
    const beside = ['TitleChanged', 'QueueChanged', 'UsageChanged', 'TurnChanged QUEUED'];
    expect(stepsOf(events.filter((event) => !beside.includes(stepOf(event))))).toEqual([
      'TurnChanged RUNNING',
      'UserMessageAdded',
      'MessageDelta',
      'AssistantMessageCompleted',
      'TurnChanged COMPLETED',
    ]);
    expect(events.find(({ userMessage }) => userMessage)?.userMessage?.content).toBe(prompts.story);
    const deltas = events.filter(({ __typename }) => __typename === 'MessageDelta');
    expect(new MergedTexts(deltas as never).getOnly()).toBe(answers.story);
    expect(events.at(-1)?.turn).toMatchObject({ id: turn.id, reply: { content: answers.story } });
  });

  it('emits only the requested types', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client);
    const types = ['USER_MESSAGE_ADDED', 'ASSISTANT_MESSAGE_COMPLETED'] as const;
    await using timeline = await client.subscribe(sessionEvents, { sessionId, types });
    await send(client, sessionId, prompts.short);

    const { sessionEvents: first } = await timeline.next();
    const { sessionEvents: second } = await timeline.next();
    expect([first.userMessage?.content, second.assistantMessage?.content]).toEqual([
      prompts.short,
      answers.short,
    ]);
  });
});
