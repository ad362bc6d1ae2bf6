import { describe, expect, it } from 'vitest';

import { holds, holdsComplete, mergeUntil } from '../../support/clients/merged-until.ts';
import { subscribeResuming } from '../../support/clients/resuming-client.ts';
import { streamingTransports } from '../../support/clients/transports.ts';
import { KillableGateway } from '../../support/gateway/killable-gateway.ts';
import { answers, prompts } from '../../support/models/scripted-model.ts';
import { messageDelta, sessionEvents } from '../../support/operations/events.ts';
import { createTestSession, fetchSession, listReplies } from '../../support/operations/sessions.ts';
import { ask, fetchTurn, send } from '../../support/operations/turns.ts';

const RETRY_MS = 50;

describe.each(streamingTransports)(
  'a gateway that is killed during an answer, over %s',
  (transport) => {
    it('discards partial text, replays finished messages, and resumes live after a reconnect', async () => {
      await using gateway = await KillableGateway.start({ runtime: 'own' });
      const { client } = gateway;
      const sessionId = await createTestSession(gateway, client);
      const { cursor: after } = await fetchSession(client, sessionId);
      const subscription = {
        url: gateway.url,
        operation: messageDelta,
        variables: { sessionId, after },
      };
      await using before = subscribeResuming(transport, subscription);
      await ask(client, sessionId, prompts.story);
      await mergeUntil(before, holdsComplete(answers.story));
      const held = gateway.model.hold();
      const { turn } = await send(client, sessionId, held.prompt);
      (await held.nextCall()).write('Never fini');
      await mergeUntil(before, holds(answers.story, 'Never fini'));
      const { cursor } = before;
      await gateway.waitForJournal(sessionId, cursor);
      before.return();

      await gateway.kill();
      await gateway.startAgain();
      expect(await ask(client, sessionId, prompts.short)).toMatchObject({ state: 'COMPLETED' });

      await using again = subscribeResuming(transport, { ...subscription, cursor: cursor! });
      for (const value of before.collected) again.push(value);
      await mergeUntil(again, holdsComplete(answers.story, answers.short));
      const later = again.collected.slice(before.collected.length);
      const discarded = later.filter(({ messageDelta: { state } }) => state === 'DISCARDED');
      expect(new Set(discarded.map(({ messageDelta: { messageId } }) => messageId)).size).toBe(1);
      expect(await fetchTurn(client, sessionId, turn.id)).toMatchObject({
        state: 'FAILED',
        error: { code: 'TURN_INTERRUPTED', retryable: true },
      });
      await ask(client, sessionId, prompts.short);
      await mergeUntil(again, holdsComplete(answers.story, answers.short, answers.short));
      expect(await listReplies(client, sessionId)).toEqual([
        answers.story,
        answers.short,
        answers.short,
      ]);
    });

    it('is found again by a connected client, whose timeline reports the interrupted turn', async () => {
      await using gateway = await KillableGateway.start({ runtime: 'own' });
      const { client } = gateway;
      const sessionId = await createTestSession(gateway, client);
      const { cursor: after } = await fetchSession(client, sessionId);
      const held = gateway.model.hold();
      const { turn } = await send(client, sessionId, held.prompt);
      await using events = subscribeResuming(transport, {
        url: gateway.url,
        operation: sessionEvents,
        variables: { sessionId, after },
        retryWaitMs: RETRY_MS,
      });
      (await held.nextCall()).write('Never fini');
      const { sessionEvents: delta } = await events.next(
        ({ sessionEvents: { text } }) => text === 'Never fini',
      );
      await gateway.waitForJournal(sessionId, delta.cursor);

      await gateway.kill();
      await gateway.startAgain();
      const missed = await events.collectUntil(
        ({ sessionEvents: event }) => event.turn?.error?.code === 'TURN_INTERRUPTED',
      );
      expect(missed.at(-1)?.sessionEvents.turn).toMatchObject({ id: turn.id, state: 'FAILED' });
      expect(missed.map((value) => value.sessionEvents)).toContainEqual(
        expect.objectContaining({ messageId: delta.messageId, state: 'DISCARDED' }),
      );
      const next = await ask(client, sessionId, prompts.short);
      await events.next(({ sessionEvents: event }) => event.turn?.id === next.id);
    });

    it('does not discard a finished text that a client already has', async () => {
      await using gateway = await KillableGateway.start({ runtime: 'own' });
      const { client } = gateway;
      const sessionId = await createTestSession(gateway, client);
      const { cursor: after } = await fetchSession(client, sessionId);
      await using deltas = subscribeResuming(transport, {
        url: gateway.url,
        operation: messageDelta,
        variables: { sessionId, after },
        retryWaitMs: RETRY_MS,
      });
      await ask(client, sessionId, prompts.story);
      await ask(client, sessionId, prompts.reasoning);
      await mergeUntil(deltas, (texts) => texts.contents.includes(answers.afterThought));
      await gateway.waitForJournal(sessionId, deltas.cursor);

      await gateway.kill();
      await gateway.startAgain();
      await ask(client, sessionId, prompts.short);
      const texts = await mergeUntil(deltas, (held) => held.contents.includes(answers.short));
      expect(texts.contents.toSorted()).toEqual(
        [answers.story, answers.thought, answers.afterThought, answers.short].toSorted(),
      );
      const states = deltas.collected.map(({ messageDelta: { state } }) => state);
      expect(states).not.toContain('DISCARDED');
    });
  },
);
