import type { HeldCall } from '../models/scripted-model.ts';
import { withSdkSession } from './attached.ts';
import type { TestGateway } from './gateway.ts';

const words = 'create a detailed summary of the conversation';

/** Makes the runtime compact the session's context: it asks the model for a summary. */
export async function compact(
  gateway: TestGateway,
  sessionId: string,
  answer: (call: HeldCall) => void = () => undefined,
): Promise<void> {
  const held = gateway.model.hold(words);
  const done = withSdkSession(gateway, sessionId, (sdkSession) =>
    sdkSession.rpc.history.compact({}),
  );
  const call = await held.nextCall();
  answer(call);
  call.write('A summary.');
  call.finish();
  await done;
}
