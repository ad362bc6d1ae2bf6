import type { z } from 'zod';

import { ageOrOff, count, createEnumFormat,duration } from './formats.ts';
import { getSettingDefault } from './settings.ts';

export interface CleanupConfig {
  readonly ttlMs: number;
  readonly intervalMs: number;
  readonly sweepSize: number;
  readonly dryRun: boolean;
}

export const cleanupFormats = {
  SESSION_TTL: ageOrOff.prefault(getSettingDefault('SESSION_TTL')),
  SESSION_CLEANUP_INTERVAL: duration.prefault(getSettingDefault('SESSION_CLEANUP_INTERVAL')),
  SESSION_CLEANUP_DRY_RUN: createEnumFormat(['0', '1']).prefault(
    getSettingDefault('SESSION_CLEANUP_DRY_RUN'),
  ),
  LIMIT_CLEANUP_SESSIONS: count.prefault(getSettingDefault('LIMIT_CLEANUP_SESSIONS')),
};

/** Null: no session is deleted for its age. */
export function toCleanupConfig(
  env: z.output<z.ZodObject<typeof cleanupFormats>>,
): CleanupConfig | null {
  if (env.SESSION_TTL === null) return null;
  return {
    ttlMs: env.SESSION_TTL,
    intervalMs: env.SESSION_CLEANUP_INTERVAL,
    sweepSize: env.LIMIT_CLEANUP_SESSIONS,
    dryRun: env.SESSION_CLEANUP_DRY_RUN === '1',
  };
}
