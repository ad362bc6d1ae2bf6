import type { TimelineSubscription } from '../generated/graphql.ts';

type Event = TimelineSubscription['sessionEvents'];
type Name = Event['__typename'];

export type EventOf<N extends Name> = Extract<Event, { readonly __typename: N }>;

/** What to do on events, by their type; types are added over time, and those that are not named are passed over. */
export type Reactions = { readonly [N in Name]?: (event: EventOf<N>) => void };

export function react<N extends Name>(reactions: Reactions, event: EventOf<N>): void {
  const reaction: ((event: EventOf<N>) => void) | undefined = reactions[event.__typename];
  reaction?.(event);
}
