/** A way to distribute the deltas of a session. */
export interface Variant {
  readonly name: string;
  readonly entry: string;
  /** Beside those of the endpoint. */
  readonly variables?: Readonly<Record<string, unknown>>;
}

export const relay: Variant = { name: 'raw ws relay', entry: 'fan-out/relay-server' };
export const gateway: Variant = { name: 'this gateway', entry: 'fan-out/gateway-server' };
export const coalescing: Variant = {
  ...gateway,
  name: 'this gateway, maxLatencyMs: 50',
  variables: { maxLatencyMs: 50 },
};
export const yoga: Variant = { name: 'Yoga recipe', entry: 'fan-out/yoga-server' };
export const graphqlWs: Variant = {
  name: 'graphql-ws recipe (Apollo Server)',
  entry: 'fan-out/graphql-ws-server',
};
export const mercurius: Variant = { name: 'Mercurius', entry: 'fan-out/mercurius-server' };

/** What others prescribe. */
export const peers: readonly Variant[] = [graphqlWs, yoga, mercurius];
