import { expect, it } from 'vitest';

import { streamingTransports, transports } from '../support/clients/transports.ts';
import { startTestGateway } from '../support/gateway/gateway.ts';
import { createTestSession } from '../support/operations/sessions.ts';
import { statusChanged } from '../support/operations/status.ts';

// Must run alone: it counts the resources of the whole process.
it('a closed gateway leaves no process and no server behind', async () => {
  const before = process.getActiveResourcesInfo().filter((name) => name !== 'Immediate');
  {
    await using gateway = await startTestGateway();
    for (const name of transports) await createTestSession(gateway, gateway.connect(name));
    for (const name of streamingTransports) await gateway.connect(name).subscribe(statusChanged);
  }
  const after = process.getActiveResourcesInfo().filter((name) => name !== 'Immediate');
  const count = (names: readonly string[], kind: RegExp) =>
    names.filter((name) => kind.test(name)).length;
  for (const kind of [/Process/, /TCPServer/]) {
    expect(count(after, kind)).toBe(count(before, kind));
  }
});
