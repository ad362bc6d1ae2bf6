import {
  ageOrOff,
  count,
  createEnumFormat,
  duration,
  durationOrOff,
  type Parsed,
} from './formats.ts';
import type { limitSettings } from './limits.ts';

export const sessionSettings = {
  SESSION_IDLE_DISCONNECT: durationOrOff
    .prefault('10m')
    .describe(
      'a session without activity for this long is released, and resumed on demand; or `off`',
    ),
  SESSION_SYNC_INTERVAL: duration
    .prefault('5m')
    .describe(
      'interval at which all sessions are compared with those of the runtime: changes that another process makes in the same home are not announced',
    ),
  SESSION_TTL: ageOrOff
    .prefault('off')
    .describe(
      'a session without activity for this long is deleted with its history, such as `30d`; never a session that runs, waits for input or has a subscriber',
    ),
  SESSION_CLEANUP_INTERVAL: duration
    .prefault('10m')
    .describe('for SESSION_TTL: pause between two searches for such sessions'),
  SESSION_CLEANUP_DRY_RUN: createEnumFormat(['0', '1'])
    .prefault('0')
    .describe('for SESSION_TTL: `1` deletes nothing, and counts what it would have deleted'),
  LIMIT_CLEANUP_SESSIONS: count
    .prefault('100')
    .describe('for SESSION_TTL: sessions that are examined at a time; the next ones follow soon'),
  TURN_STALL_TIMEOUT: duration
    .prefault('2m')
    .describe('a turn without any event for this long is stopped; a running tool may take longer'),
  CLOUD_START_TIMEOUT_MS: count
    .prefault('60000')
    .describe(
      'milliseconds that a message waits for the worker of a [cloud session](cloud.md); then its turn fails',
    ),
};

export interface CleanupConfig {
  /** Time without activity after which a session is deleted. */
  readonly ttlMs: number;
  readonly intervalMs: number;
  /** Sessions that are examined at a time. */
  readonly sweepSize: number;
  readonly dryRun: boolean;
}

export interface SessionsConfig {
  /** Time without activity after which a session is released; null for never. */
  readonly idleDisconnectMs: number | null;
  /** Interval at which all sessions are compared with those of the runtime. */
  readonly syncIntervalMs: number;
  /** Null if no session is deleted for its age. */
  readonly cleanup: CleanupConfig | null;
  readonly promptBytes: number;
  /** Sum of the attachments of one message. */
  readonly attachmentBytes: number;
  /** Time without any event after which a running turn is stopped. */
  readonly turnStallMs: number;
  /** How long a message waits for the worker of a cloud session. */
  readonly cloudStartMs: number;
  /** Size of the event log of one live session. */
  readonly logBytes: number;
  readonly logAgeMs: number;
  /** Longest text that is kept while it is streamed. */
  readonly messageBytes: number;
}

type Settings = Parsed<typeof sessionSettings & typeof limitSettings>;

export function toSessionsConfig(settings: Settings): SessionsConfig {
  return {
    idleDisconnectMs: settings.SESSION_IDLE_DISCONNECT,
    syncIntervalMs: settings.SESSION_SYNC_INTERVAL,
    cleanup: toCleanupConfig(settings),
    promptBytes: settings.LIMIT_PROMPT_BYTES,
    attachmentBytes: settings.LIMIT_ATTACHMENT_BYTES,
    turnStallMs: settings.TURN_STALL_TIMEOUT,
    cloudStartMs: settings.CLOUD_START_TIMEOUT_MS,
    logBytes: settings.LIMIT_LOG_BYTES,
    logAgeMs: settings.LIMIT_LOG_AGE,
    messageBytes: settings.LIMIT_MESSAGE_BYTES,
  };
}

function toCleanupConfig(settings: Settings): CleanupConfig | null {
  if (settings.SESSION_TTL === null) return null;
  return {
    ttlMs: settings.SESSION_TTL,
    intervalMs: settings.SESSION_CLEANUP_INTERVAL,
    sweepSize: settings.LIMIT_CLEANUP_SESSIONS,
    dryRun: settings.SESSION_CLEANUP_DRY_RUN === '1',
  };
}
