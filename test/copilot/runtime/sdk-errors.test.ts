import { expect, it } from 'vitest';

import { toGatewayError } from '../../../src/copilot/runtime/sdk-errors.ts';

it('a history with an event that the runtime itself cannot read is SESSION_CORRUPT', () => {
  const error = new Error(
    'Request sessions.readPersistedEvents failed with message: Failed to read persisted event journal for session x ' +
      '(record at byte 25815; line numbers are record-relative): Invalid event at line 1: unknown variant `destroy`, ' +
      'expected `routine` or `error`. Event: {"type":"session.shutdown"}',
  );
  expect(toGatewayError(error)).toMatchObject({
    code: 'SESSION_CORRUPT',
    message: 'The history of this session cannot be read.',
  });
});
