import { type ErrorCode, errorCodes } from '../errors/error-codes.ts';
import type { TurnError } from '../events/turn.ts';
import { builder } from './builder.ts';

export const ErrorCodeRef = builder.enumType('ErrorCode', {
  description:
    'The reason why an operation failed (`errors[].extensions.code`) or why a turn failed (`TurnError.code`). New values may be added.',
  values: Object.fromEntries(
    Object.entries(errorCodes).map(([code, { description }]) => [code, { description }]),
  ) as Record<ErrorCode, { description: string }>,
});

export const TurnErrorRef = builder.objectRef<TurnError>('TurnError').implement({
  description: 'The error with which a turn failed.',
  fields: (t) => ({
    code: t.expose('code', { type: ErrorCodeRef, description: 'The kind of error.' }),
    message: t.exposeString('message', {
      description: 'A description of the error for display. The text may change.',
    }),
    retryable: t.exposeBoolean('retryable', {
      description: 'Whether the turn may succeed if the same message is sent again.',
    }),
    retryAfterMs: t.exposeInt('retryAfterMs', {
      nullable: true,
      description:
        'How long to wait before sending the message again, in milliseconds, or null if it is unknown.',
    }),
    statusCode: t.exposeInt('statusCode', {
      nullable: true,
      description:
        'The HTTP status code that the model provider returned, or null if there is none.',
    }),
    url: t.exposeString('url', {
      nullable: true,
      description: 'The URL of a page with more information or a remedy, or null if there is none.',
    }),
  }),
});
