import type { CopilotSession } from '@github/copilot-sdk';

import type { RequestResolution } from '../../events/pending-request.ts';

/** An answer that fits its request. The runtime does not check answers: one that does not fit breaks the tool. */
export interface CheckedAnswer {
  readonly resolution: RequestResolution;
  readonly feedback: string | null;
  /** Returns false when the request was resolved before. */
  readonly send: (sdkSession: CopilotSession) => Promise<boolean>;
}
