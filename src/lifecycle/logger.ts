import { type DestinationStream, type Logger, pino } from 'pino';

import { GatewayError } from '../errors/gateway-error.ts';

/** One JSON record a line. */
export function createLogger(level: string, destination: DestinationStream): Logger {
  return pino({ level, base: null, serializers: { err: serializeError } }, destination);
}

/** An expected failure says what it is; where it was raised is of use for a fault only, and names the installation. */
function serializeError(error: unknown): unknown {
  if (error instanceof GatewayError) return { code: error.code, message: error.message };
  return error instanceof Error ? pino.stdSerializers.err(error) : error;
}
