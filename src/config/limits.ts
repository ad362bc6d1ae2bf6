import type { z } from 'zod';

import type { CallerLimits, LimitsConfig } from '../admission/limits.ts';
import { bytes, count, countOrOff, duration, durationOrOff } from './formats.ts';
import { defaultOf, type SettingName } from './settings.ts';

/** Of each viewer, and of each IP address. */
const callerFormats = {
  LIMIT_SOCKETS: countOrOff.optional(),
  LIMIT_SOCKETS_PER_IP: countOrOff.optional(),
  LIMIT_SUBSCRIPTIONS: countOrOff.optional(),
  LIMIT_SUBSCRIPTIONS_PER_IP: countOrOff.optional(),
  LIMIT_TURNS: countOrOff.optional(),
  LIMIT_TURNS_PER_IP: countOrOff.optional(),
  LIMIT_OPERATION_RATE: countOrOff.optional(),
  LIMIT_OPERATION_RATE_PER_IP: countOrOff.optional(),
  LIMIT_PROMPT_RATE: countOrOff.optional(),
  LIMIT_PROMPT_RATE_PER_IP: countOrOff.optional(),
  LIMIT_SESSION_RATE: countOrOff.optional(),
  LIMIT_SESSION_RATE_PER_IP: countOrOff.optional(),
  LIMIT_SESSIONS: countOrOff.optional(),
};

export const limitFormats = {
  LIMIT_PROMPT_BYTES: bytes.prefault(defaultOf('LIMIT_PROMPT_BYTES')),
  LIMIT_ATTACHMENT_BYTES: bytes.prefault(defaultOf('LIMIT_ATTACHMENT_BYTES')),
  LIMIT_BODY_BYTES: bytes.prefault(defaultOf('LIMIT_BODY_BYTES')),
  LIMIT_MESSAGE_BYTES: bytes.prefault(defaultOf('LIMIT_MESSAGE_BYTES')),
  LIMIT_LOG_BYTES: bytes.prefault(defaultOf('LIMIT_LOG_BYTES')),
  LIMIT_LOG_AGE: duration.prefault(defaultOf('LIMIT_LOG_AGE')),
  LIMIT_STALLED_CLIENT: duration.prefault(defaultOf('LIMIT_STALLED_CLIENT')),
  LIMIT_SOCKET_MESSAGE_BYTES: bytes.prefault(defaultOf('LIMIT_SOCKET_MESSAGE_BYTES')),
  LIMIT_SOCKET_INIT: duration.prefault(defaultOf('LIMIT_SOCKET_INIT')),
  LIMIT_QUERY_TOKENS: count.prefault(defaultOf('LIMIT_QUERY_TOKENS')),
  LIMIT_QUERY_DEPTH: count.prefault(defaultOf('LIMIT_QUERY_DEPTH')),
  LIMIT_QUERY_ALIASES: count.prefault(defaultOf('LIMIT_QUERY_ALIASES')),
  LIMIT_QUERY_ROOT_FIELDS: count.prefault(defaultOf('LIMIT_QUERY_ROOT_FIELDS')),
  LIMIT_QUERY_COST: count.prefault(defaultOf('LIMIT_QUERY_COST')),
  LIMIT_VARIABLE_VALUES: count.prefault(defaultOf('LIMIT_VARIABLE_VALUES')),
  CLOUD_START_TIMEOUT_MS: count.prefault(defaultOf('CLOUD_START_TIMEOUT_MS')),
  LIMIT_OPERATION_TIME: duration.prefault(defaultOf('LIMIT_OPERATION_TIME')),
  LIMIT_STREAM_TIME: durationOrOff.prefault(defaultOf('LIMIT_STREAM_TIME')),
  ...callerFormats,
} satisfies Partial<Record<SettingName, z.ZodType>>;

type Limits = z.output<z.ZodObject<typeof limitFormats>>;
/** @param isOpen nobody is told from anybody else, so that one would use up what is for all */
export function limitsOf(given: Limits, isOpen: boolean): LimitsConfig {
  const limit = (name: keyof typeof callerFormats): number | null => {
    const value = given[name];
    if (value !== undefined) return value;
    return isOpen ? null : Number.parseInt(defaultOf(name));
  };
  const viewer: CallerLimits = {
    sockets: limit('LIMIT_SOCKETS'),
    subscriptions: limit('LIMIT_SUBSCRIPTIONS'),
    turns: limit('LIMIT_TURNS'),
    operationsPerSecond: limit('LIMIT_OPERATION_RATE'),
    promptBytesPerMinute: limit('LIMIT_PROMPT_RATE'),
    sessionsPerHour: limit('LIMIT_SESSION_RATE'),
  };
  const ip: CallerLimits = {
    sockets: limit('LIMIT_SOCKETS_PER_IP'),
    subscriptions: limit('LIMIT_SUBSCRIPTIONS_PER_IP'),
    turns: limit('LIMIT_TURNS_PER_IP'),
    operationsPerSecond: limit('LIMIT_OPERATION_RATE_PER_IP'),
    promptBytesPerMinute: limit('LIMIT_PROMPT_RATE_PER_IP'),
    sessionsPerHour: limit('LIMIT_SESSION_RATE_PER_IP'),
  };
  return {
    viewer,
    ip,
    sessionsPerViewer: limit('LIMIT_SESSIONS'),
    document: {
      tokens: given.LIMIT_QUERY_TOKENS,
      depth: given.LIMIT_QUERY_DEPTH,
      aliases: given.LIMIT_QUERY_ALIASES,
      rootFields: given.LIMIT_QUERY_ROOT_FIELDS,
      cost: given.LIMIT_QUERY_COST,
      variableValues: given.LIMIT_VARIABLE_VALUES,
    },
    operationMs: given.LIMIT_OPERATION_TIME,
    streamMs: given.LIMIT_STREAM_TIME,
  };
}
