import type { SessionRecord } from '../directory/session-directory.ts';

/** Whether it must not be released when nobody needs it. */
export function staysAttached(record: SessionRecord): boolean {
  // Whoever steers it from GitHub reaches it only while it is attached.
  if (record.remoteMode === 'on') return true;
  // The runtime forgets it then, and finds it again by its own account only.
  return record.location === 'cloud' && record.gitHubAccount !== 'server';
}
