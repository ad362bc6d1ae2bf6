import { deltaEvent } from './delta-event.ts';
import type { EventBase, SessionEvent, StepBody } from './event.ts';
import { RecentMap } from './recent-map.ts';
import type { AssembledText, Sent } from './text-assembly.ts';

export interface StepOrigin {
  readonly occurredAt: Date;
  readonly turnMessageId: string | null;
  readonly agentId: string | null;
}

/** Of what belongs to no turn. */
export function ofSession(): StepOrigin {
  return { occurredAt: new Date(), turnMessageId: null, agentId: null };
}

/** A change that is kept as it is. */
export interface Step {
  readonly origin: StepOrigin;
  readonly body: StepBody;
  readonly weight: number;
}

interface Cut {
  readonly event: SessionEvent | undefined;
  readonly sent: Sent;
}

/** What was cut of a text at one place of the log, by what its readers had of it. */
interface Cuts {
  readonly sequence: number;
  readonly byOffset: Map<number, Cut | undefined>;
}

const KEPT = 32;
/** Of a reader that has nothing of the text. */
const NOTHING = -1;

/** A reader that must go back gets a patch even when nothing follows; one that has all so far gets none. */
function placeOf(offset: number | undefined, sent: Sent | undefined): number {
  return offset === undefined ? NOTHING : offset * 2 + (offset === sent?.length ? 0 : 1);
}

/**
 * The events that the readers of one log get. Readers at the same place get the same object, so that what
 * is made of it for one of them serves all.
 */
export class LogEvents {
  readonly #sessionId: string;
  readonly #cursorAt: (sequence: number) => string;
  /** Of the newest changes only: what is made of an event is kept with it. */
  readonly #steps = new RecentMap<Step, SessionEvent>(KEPT);
  readonly #cuts = new RecentMap<AssembledText, Cuts>(KEPT);

  constructor(sessionId: string, cursorAt: (sequence: number) => string) {
    this.#sessionId = sessionId;
    this.#cursorAt = cursorAt;
  }

  ofStep(step: Step, sequence: number): SessionEvent {
    const known = this.#steps.get(step);
    if (known) return known;
    const event = { ...this.#base(step.origin, sequence), ...step.body };
    this.#steps.set(step, event);
    return event;
  }

  /** Undefined when the reader has it all. */
  ofText(
    text: AssembledText,
    sent: Map<AssembledText, Sent>,
    sequence: number,
  ): SessionEvent | undefined {
    const cut = this.#cut(text, sent.get(text), sequence);
    if (!cut) return undefined;
    if (text.isOpen) sent.set(text, cut.sent);
    else sent.delete(text);
    return cut.event;
  }

  /** The positions of what was given out have changed. */
  forget(): void {
    this.#steps.clear();
    this.#cuts.clear();
  }

  #cut(text: AssembledText, sent: Sent | undefined, sequence: number): Cut | undefined {
    const { byOffset } = this.#cutsAt(text, sequence);
    const place = placeOf(text.offsetFor(sent), sent);
    if (byOffset.has(place)) return byOffset.get(place);
    const next = text.patchFor(sent);
    const base = this.#base({ ...text.origin, occurredAt: text.changedAt }, sequence);
    const cut = next && { event: deltaEvent(base, text.origin, next.patch), sent: next.sent };
    byOffset.set(place, cut);
    return cut;
  }

  /** A text that changes is given another place, so that a place stands for one state of it. */
  #cutsAt(text: AssembledText, sequence: number): Cuts {
    const known = this.#cuts.get(text);
    if (known?.sequence === sequence) return known;
    const cuts: Cuts = { sequence, byOffset: new Map() };
    this.#cuts.set(text, cuts);
    return cuts;
  }

  #base({ occurredAt, turnMessageId, agentId }: StepOrigin, sequence: number): EventBase {
    const cursor = this.#cursorAt(sequence);
    return { cursor, sessionId: this.#sessionId, occurredAt, turnMessageId, agentId };
  }
}
