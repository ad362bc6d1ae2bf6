/** About sessions that nobody uses any more; part of the list of all settings. */
export const cleanupSettingList = [
  {
    name: 'SESSION_TTL',
    default: 'off',
    meaning:
      'a session without activity for this long is deleted with its history, such as `30d`; never one that runs, waits for an answer or is subscribed to',
  },
  {
    name: 'SESSION_CLEANUP_INTERVAL',
    default: '10m',
    meaning: 'for SESSION_TTL: pause between two looks for such sessions',
  },
  {
    name: 'SESSION_CLEANUP_DRY_RUN',
    default: '0',
    meaning: 'for SESSION_TTL: `1` deletes nothing, and counts what it would have deleted',
  },
  {
    name: 'LIMIT_CLEANUP_SESSIONS',
    default: '100',
    meaning: 'for SESSION_TTL: sessions that are examined at a time; the next ones follow soon',
  },
] as const;
