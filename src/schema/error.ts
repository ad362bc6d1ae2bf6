import { type ErrorCode, errorCodes } from '../errors/error-codes.ts';
import type { TurnError } from '../events/turn.ts';
import { builder } from './builder.ts';

export const ErrorCodeRef = builder.enumType('ErrorCode', {
  description:
    'Why an operation (`errors[].extensions.code`) or a turn (`TurnError.code`) failed. New values may be added.',
  values: Object.fromEntries(
    Object.entries(errorCodes).map(([code, { description }]) => [code, { description }]),
  ) as Record<ErrorCode, { description: string }>,
});

export const TurnErrorRef = builder.objectRef<TurnError>('TurnError').implement({
  description: 'Why a turn failed.',
  fields: (t) => ({
    code: t.expose('code', { type: ErrorCodeRef, description: 'Kind of the error.' }),
    message: t.exposeString('message', {
      description: 'Explains the error to people. The text may change.',
    }),
    retryable: t.exposeBoolean('retryable', {
      description: 'Whether sending the same message again may succeed.',
    }),
    retryAfterMs: t.exposeInt('retryAfterMs', {
      nullable: true,
      description:
        'Time to wait before sending the message again, in milliseconds; null if unknown.',
    }),
    statusCode: t.exposeInt('statusCode', {
      nullable: true,
      description:
        'HTTP status of the response of the model provider; null if there was no response.',
    }),
    url: t.exposeString('url', {
      nullable: true,
      description: 'URL of a page with more information or a remedy.',
    }),
  }),
});
