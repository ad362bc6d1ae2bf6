import type { AcceptedCaller } from '../../auth/authentication.ts';
import type { Context } from '../../resolvers/context.ts';

/** Context of an HTTP request before Yoga reads it: an error of any stage has its correlation id. */
export interface RequestContext {
  readonly correlationId: string;
  /** IP address or network that limits are counted for, see `getClientIp`. */
  readonly ip: string;
  readonly lastEvent: Context['lastEvent'];
  /** Set by `useAuthentication`; a request without a caller is not executed. */
  caller?: AcceptedCaller;
}

/** Returns the context that the gateway passed to Yoga, whose plugin payloads have it under a wider type. */
export function getRequestContext({ serverContext }: { serverContext: unknown }): RequestContext {
  return serverContext as RequestContext;
}
