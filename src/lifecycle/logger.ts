import { type DestinationStream, type Logger, pino } from 'pino';

import { GatewayError } from '../errors/gateway-error.ts';

/** Creates the logger. Each record is one line of JSON. */
export function createLogger(level: string, destination: DestinationStream): Logger {
  return pino({ level, base: null, serializers: { err: serializeError } }, destination);
}

/** Logs an expected error by code and message. Its stack adds nothing, and contains paths of the installation. */
function serializeError(error: unknown): unknown {
  if (error instanceof GatewayError) return { code: error.code, message: error.message };
  return error instanceof Error ? pino.stdSerializers.err(error) : error;
}
