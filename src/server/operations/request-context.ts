import type { Accepted } from '../../auth/authentication.ts';
import type { Context } from '../../resolvers/context.ts';

/** Known before the request is read, so that a refusal of any stage carries it. */
export interface RequestContext {
  readonly requestId: string;
  /** Whom it counts for, as `ipOf` gives it. */
  readonly ip: string;
  readonly position: Context['position'];
  /** Set before a GraphQL request is read; without it none is. */
  caller?: Accepted;
}

/** What the gateway gives each request; Yoga types it as its own context there, without ours. */
export function requestContextOf({ serverContext }: { serverContext: unknown }): RequestContext {
  return serverContext as RequestContext;
}
