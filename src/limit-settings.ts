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
