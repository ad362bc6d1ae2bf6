import type { SessionEvent as RuntimeEvent } from '@github/copilot-sdk';

import type { Change } from './change.ts';

export type EventData<T extends RuntimeEvent['type']> = Extract<RuntimeEvent, { type: T }>['data'];

/** The fields of every runtime event that translations use beside its data. */
export interface EventEnvelope {
  readonly id: string;
  readonly occurredAt: Date;
  /** Null for the main agent. */
  readonly agentId: string | null;
}

export type Translation<T extends RuntimeEvent['type']> = (
  data: EventData<T>,
  envelope: EventEnvelope,
) => Change[];

/** The translations of some event types. */
export type Translations = { readonly [T in RuntimeEvent['type']]?: Translation<T> };
