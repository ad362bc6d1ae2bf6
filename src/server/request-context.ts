import type { Accepted } from '../auth/authentication.ts';
import type { Context } from '../resolvers/context.ts';

/** Known before the request is read, so that a refusal of any stage carries it. */
export interface RequestContext {
  readonly requestId: string;
  readonly position: Context['position'];
  /** Set before a GraphQL request is read; without it none is. */
  caller?: Accepted;
}
