export interface Setting {
  readonly name: string;
  /**
   * As an environment variable would say it; in words where it depends on other settings; `-` for
   * none.
   */
  readonly default: string;
  readonly meaning: string;
}

/** The part of the settings' table that bounds what clients may ask for. */
export const limitSettings = [
  { name: 'LIMIT_PROMPT_BYTES', default: '262144', meaning: 'largest prompt' },
  {
    name: 'LIMIT_ATTACHMENT_BYTES',
    default: '8388608',
    meaning: "largest sum of a message's attachments, before base64",
  },
  {
    name: 'LIMIT_BODY_BYTES',
    default: '12582912',
    meaning: 'largest request body',
  },
  {
    name: 'LIMIT_MESSAGE_BYTES',
    default: '4194304',
    meaning:
      'text of one message that is held while it is written; a longer one comes whole at its end',
  },
  {
    name: 'LIMIT_LOG_BYTES',
    default: '8388608',
    meaning: 'events kept in memory for each live session',
  },
  {
    name: 'LIMIT_LOG_AGE',
    default: '1h',
    meaning: 'for this long, at most; what is older is read from the journal again',
  },
  {
    name: 'LIMIT_STALLED_CLIENT',
    default: '30s',
    meaning: 'a client that accepts no bytes for this long is disconnected',
  },
  {
    name: 'LIMIT_SOCKET_MESSAGE_BYTES',
    default: '1048576',
    meaning: 'largest message over a WebSocket; larger ones go over HTTP',
  },
  {
    name: 'LIMIT_SOCKET_INIT',
    default: '10s',
    meaning: 'a WebSocket that has not said who is asking after this time is closed',
  },
  {
    name: 'LIMIT_QUERY_TOKENS',
    default: '2000',
    meaning: 'tokens of a document',
  },
  {
    name: 'LIMIT_QUERY_DEPTH',
    default: '16',
    meaning: 'nesting of the fields of a document',
  },
  {
    name: 'LIMIT_QUERY_ALIASES',
    default: '30',
    meaning: 'aliases in a document',
  },
  {
    name: 'LIMIT_QUERY_ROOT_FIELDS',
    default: '10',
    meaning: 'root fields of an operation',
  },
  {
    name: 'LIMIT_QUERY_COST',
    default: '25000',
    meaning: 'objects that an operation may give, pages counted as full',
  },
  {
    name: 'LIMIT_VARIABLE_VALUES',
    default: '1000',
    meaning: 'values in the variables of an operation',
  },
  {
    name: 'LIMIT_OPERATION_TIME',
    default: '1m',
    meaning:
      'a query or mutation that takes longer is ended; `timeoutMs` of `finishedTurn` comes on top',
  },
  {
    name: 'LIMIT_STREAM_TIME',
    default: '12h',
    meaning:
      'a subscription over SSE or a WebSocket is ended after this time, for its client to go on; or `off`',
  },
  {
    name: 'LIMIT_SOCKETS',
    default: '20, off with AUTH=none',
    meaning: 'WebSockets of one viewer; or `off`',
  },
  {
    name: 'LIMIT_SOCKETS_PER_IP',
    default: '100, off with AUTH=none',
    meaning: 'WebSockets from one IP address; or `off`',
  },
  {
    name: 'LIMIT_SUBSCRIPTIONS',
    default: '100, off with AUTH=none',
    meaning: 'subscriptions of one viewer; or `off`',
  },
  {
    name: 'LIMIT_SUBSCRIPTIONS_PER_IP',
    default: '500, off with AUTH=none',
    meaning: 'subscriptions from one IP address; or `off`',
  },
  {
    name: 'LIMIT_TURNS',
    default: '20, off with AUTH=none',
    meaning: 'turns that run or wait of one viewer; or `off`',
  },
  {
    name: 'LIMIT_TURNS_PER_IP',
    default: '100, off with AUTH=none',
    meaning: 'turns that run or wait from one IP address; or `off`',
  },
  {
    name: 'LIMIT_OPERATION_RATE',
    default: '50, off with AUTH=none',
    meaning: 'operations a second of one viewer; or `off`',
  },
  {
    name: 'LIMIT_OPERATION_RATE_PER_IP',
    default: '200, off with AUTH=none',
    meaning: 'operations a second from one IP address; or `off`',
  },
  {
    name: 'LIMIT_PROMPT_RATE',
    default: '33554432, off with AUTH=none',
    meaning: 'bytes of prompts and attachments a minute of one viewer; or `off`',
  },
  {
    name: 'LIMIT_PROMPT_RATE_PER_IP',
    default: '134217728, off with AUTH=none',
    meaning: 'bytes of prompts and attachments a minute from one IP address; or `off`',
  },
  {
    name: 'LIMIT_SESSION_RATE',
    default: '1000, off with AUTH=none',
    meaning: 'sessions that one viewer may make in an hour; or `off`',
  },
  {
    name: 'LIMIT_SESSION_RATE_PER_IP',
    default: '5000, off with AUTH=none',
    meaning: 'sessions that may be made from one IP address in an hour; or `off`',
  },
  {
    name: 'LIMIT_SESSIONS',
    default: '1000, off with AUTH=none',
    meaning: 'sessions that one viewer may have; or `off`',
  },
  {
    name: 'TRUST_PROXY',
    default: '0',
    meaning:
      'reverse proxies in front, each of which adds to `X-Forwarded-For` whom it was called by',
  },
] as const;

/** About sessions that nobody uses any more; part of the list of all settings. */
export const cleanupSettings = [
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

/** Everything that can be set, for the documentation and for the defaults in `config.ts`. */
export const settings = [
  { name: 'HOST', default: '127.0.0.1', meaning: 'address that GraphQL is served on' },
  { name: 'PORT', default: '4000', meaning: 'port that GraphQL is served on; 0 for any free one' },
  {
    name: 'CLI_URL',
    default: '-',
    meaning:
      'headless CLI to connect to, `host:port`; absent: the runtime bundled with the SDK is started and supervised',
  },
  {
    name: 'COPILOT_CONNECTION_TOKEN',
    default: '-',
    meaning:
      'token that the CLI at CLI_URL asks for; the bundled runtime has no port and needs none',
  },
  {
    name: 'DATA_DIR',
    default: '.copilot-gateway',
    meaning:
      "folder of one gateway's session directory and bundled runtime; relative to the working directory",
  },
  {
    name: 'COPILOT_HOME',
    default: 'DATA_DIR/runtime',
    meaning: 'state of the bundled runtime; not together with CLI_URL',
  },
  {
    name: 'COPILOT_GITHUB_TOKEN',
    default: '-',
    meaning: 'service account of the bundled runtime; not together with CLI_URL',
  },
  {
    name: 'PROVIDER_TYPE',
    default: 'openai',
    meaning: 'kind of your own model provider: `openai`, `azure` or `anthropic`',
  },
  {
    name: 'PROVIDER_BASE_URL',
    default: '-',
    meaning: "your own model provider instead of GitHub's; needs MODEL",
  },
  { name: 'PROVIDER_API_KEY', default: '-', meaning: 'its key' },
  {
    name: 'PROVIDER_HOSTS',
    default: '-',
    meaning:
      "hosts that a client's own provider may be at, comma-separated, such as `models.example.com`, `*.example.com`, `10.0.0.5:8443`; [absent](accounts.md#hosts): none, or any public one on loopback with AUTH=none",
  },
  {
    name: 'MODEL',
    default: '-',
    meaning:
      "models of that provider, comma-separated; its first, or the account's one, when a session names none",
  },
  {
    name: 'PROFILES_FILE',
    default: '-',
    meaning: 'JSON with named [profiles](profiles.md); absent: one profile of the name `default`',
  },
  {
    name: 'AUTH',
    default: 'none',
    meaning:
      'who may call: `none` lets in anyone who can connect, `tokens`, `jwt` and `github` ask for a bearer token',
  },
  {
    name: 'AUTH_TOKENS_FILE',
    default: '-',
    meaning:
      'for `tokens`: JSON array of `{ "sha256": hex of the token, "viewer": id, "name"?, "roles": ["user" or "operator"] }`',
  },
  { name: 'JWT_ISSUER', default: '-', meaning: 'for `jwt`: whose tokens count' },
  { name: 'JWT_AUDIENCE', default: '-', meaning: 'for `jwt`: whom the tokens must be meant for' },
  {
    name: 'JWKS_URL',
    default: '-',
    meaning: "for `jwt`: the public keys; absent: those of the issuer's discovery document",
  },
  {
    name: 'JWT_ALGORITHMS',
    default: 'RS256',
    meaning:
      'for `jwt`: how tokens may be signed, comma-separated: RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512, EdDSA',
  },
  { name: 'JWT_LEEWAY', default: '30s', meaning: 'for `jwt`: how far the clocks may differ' },
  {
    name: 'JWKS_MAX_AGE',
    default: '10m',
    meaning: 'for `jwt`: the public keys are read again after this time',
  },
  {
    name: 'JWKS_COOLDOWN',
    default: '30s',
    meaning: 'for `jwt`: pause between two looks for a key that is not known',
  },
  {
    name: 'GITHUB_API_URL',
    default: 'https://api.github.com',
    meaning: 'for `github`: where tokens are checked',
  },
  {
    name: 'GITHUB_CACHE',
    default: '1m',
    meaning: "for `github`: how long GitHub's answer about a token counts",
  },
  {
    name: 'ALLOWED_VIEWERS',
    default: '-',
    meaning:
      'ids that may call, comma-separated: for `jwt` the subject, absent for all; for `github` the number of the account, or `*` for every account there is',
  },
  {
    name: 'OPERATORS',
    default: '-',
    meaning: 'for `jwt` and `github`: ids of the operators, comma-separated',
  },
  {
    name: 'ALLOW_INSECURE',
    default: '0',
    meaning: '`1` accepts a HOST beyond this machine with AUTH=none',
  },
  {
    name: 'ALLOWED_ORIGINS',
    default: 'same origin',
    meaning: 'origins whose pages may call, comma-separated: `https://app.example`',
  },
  {
    name: 'TRUSTED_DOCUMENTS',
    default: 'off',
    meaning:
      'what may run: `off` anything, `warn` anything but with a line in the log, `enforce` only [listed documents](clients.md#trusted-documents)',
  },
  {
    name: 'TRUSTED_DOCUMENTS_FILE',
    default: '-',
    meaning: 'JSON object of `{ "<sha256 of the document>": "<document>" }`',
  },
  {
    name: 'SESSION_IDLE_DISCONNECT',
    default: '10m',
    meaning:
      'a session without activity is released after this time and resumed on demand; or `off`',
  },
  {
    name: 'SESSION_SYNC_INTERVAL',
    default: '5m',
    meaning:
      'how often all sessions are compared with those of the runtime: what another process does in the same home is announced to nobody',
  },
  ...cleanupSettings,
  {
    name: 'TURN_STALL_TIMEOUT',
    default: '2m',
    meaning:
      'a turn of which nothing is heard for this long is stopped; a running tool may be silent',
  },
  {
    name: 'CLOUD_START_TIMEOUT_MS',
    default: '60000',
    meaning:
      'milliseconds that a message waits for the worker of a [cloud session](cloud.md); then its turn fails',
  },
  {
    name: 'GRAPHIQL',
    default: 'on with AUTH=none',
    meaning: 'query editor at the same address: `on` or `off`',
  },
  {
    name: 'INTROSPECTION',
    default: 'on with AUTH=none',
    meaning:
      'whether the schema is told and misspelt names are corrected: `on` or `off`; beyond loopback off by default',
  },
  {
    name: 'LOG_LEVEL',
    default: 'info',
    meaning: '`trace`, `debug`, `info`, `warn`, `error`, `fatal` or `silent`',
  },
  ...limitSettings,
  {
    name: 'RUNTIME_CALL_TIMEOUT',
    default: '30s',
    meaning: 'longest wait for an answer of the runtime',
  },
  {
    name: 'RUNTIME_PING_INTERVAL',
    default: '2s',
    meaning: 'pause between two checks of the connection',
  },
  {
    name: 'RUNTIME_PING_TIMEOUT',
    default: '5s',
    meaning: 'a check that takes longer means that the connection is lost',
  },
] as const satisfies readonly Setting[];

export type SettingName = (typeof settings)[number]['name'];

/** What the environment says, before it is checked. */
export type RawSettings = Readonly<Partial<Record<SettingName, string | undefined>>>;

/** Refused rather than ignored: someone who sets one relies on it, often for safety. */
export const unavailableSettings: readonly string[] = ['METRICS_PORT'];

export function getSettingDefault(name: SettingName): string {
  const setting = settings.find((candidate) => candidate.name === name);
  if (setting === undefined) throw new Error(`No setting ${name}`);
  return setting.default;
}
