import type { CopilotSession } from '@github/copilot-sdk';

import type { Runtime } from '../runtime/runtime.ts';

/**
 * While `work` runs, the running turn has no successor. A runtime does not end a pause by itself: one that a
 * killed gateway has left behind is taken over.
 */
export async function withPausedQueue<T>(
  runtime: Runtime,
  attachment: CopilotSession,
  work: () => Promise<T>,
): Promise<T> {
  const { queue } = attachment.rpc;
  await runtime
    .call(() => queue.setDrainPaused({ paused: true }))
    .catch((error: unknown) => {
      if (!(error instanceof Error && /already paused/i.test(error.message))) throw error;
    });
  try {
    return await work();
  } finally {
    await runtime.call(() => queue.setDrainPaused({ paused: false }));
  }
}
