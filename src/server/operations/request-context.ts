import type { AcceptedCaller } from '../../auth/authentication.ts';
import type { Context } from '../../resolvers/context.ts';

/** Known before the request is read, so that a refusal of any stage carries it. */
export interface RequestContext {
  readonly correlationId: string;
  /** Whom it counts for, as `ipOf` gives it. */
  readonly ip: string;
  readonly lastEvent: Context['lastEvent'];
  /** Set before a GraphQL request is read; without it none is. */
  caller?: AcceptedCaller;
}

/** What the gateway gives each request; Yoga types it as its own context there, without ours. */
export function getRequestContext({ serverContext }: { serverContext: unknown }): RequestContext {
  return serverContext as RequestContext;
}
