import { withSdkSession } from './attached.ts';
import type { TestGateway } from './gateway.ts';

/** Makes the runtime add a notice to the timeline of a session, which it reports as `notification`. */
export async function logNotice(
  gateway: TestGateway,
  sessionId: string,
  message: string,
): Promise<void> {
  await withSdkSession(gateway, sessionId, (sdkSession) =>
    sdkSession.log(message, { level: 'info' }),
  );
}
