import { LRUCache } from 'lru-cache';

import {
  AssembledText,
  type SentState,
  type TextOrigin,
  type TextPatch,
} from './assembled-text.ts';
import type { EventBase, EventByType, SessionEvent, StepBody } from './event.ts';
import type { LogPositions } from './log-positions.ts';

export interface StepOrigin {
  readonly occurredAt: Date;
  readonly turnMessageId: string | null;
  readonly agentId: string | null;
}

/** Returns the origin of a step that belongs to no turn. */
export function createSessionOrigin(): StepOrigin {
  return { occurredAt: new Date(), turnMessageId: null, agentId: null };
}

/** An entry of the log that never changes. */
export interface Step {
  readonly origin: StepOrigin;
  readonly body: StepBody;
  readonly byteSize: number;
}

export type LogEntry = Step | AssembledText;

/** What a reader holds of each text that is still open. */
export type SentTexts = Map<AssembledText, SentState>;

interface CachedPatch {
  readonly event: SessionEvent | undefined;
  readonly sent: SentState;
}

/** The patches of a text at one sequence number, keyed by the part of the text that a reader already has. */
interface CachedPatches {
  readonly sequence: number;
  readonly byKey: Map<number, CachedPatch | undefined>;
}

/** Small, because results that were serialized for an event live as long as the event. */
const MAX_CACHED = 32;

/**
 * Creates the events that the readers of one log receive. An event depends on the entry, the sequence and the
 * offset only, and readers at the same place get the same object: one execution and one serialization
 * serve all of them (S10 in docs/streaming.md).
 */
export class EventFactory {
  readonly #sessionId: string;
  readonly #positions: LogPositions;
  readonly #steps = new LRUCache<Step, SessionEvent>({ max: MAX_CACHED });
  readonly #patches = new LRUCache<AssembledText, CachedPatches>({ max: MAX_CACHED });
  #positionsRevision = 0;

  constructor(sessionId: string, positions: LogPositions) {
    this.#sessionId = sessionId;
    this.#positions = positions;
  }

  /** Returns undefined when the reader holds the whole text already; updates `sent`. */
  createEvent(entry: LogEntry, sent: SentTexts, sequence: number): SessionEvent | undefined {
    this.#dropStaleCursors();
    return entry instanceof AssembledText
      ? this.#createTextEvent(entry, sent, sequence)
      : this.#createStepEvent(entry, sequence);
  }

  /** Cached events carry cursors, which name journal events. */
  #dropStaleCursors(): void {
    const { revision } = this.#positions;
    if (revision === this.#positionsRevision) return;
    this.#positionsRevision = revision;
    this.#steps.clear();
    this.#patches.clear();
  }

  #createStepEvent(step: Step, sequence: number): SessionEvent {
    const known = this.#steps.get(step);
    if (known) return known;
    const event = { ...this.#createBase(step.origin, sequence), ...step.body };
    this.#steps.set(step, event);
    return event;
  }

  #createTextEvent(
    text: AssembledText,
    sent: SentTexts,
    sequence: number,
  ): SessionEvent | undefined {
    const patch = this.#findOrCreatePatch(text, sent.get(text), sequence);
    if (!patch) return undefined;
    if (text.isOpen) sent.set(text, patch.sent);
    else sent.delete(text);
    return patch.event;
  }

  #findOrCreatePatch(
    text: AssembledText,
    sent: SentState | undefined,
    sequence: number,
  ): CachedPatch | undefined {
    const { byKey } = this.#getPatches(text, sequence);
    const key = computePatchKey(text.findPatchOffset(sent), sent);
    if (byKey.has(key)) return byKey.get(key);
    const created = text.createPatch(sent);
    const base = this.#createBase({ ...text.origin, occurredAt: text.changedAt }, sequence);
    const patch = created && {
      event: createDeltaEvent(base, text.origin, created.patch),
      sent: created.sent,
    };
    byKey.set(key, patch);
    return patch;
  }

  /** A text that changes gets another sequence number, so that a number stands for one state of the text. */
  #getPatches(text: AssembledText, sequence: number): CachedPatches {
    const known = this.#patches.get(text);
    if (known?.sequence === sequence) return known;
    const patches: CachedPatches = { sequence, byKey: new Map() };
    this.#patches.set(text, patches);
    return patches;
  }

  #createBase({ occurredAt, turnMessageId, agentId }: StepOrigin, sequence: number): EventBase {
    const cursor = this.#positions.encodeCursor(sequence);
    return { cursor, sessionId: this.#sessionId, occurredAt, turnMessageId, agentId };
  }
}

/** The key of readers that hold nothing of the text. */
const NO_OFFSET_KEY = -1;

/** Tells apart readers at the same offset: one that must go back gets a patch even if no text follows. */
function computePatchKey(offset: number | undefined, sent: SentState | undefined): number {
  return offset === undefined ? NO_OFFSET_KEY : offset * 2 + (offset === sent?.length ? 0 : 1);
}

/** Returns undefined for the end of a tool's output, which the tool call itself reports. */
function createDeltaEvent(
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
