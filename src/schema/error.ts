import type { TurnError } from '../events/turn.ts';
import { type ErrorCode, errorCodes } from '../resolvers/errors.ts';
import { builder } from './builder.ts';

const errorDescriptions = {
  UNAUTHENTICATED: 'The credentials are missing, expired or not valid here.',
  BAD_USER_INPUT: 'The request is not valid; the message names the field.',
  LIMIT_EXCEEDED: 'The request is larger than this server allows.',
  RATE_LIMITED: 'Too much at once or in too short a time; `retryAfterMs` says when to try again.',
  FORBIDDEN: 'Not allowed from this origin or for this viewer.',
  DOCUMENT_NOT_TRUSTED: 'The server runs listed documents only, and this is none of them.',
  SESSION_NOT_FOUND: 'There is no such session.',
  SESSION_EXISTS: 'There is a session of this name already.',
  SESSION_BUSY: 'A turn is running.',
  SESSION_CORRUPT: 'The history of the session cannot be read.',
  CURSOR_EXPIRED:
    'The position is lost: drop the screen, query `cursor` and `messages`, subscribe again. Not retryable as it stands.',
  REQUEST_NOT_FOUND: 'The session never had such a request.',
  TURN_NOT_FOUND: 'There is no such turn.',
  GITHUB_AUTH_REQUIRED: 'A GitHub account is needed, and the runtime is not signed in to one.',
  POLICY_BLOCKED: 'A policy of the organisation does not allow this.',
  NOT_SUPPORTED: 'This version of the runtime does not support this.',
  MODEL_NOT_FOUND: 'There is no such model.',
  RUNTIME_UNAVAILABLE: 'The runtime is not there right now.',
  RUNTIME_TIMEOUT: 'The runtime did not answer in time.',
  CLOUD_START_TIMEOUT: 'The machine of a cloud session did not start in time; nothing was sent.',
  MODEL_ERROR: 'The model call failed.',
  MODEL_AUTHENTICATION:
    "The model provider refused the credentials, or the key of the session's own one must be given again.",
  MODEL_RATE_LIMITED: 'The model provider refuses requests for now.',
  QUOTA_EXCEEDED: 'The quota of the account is used up.',
  CONTEXT_LIMIT_EXCEEDED: 'The conversation does not fit into the context window of the model.',
  TURN_STALLED: 'Nothing was heard of the turn for too long, and it was stopped.',
  TURN_INTERRUPTED: 'The runtime or the gateway ended before the turn had.',
  SHUTTING_DOWN: 'The gateway is about to end; ask again in a moment.',
  INTERNAL_SERVER_ERROR: 'A fault of the gateway; the request id finds it in the log.',
} satisfies Record<ErrorCode, string>;

export const ErrorCodeRef = builder.enumType('ErrorCode', {
  description:
    'Why an operation (`errors[].extensions.code`) or a turn (`TurnError.code`) failed. Values are added over time.',
  values: Object.fromEntries(
    (Object.keys(errorCodes) as ErrorCode[]).map((code) => [
      code,
      { description: errorDescriptions[code] },
    ]),
  ) as Record<ErrorCode, { description: string }>,
});

export const TurnErrorRef = builder.objectRef<TurnError>('TurnError').implement({
  description: 'Why a turn failed.',
  fields: (t) => ({
    code: t.expose('code', { type: ErrorCodeRef, description: 'What kind of failure it is.' }),
    message: t.exposeString('message', { description: 'For people; may change.' }),
    retryable: t.exposeBoolean('retryable', {
      description: 'Whether sending the same message again may work.',
    }),
    retryAfterMs: t.exposeInt('retryAfterMs', {
      nullable: true,
      description: 'How long to wait before that, in milliseconds, when it is known.',
    }),
    statusCode: t.exposeInt('statusCode', {
      nullable: true,
      description: 'HTTP status of the model provider, when it answered.',
    }),
    url: t.exposeString('url', {
      nullable: true,
      description: 'Where more can be read or done about it.',
    }),
  }),
});
