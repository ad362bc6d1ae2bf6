import type { CopilotClient, CopilotSession } from '@github/copilot-sdk';

import type { TestGateway } from './gateway.ts';

/** A member that the SDK keeps private: a second attachment would silence the gateway's own. */
interface ClientInternals {
  readonly sessions: ReadonlyMap<string, CopilotSession>;
}

/** The runtime itself puts a notice into the session's timeline; it calls these `notification`. */
export async function logNotice(
  gateway: TestGateway,
  sessionId: string,
  message: string,
): Promise<void> {
  await gateway.services.runtime.call(async (client: CopilotClient) => {
    const session = (client as unknown as ClientInternals).sessions.get(sessionId);
    if (!session) throw new Error(`the gateway is not attached to ${sessionId}`);
    await session.log(message, { level: 'info' });
  });
}
