import type { CallerLimits, LimitsConfig } from '../admission/limits.ts';
import {
  bytes,
  count,
  countOrOff,
  duration,
  durationOrOff,
  type Given,
  type Parsed,
} from './formats.ts';

const callerLimitSettings = {
  LIMIT_SOCKETS: createCallerLimit('20', 'WebSockets of one viewer'),
  LIMIT_SOCKETS_PER_IP: createCallerLimit('100', 'WebSockets from one IP address'),
  LIMIT_SUBSCRIPTIONS: createCallerLimit('100', 'subscriptions of one viewer'),
  LIMIT_SUBSCRIPTIONS_PER_IP: createCallerLimit('500', 'subscriptions from one IP address'),
  LIMIT_TURNS: createCallerLimit('20', 'running and queued turns of one viewer'),
  LIMIT_TURNS_PER_IP: createCallerLimit('100', 'running and queued turns from one IP address'),
  LIMIT_OPERATION_RATE: createCallerLimit('50', 'operations per second of one viewer'),
  LIMIT_OPERATION_RATE_PER_IP: createCallerLimit(
    '200',
    'operations per second from one IP address',
  ),
  LIMIT_PROMPT_RATE: createCallerLimit(
    '33554432',
    'bytes of prompts and attachments per minute of one viewer',
  ),
  LIMIT_PROMPT_RATE_PER_IP: createCallerLimit(
    '134217728',
    'bytes of prompts and attachments per minute from one IP address',
  ),
  LIMIT_SESSION_RATE: createCallerLimit('1000', 'sessions that one viewer may create per hour'),
  LIMIT_SESSION_RATE_PER_IP: createCallerLimit(
    '5000',
    'sessions that may be created from one IP address per hour',
  ),
  LIMIT_SESSIONS: createCallerLimit('1000', 'sessions that one viewer may have'),
};

export const limitSettings = {
  LIMIT_PROMPT_BYTES: bytes.prefault('262144').describe('largest prompt'),
  LIMIT_ATTACHMENT_BYTES: bytes
    .prefault('8388608')
    .describe("largest sum of a message's attachments, before base64"),
  LIMIT_BODY_BYTES: bytes.prefault('12582912').describe('largest request body'),
  LIMIT_MESSAGE_BYTES: bytes
    .prefault('4194304')
    .describe(
      'text of one message that is kept while it is streamed; a longer text is sent as a whole when it is complete',
    ),
  LIMIT_LOG_BYTES: bytes
    .prefault('8388608')
    .describe('events that are kept in memory for each live session'),
  LIMIT_LOG_AGE: duration
    .prefault('1h')
    .describe('longest time that they are kept; older events are read from the journal again'),
  LIMIT_STALLED_CLIENT: duration
    .prefault('30s')
    .describe('a client that accepts no bytes for this long is disconnected'),
  LIMIT_SOCKET_MESSAGE_BYTES: bytes
    .prefault('1048576')
    .describe('largest message over a WebSocket; send larger ones over HTTP'),
  LIMIT_SOCKET_INIT: duration
    .prefault('10s')
    .describe('a WebSocket without a `connection_init` message after this time is closed'),
  LIMIT_QUERY_TOKENS: count.prefault('2000').describe('tokens of a document'),
  LIMIT_QUERY_DEPTH: count.prefault('16').describe('nesting of the fields of a document'),
  LIMIT_QUERY_ALIASES: count.prefault('30').describe('aliases in a document'),
  LIMIT_QUERY_ROOT_FIELDS: count.prefault('10').describe('root fields of an operation'),
  LIMIT_QUERY_COST: count
    .prefault('25000')
    .describe('objects that an operation may return, every page counted as full'),
  LIMIT_VARIABLE_VALUES: count.prefault('1000').describe('values in the variables of an operation'),
  LIMIT_OPERATION_TIME: duration
    .prefault('1m')
    .describe(
      'a query or mutation that takes longer is stopped; `timeoutMs` of `finishedTurn` is added',
    ),
  LIMIT_STREAM_TIME: durationOrOff
    .prefault('12h')
    .describe(
      'a subscription over SSE and a WebSocket are ended after this time, and the client resumes; or `off`',
    ),
  ...callerLimitSettings,
};

/** A limit for each caller. Without authentication it is off: one caller would use up the limit of all others. */
function createCallerLimit(defaultLimit: string, description: string) {
  return countOrOff.prefault(defaultLimit).meta({
    documentedDefault: `${defaultLimit}, off with AUTH=none`,
    description: `${description}; or \`off\``,
  });
}

interface LimitsOptions {
  readonly settings: Parsed<typeof limitSettings>;
  /** The settings that the operator has set. */
  readonly given: Given<typeof callerLimitSettings>;
  readonly isAuthDisabled: boolean;
}

export function toLimitsConfig({ settings, given, isAuthDisabled }: LimitsOptions): LimitsConfig {
  const resolveLimit = (name: keyof typeof callerLimitSettings): number | null =>
    isAuthDisabled && given[name] === undefined ? null : settings[name];
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
      tokens: settings.LIMIT_QUERY_TOKENS,
      depth: settings.LIMIT_QUERY_DEPTH,
      aliases: settings.LIMIT_QUERY_ALIASES,
      rootFields: settings.LIMIT_QUERY_ROOT_FIELDS,
      cost: settings.LIMIT_QUERY_COST,
      variableValues: settings.LIMIT_VARIABLE_VALUES,
    },
    operationTimeoutMs: settings.LIMIT_OPERATION_TIME,
    maxStreamMs: settings.LIMIT_STREAM_TIME,
  };
}
