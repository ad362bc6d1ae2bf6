import { type DestinationStream, type Logger, pino } from 'pino';

import { Failure } from '../errors/gateway-error.ts';

/** One JSON record a line. */
export function openLog(level: string, destination: DestinationStream): Logger {
  return pino({ level, base: null, serializers: { err: describeError } }, destination);
}

/** An expected failure says what it is; where it was raised is of use for a fault only, and names the installation. */
function describeError(error: unknown): unknown {
  if (error instanceof Failure) return { code: error.code, message: error.message };
  return error instanceof Error ? pino.stdSerializers.err(error) : error;
}
