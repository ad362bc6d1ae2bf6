import { withSdkSession } from './attached.ts';
import type { TestGateway } from './gateway.ts';

/** The runtime itself puts a notice into the session's timeline; it calls these `notification`. */
export async function logNotice(
  gateway: TestGateway,
  sessionId: string,
  message: string,
): Promise<void> {
  await withSdkSession(gateway, sessionId, (attachment) =>
    attachment.log(message, { level: 'info' }),
  );
}
