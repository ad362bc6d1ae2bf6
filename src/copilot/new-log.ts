import type { SessionRecord } from '../directory/session-directory.ts';
import type { Position } from '../events/cursor.ts';
import type { CaughtUp } from '../events/log-follower.ts';
import { SessionLog } from '../events/session-log.ts';
import type { SessionServices } from './session-services.ts';

export function newLog(
  { id, rewinds }: SessionRecord,
  { settings }: SessionServices,
  catchUp: (since: Position) => Promise<CaughtUp | undefined>,
): SessionLog {
  const { logBytes: maxBytes, logAgeMs: maxAgeMs, messageBytes: maxTextLength } = settings;
  return new SessionLog(id, { maxBytes, maxAgeMs, maxTextLength, rewinds, catchUp });
}
