import type { CopilotClient, CopilotSession } from '@github/copilot-sdk';

import type { TestGateway } from './gateway.ts';

/** A member that the SDK keeps private: a second attachment would silence the gateway's own. */
interface ClientInternals {
  readonly sessions: ReadonlyMap<string, CopilotSession>;
}

/** Also a member that the SDK keeps private: takes in what comes from the runtime. */
interface SessionInternals {
  _dispatchEvent(event: object): void;
}

/** The gateway's own attachment to a session. */
export async function withSdkSession<T>(
  gateway: TestGateway,
  sessionId: string,
  use: (attachment: CopilotSession) => T | Promise<T>,
): Promise<T> {
  return gateway.services.runtime.call(async (client: CopilotClient) => {
    const session = (client as unknown as ClientInternals).sessions.get(sessionId);
    if (!session) throw new Error(`the gateway is not attached to ${sessionId}`);
    return use(session);
  });
}

/** An event as the runtime would push it, for those that no runtime of the tests has a reason to send. */
export async function pushEvent(
  gateway: TestGateway,
  sessionId: string,
  event: { readonly type: string; readonly data: object; readonly id: string },
): Promise<void> {
  const envelope = { timestamp: new Date().toISOString(), parentId: null, ephemeral: true };
  await withSdkSession(gateway, sessionId, (attachment) => {
    (attachment as unknown as SessionInternals)._dispatchEvent({ ...envelope, ...event });
  });
}
