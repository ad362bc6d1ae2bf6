import { afterEach, describe, expect, it, vi } from 'vitest';

import { LogReader } from '../../../src/events/log-reader.ts';
import { graphql } from '../../generated/operations/gql.ts';
import type { Collector } from '../../support/clients/collector.ts';
import { type Result, streamingTransports } from '../../support/clients/transports.ts';
import { startTestGateway, type TestGateway } from '../../support/gateway/gateway.ts';
import { messageDelta } from '../../support/operations/events.ts';
import { createTestSession } from '../../support/operations/sessions.ts';
import { statusChanged } from '../../support/operations/status.ts';
import { send } from '../../support/operations/turns.ts';

const planted = 'sk-planted in a fault of the gateway';

function fail(): never {
  throw new Error(planted);
}

const masked = {
  message: 'Unexpected error.',
  extensions: {
    code: 'INTERNAL_SERVER_ERROR',
    retryable: false,
    requestId: expect.stringMatching(/^[\w-]{36}$/) as string,
  },
};

const stateChanged = graphql(`
  subscription SessionStateChanged {
    sessionsChanged {
      kind
      session {
        id
        state
      }
    }
  }
`);

const create = `mutation ($id: ID!) { createSession(input: { sessionId: $id }) { created } }`;
const remove = `mutation ($id: ID!) { deleteSession(input: { sessionId: $id }) { deletedSessionId } }`;

/** Once, masked, and the log has it under the same id. */
function expectMasked<T>(gateway: TestGateway, values: Collector<Result<T>>): void {
  const errors = values.collected.flatMap((value) => value.errors ?? []);
  expect(errors).toMatchObject([masked]);
  expect(JSON.stringify(values.collected)).not.toContain('planted');
  const faults = gateway.logs.filter(({ msg }) => msg === 'unexpected error');
  expect(faults).toMatchObject([
    { requestId: errors[0]?.extensions['requestId'], err: { message: planted } },
  ]);
}

describe.each(streamingTransports)(
  'an unexpected error in a running subscription, over %s',
  (transport) => {
    afterEach(() => {
      vi.restoreAllMocks();
    });

    it('ends a status subscription and reveals only a request id', async () => {
      await using gateway = await startTestGateway({ mayLogErrors: true });
      const client = gateway.connect(transport);
      await using values = client.payloads(statusChanged);
      await values.next();
      const { runtime } = gateway.services;
      Object.defineProperty(runtime, 'status', { get: fail });
      runtime.statusChanges.touch({ name: 'changed' });
      await values.collectAll();
      expectMasked(gateway, values);
    });

    it('ends a text subscription and reveals only a request id', async () => {
      await using gateway = await startTestGateway({ mayLogErrors: true });
      const client = gateway.connect(transport);
      const sessionId = await createTestSession(gateway, client);
      await using values = client.payloads(messageDelta, { sessionId });
      const held = gateway.model.hold();
      await send(client, sessionId, held.prompt);
      const call = await held.nextCall();
      call.write('Before. ');
      await values.next(({ data }) => data?.messageDelta.text === 'Before. ');
      vi.spyOn(LogReader.prototype, 'read').mockImplementation(fail);
      call.write('After.');
      await values.collectAll();
      expectMasked(gateway, values);
    });

    it('in one field is masked, and the subscription continues', async () => {
      await using gateway = await startTestGateway({ mayLogErrors: true });
      const client = gateway.connect(transport);
      await using values = client.payloads(stateChanged);
      await createTestSession(gateway, client);
      await values.next(({ data }) => data?.sessionsChanged.kind === 'CREATED');
      const { sessions } = gateway.services;
      const failing = vi.spyOn(sessions, 'getState').mockImplementationOnce(fail);
      const id = gateway.createSessionId();
      await client.run(create, { id });
      await values.next(({ errors }) => errors !== undefined);
      failing.mockRestore();
      expectMasked(gateway, values);
      await client.run(remove, { id });
      await values.next(({ data }) => data?.sessionsChanged.kind === 'DELETED');
    });
  },
);
