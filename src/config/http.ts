import { isLoopback } from '../net/loopback.ts';
import type { authSettings } from './auth.ts';
import { createEnumFormat, host, onOrOff, type Parsed, port, proxyCount } from './formats.ts';
import type { limitSettings } from './limits.ts';
import {
  toTrustedDocumentsConfig,
  type TrustedDocumentsConfig,
  type trustedDocumentsSettings,
} from './trusted-documents.ts';

export const httpSettings = {
  HOST: host.prefault('127.0.0.1').describe('IP address or host name to listen on'),
  PORT: port.prefault('4000').describe('port to listen on; `0` for any free port'),
  GRAPHIQL: onOrOff.optional().meta({
    documentedDefault: 'on with AUTH=none',
    description: 'serves the query editor GraphiQL at the same URL: `on` or `off`',
  }),
  INTROSPECTION: onOrOff.optional().meta({
    documentedDefault: 'on with AUTH=none',
    description:
      'allows introspection, and suggestions for misspelt names in errors: `on` or `off`; the default is `off` if HOST is not a loopback address',
  }),
  LOG_LEVEL: createEnumFormat(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])
    .prefault('info')
    .describe('`trace`, `debug`, `info`, `warn`, `error`, `fatal` or `silent`'),
  TRUST_PROXY: proxyCount
    .prefault('0')
    .describe(
      'number of reverse proxies in front, each of which appends the address of its client to `X-Forwarded-For`',
    ),
};

export interface HttpConfig {
  readonly host: string;
  /** Whether only this machine can connect. */
  readonly isLoopback: boolean;
  /** 0 for any free port. */
  readonly port: number;
  /** Origins whose pages may call, besides the gateway's own. */
  readonly allowedOrigins: readonly string[];
  readonly graphiql: boolean;
  /** Whether introspection is allowed, and errors suggest names of the schema. */
  readonly introspection: boolean;
  readonly trustedDocuments: TrustedDocumentsConfig;
  /** Whether any caller is accepted without credentials. */
  readonly isAuthDisabled: boolean;
  readonly maxBodyBytes: number;
  /** How long a client may accept none of the bytes that are buffered for it. */
  readonly stallTimeoutMs: number;
  readonly maxSocketMessageBytes: number;
  /** Time from opening a WebSocket until its `connection_init` message must have arrived. */
  readonly socketInitTimeoutMs: number;
  /** Number of trailing entries of `X-Forwarded-For` that trusted proxies appended. */
  readonly trustedProxyCount: number;
}

type Settings = Parsed<
  typeof httpSettings & typeof authSettings & typeof trustedDocumentsSettings & typeof limitSettings
>;

export function toHttpConfig(settings: Settings): HttpConfig {
  const isAuthDisabled = settings.AUTH === 'none';
  const isLocal = isLoopback(settings.HOST);
  const allowsAnyDocument = settings.TRUSTED_DOCUMENTS !== 'enforce';
  const defaultGraphiql = allowsAnyDocument && isAuthDisabled ? 'on' : 'off';
  const defaultIntrospection = allowsAnyDocument && isAuthDisabled && isLocal ? 'on' : 'off';
  return {
    host: settings.HOST,
    isLoopback: isLocal,
    port: settings.PORT,
    allowedOrigins: settings.ALLOWED_ORIGINS ?? [],
    graphiql: (settings.GRAPHIQL ?? defaultGraphiql) === 'on',
    introspection: (settings.INTROSPECTION ?? defaultIntrospection) === 'on',
    trustedDocuments: toTrustedDocumentsConfig(settings),
    isAuthDisabled,
    maxBodyBytes: settings.LIMIT_BODY_BYTES,
    stallTimeoutMs: settings.LIMIT_STALLED_CLIENT,
    maxSocketMessageBytes: settings.LIMIT_SOCKET_MESSAGE_BYTES,
    socketInitTimeoutMs: settings.LIMIT_SOCKET_INIT,
    trustedProxyCount: settings.TRUST_PROXY,
  };
}
