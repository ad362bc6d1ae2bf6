import type { RequestKind } from '../events/request.ts';

/** Whether a runtime that was killed has a request of the kind again, under the same id, when its session is resumed. */
export const isRestored: Readonly<Record<RequestKind, boolean>> = {
  permission: true,
  user_input: false,
};
