import { once } from 'node:events';
import type { AddressInfo, Server } from 'node:net';

import type { Endpoint } from './serve-fan-out.ts';

/** The part of our schema that is measured, as somebody would write it who needs only this. */
export const typeDefs = `
  enum DeltaKind { CONTENT REASONING }
  enum DeltaState { STREAMING COMPLETE DISCARDED }
  type MessageDelta {
    cursor: String!
    messageId: ID!
    kind: DeltaKind!
    offset: Int!
    text: String!
    state: DeltaState!
  }
  type Query { ok: Boolean! }
  type Subscription { messageDelta(sessionId: ID!): MessageDelta! }
`;

export const SESSION_ID = 'fan-out';
export const deltaFields = 'cursor messageId kind offset text state';

export function peerEndpoint(port: number): Endpoint {
  return {
    url: `ws://127.0.0.1:${port}/graphql`,
    query: `subscription Deltas($sessionId: ID!) { messageDelta(sessionId: $sessionId) { ${deltaFields} } }`,
    variables: { sessionId: SESSION_ID },
  };
}

/** @returns the port */
export async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}
