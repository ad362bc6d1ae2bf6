import type { CopilotSession } from '@github/copilot-sdk';

import type { RequestResolution } from '../../events/pending-request.ts';

/** An answer that the runtime can be trusted with: it says yes to nonsense, and then breaks the tool. */
export interface CheckedAnswer {
  readonly resolution: RequestResolution;
  readonly feedback: string | null;
  /** @returns false when the request was resolved before */
  readonly send: (attachment: CopilotSession) => Promise<boolean>;
}
