import type { AssembledText, SentState, TextOrigin,TextPatch } from './assembled-text.ts';
import { BoundedMap } from './bounded-map.ts';
import type { EventBase, EventByType,SessionEvent, StepBody } from './event.ts';

export interface StepOrigin {
  readonly occurredAt: Date;
  readonly turnMessageId: string | null;
  readonly agentId: string | null;
}

/** Of what belongs to no turn. */
export function createSessionOrigin(): StepOrigin {
  return { occurredAt: new Date(), turnMessageId: null, agentId: null };
}

/** A change that is kept as it is. */
export interface Step {
  readonly origin: StepOrigin;
  readonly body: StepBody;
  readonly byteSize: number;
}

interface CachedPatch {
  readonly event: SessionEvent | undefined;
  readonly sent: SentState;
}

/** What was cut of a text at one place of the log, by what its readers had of it. */
interface CachedPatches {
  readonly sequence: number;
  readonly byKey: Map<number, CachedPatch | undefined>;
}

const MAX_CACHED = 32;
/** Of a reader that has nothing of the text. */
const NO_OFFSET = -1;

/** A reader that must go back gets a patch even when nothing follows; one that has all so far gets none. */
function computePatchKey(offset: number | undefined, sent: SentState | undefined): number {
  return offset === undefined ? NO_OFFSET : offset * 2 + (offset === sent?.length ? 0 : 1);
}

/**
 * The events that the readers of one log get. Readers at the same place get the same object, so that what
 * is made of it for one of them serves all.
 */
export class EventFactory {
  readonly #sessionId: string;
  readonly #encodeCursor: (sequence: number) => string;
  /** Of the newest changes only: what is made of an event is kept with it. */
  readonly #steps = new BoundedMap<Step, SessionEvent>(MAX_CACHED);
  readonly #patches = new BoundedMap<AssembledText, CachedPatches>(MAX_CACHED);

  constructor(sessionId: string, cursorAt: (sequence: number) => string) {
    this.#sessionId = sessionId;
    this.#encodeCursor = cursorAt;
  }

  createStepEvent(step: Step, sequence: number): SessionEvent {
    const known = this.#steps.get(step);
    if (known) return known;
    const event = { ...this.#createBase(step.origin, sequence), ...step.body };
    this.#steps.set(step, event);
    return event;
  }

  /** Undefined when the reader has it all. */
  createTextEvent(
    text: AssembledText,
    sent: Map<AssembledText, SentState>,
    sequence: number,
  ): SessionEvent | undefined {
    const cut = this.#cutPatch(text, sent.get(text), sequence);
    if (!cut) return undefined;
    if (text.isOpen) sent.set(text, cut.sent);
    else sent.delete(text);
    return cut.event;
  }

  /** The positions of what was given out have changed. */
  clearCache(): void {
    this.#steps.clear();
    this.#patches.clear();
  }

  #cutPatch(
    text: AssembledText,
    sent: SentState | undefined,
    sequence: number,
  ): CachedPatch | undefined {
    const { byKey } = this.#getPatches(text, sequence);
    const place = computePatchKey(text.findPatchOffset(sent), sent);
    if (byKey.has(place)) return byKey.get(place);
    const next = text.createPatch(sent);
    const base = this.#createBase({ ...text.origin, occurredAt: text.changedAt }, sequence);
    const cut = next && { event: createDeltaEvent(base, text.origin, next.patch), sent: next.sent };
    byKey.set(place, cut);
    return cut;
  }

  /** A text that changes is given another place, so that a place stands for one state of it. */
  #getPatches(text: AssembledText, sequence: number): CachedPatches {
    const known = this.#patches.get(text);
    if (known?.sequence === sequence) return known;
    const cuts: CachedPatches = { sequence, byKey: new Map() };
    this.#patches.set(text, cuts);
    return cuts;
  }

  #createBase({ occurredAt, turnMessageId, agentId }: StepOrigin, sequence: number): EventBase {
    const cursor = this.#encodeCursor(sequence);
    return { cursor, sessionId: this.#sessionId, occurredAt, turnMessageId, agentId };
  }
}

/** Undefined for the end of a tool's output: the tool call itself says that. */
export function createDeltaEvent(
  base: EventBase,
  { id, kind }: TextOrigin,
  patch: TextPatch,
): EventByType<'message.delta' | 'tool.output_delta'> | undefined {
  if (kind !== 'TOOL_OUTPUT') {
    return { ...base, type: 'message.delta', messageId: id, kind, ...patch };
  }
  const { offset, text } = patch;
  return text === ''
    ? undefined
    : { ...base, type: 'tool.output_delta', toolCallId: id, offset, text };
}
