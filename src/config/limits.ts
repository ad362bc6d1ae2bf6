import type { z } from 'zod';

import type { CallerLimits, LimitsConfig } from '../admission/limits.ts';
import { bytes, count, countOrOff, duration, durationOrOff } from './formats.ts';
import { getSettingDefault, type SettingName } from './settings.ts';

/** Of each viewer, and of each IP address. */
const callerLimitFormats = {
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
  LIMIT_PROMPT_BYTES: bytes.prefault(getSettingDefault('LIMIT_PROMPT_BYTES')),
  LIMIT_ATTACHMENT_BYTES: bytes.prefault(getSettingDefault('LIMIT_ATTACHMENT_BYTES')),
  LIMIT_BODY_BYTES: bytes.prefault(getSettingDefault('LIMIT_BODY_BYTES')),
  LIMIT_MESSAGE_BYTES: bytes.prefault(getSettingDefault('LIMIT_MESSAGE_BYTES')),
  LIMIT_LOG_BYTES: bytes.prefault(getSettingDefault('LIMIT_LOG_BYTES')),
  LIMIT_LOG_AGE: duration.prefault(getSettingDefault('LIMIT_LOG_AGE')),
  LIMIT_STALLED_CLIENT: duration.prefault(getSettingDefault('LIMIT_STALLED_CLIENT')),
  LIMIT_SOCKET_MESSAGE_BYTES: bytes.prefault(getSettingDefault('LIMIT_SOCKET_MESSAGE_BYTES')),
  LIMIT_SOCKET_INIT: duration.prefault(getSettingDefault('LIMIT_SOCKET_INIT')),
  LIMIT_QUERY_TOKENS: count.prefault(getSettingDefault('LIMIT_QUERY_TOKENS')),
  LIMIT_QUERY_DEPTH: count.prefault(getSettingDefault('LIMIT_QUERY_DEPTH')),
  LIMIT_QUERY_ALIASES: count.prefault(getSettingDefault('LIMIT_QUERY_ALIASES')),
  LIMIT_QUERY_ROOT_FIELDS: count.prefault(getSettingDefault('LIMIT_QUERY_ROOT_FIELDS')),
  LIMIT_QUERY_COST: count.prefault(getSettingDefault('LIMIT_QUERY_COST')),
  LIMIT_VARIABLE_VALUES: count.prefault(getSettingDefault('LIMIT_VARIABLE_VALUES')),
  CLOUD_START_TIMEOUT_MS: count.prefault(getSettingDefault('CLOUD_START_TIMEOUT_MS')),
  LIMIT_OPERATION_TIME: duration.prefault(getSettingDefault('LIMIT_OPERATION_TIME')),
  LIMIT_STREAM_TIME: durationOrOff.prefault(getSettingDefault('LIMIT_STREAM_TIME')),
  ...callerLimitFormats,
} satisfies Partial<Record<SettingName, z.ZodType>>;

type ParsedLimitSettings = z.output<z.ZodObject<typeof limitFormats>>;
/** @param isOpen nobody is told from anybody else, so that one would use up what is for all */
export function toLimitsConfig(given: ParsedLimitSettings, isOpen: boolean): LimitsConfig {
  const resolveLimit = (name: keyof typeof callerLimitFormats): number | null => {
    const value = given[name];
    if (value !== undefined) return value;
    return isOpen ? null : Number.parseInt(getSettingDefault(name));
  };
  const viewer: CallerLimits = {
    sockets: resolveLimit('LIMIT_SOCKETS'),
    subscriptions: resolveLimit('LIMIT_SUBSCRIPTIONS'),
    turns: resolveLimit('LIMIT_TURNS'),
    operationsPerSecond: resolveLimit('LIMIT_OPERATION_RATE'),
    promptBytesPerMinute: resolveLimit('LIMIT_PROMPT_RATE'),
    sessionsPerHour: resolveLimit('LIMIT_SESSION_RATE'),
  };
  const ip: CallerLimits = {
    sockets: resolveLimit('LIMIT_SOCKETS_PER_IP'),
    subscriptions: resolveLimit('LIMIT_SUBSCRIPTIONS_PER_IP'),
    turns: resolveLimit('LIMIT_TURNS_PER_IP'),
    operationsPerSecond: resolveLimit('LIMIT_OPERATION_RATE_PER_IP'),
    promptBytesPerMinute: resolveLimit('LIMIT_PROMPT_RATE_PER_IP'),
    sessionsPerHour: resolveLimit('LIMIT_SESSION_RATE_PER_IP'),
  };
  return {
    viewer,
    ip,
    sessionsPerViewer: resolveLimit('LIMIT_SESSIONS'),
    document: {
      tokens: given.LIMIT_QUERY_TOKENS,
      depth: given.LIMIT_QUERY_DEPTH,
      aliases: given.LIMIT_QUERY_ALIASES,
      rootFields: given.LIMIT_QUERY_ROOT_FIELDS,
      cost: given.LIMIT_QUERY_COST,
      variableValues: given.LIMIT_VARIABLE_VALUES,
    },
    operationTimeoutMs: given.LIMIT_OPERATION_TIME,
    maxStreamMs: given.LIMIT_STREAM_TIME,
  };
}
