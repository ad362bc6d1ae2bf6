import type { CopilotClient, CopilotSession } from '@github/copilot-sdk';

import type { TestGateway } from './gateway.ts';

/** The private list of sessions of the SDK. Attaching a second time would stop the events of the gateway's own session. */
interface ClientInternals {
  readonly sessions: ReadonlyMap<string, CopilotSession>;
}

/** The private method of the SDK that receives the events of the runtime. */
interface SessionInternals {
  _dispatchEvent(event: object): void;
}

/** Calls `use` with the SDK session that the gateway itself uses. */
export async function withSdkSession<T>(
  gateway: TestGateway,
  sessionId: string,
  use: (sdkSession: CopilotSession) => T | Promise<T>,
): Promise<T> {
  return gateway.services.runtime.call(async (client: CopilotClient) => {
    const session = (client as unknown as ClientInternals).sessions.get(sessionId);
    if (!session) throw new Error(`the gateway is not attached to session ${sessionId}`);
    return use(session);
  });
}

/** Delivers an event as if the runtime had pushed it, for events that the runtime of the tests never sends. */
export async function pushEvent(
  gateway: TestGateway,
  sessionId: string,
  event: { readonly type: string; readonly data: object; readonly id: string },
): Promise<void> {
  const envelope = { timestamp: new Date().toISOString(), parentId: null, ephemeral: true };
  await withSdkSession(gateway, sessionId, (sdkSession) => {
    (sdkSession as unknown as SessionInternals)._dispatchEvent({ ...envelope, ...event });
  });
}
