import type { z } from 'zod';

import { ageOrOff, count, duration, oneOf } from './formats.ts';
import { defaultOf } from './settings.ts';

export interface CleanupConfig {
  readonly ttlMs: number;
  readonly intervalMs: number;
  readonly sweepSize: number;
  readonly dryRun: boolean;
}

export const cleanupSettings = {
  SESSION_TTL: ageOrOff.prefault(defaultOf('SESSION_TTL')),
  SESSION_CLEANUP_INTERVAL: duration.prefault(defaultOf('SESSION_CLEANUP_INTERVAL')),
  SESSION_CLEANUP_DRY_RUN: oneOf(['0', '1']).prefault(defaultOf('SESSION_CLEANUP_DRY_RUN')),
  LIMIT_CLEANUP_SESSIONS: count.prefault(defaultOf('LIMIT_CLEANUP_SESSIONS')),
};

/** Null: no session is deleted for its age. */
export function cleanupConfigOf(
  env: z.output<z.ZodObject<typeof cleanupSettings>>,
): CleanupConfig | null {
  if (env.SESSION_TTL === null) return null;
  return {
    ttlMs: env.SESSION_TTL,
    intervalMs: env.SESSION_CLEANUP_INTERVAL,
    sweepSize: env.LIMIT_CLEANUP_SESSIONS,
    dryRun: env.SESSION_CLEANUP_DRY_RUN === '1',
  };
}
