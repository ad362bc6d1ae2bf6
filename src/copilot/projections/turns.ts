import type { AssistantMessage, QueuedMessage } from '../../events/message.ts';
import { hasEnded, type Turn, type TurnError, type TurnState } from '../../events/turn.ts';
import { turnSumOf, type TurnUsage } from '../../events/usage.ts';
import { turnError } from '../translate/turn-error.ts';
import { TurnWaits } from './turn-waiters.ts';

const REMEMBERED = 64;

/**
 * The turns of one session, by the id of the message that started them. The runtime ends turns without
 * naming them (one idle may end several), so that the running one is tracked here.
 */
export class Turns {
  readonly #sessionId: string;
  readonly #changed: (turn: Turn) => void;
  readonly #turns = new Map<string, Turn>();
  readonly #waits = new TurnWaits();
  #running: string | null = null;
  /** The running turn of a runtime that was lost. */
  #cutOff: string | null = null;
  /** Sent to be taken up by the running turn, oldest first. */
  #joining: readonly QueuedMessage[] = [];
  /** The runtime has not got them: what happens to it does not touch them. */
  readonly #held = new Set<string>();
  /** Not dropped when the running turn is stopped. */
  #kept: ReadonlySet<string> = new Set();

  constructor(sessionId: string, changed: (turn: Turn) => void) {
    this.#sessionId = sessionId;
    this.#changed = changed;
  }

  /** The running turn's message id. */
  get running(): string | null {
    return this.#running;
  }

  get open(): Turn[] {
    return [...this.#turns.values()].filter((turn) => !hasEnded(turn));
  }

  get #sent(): Turn[] {
    return this.open.filter(({ messageId }) => !this.#held.has(messageId));
  }

  get joining(): readonly QueuedMessage[] {
    return this.#joining;
  }

  find(messageId: string): Turn | undefined {
    return this.#turns.get(messageId);
  }

  /** The running turn, else the next one. */
  get current(): Turn | undefined {
    return (this.#running === null ? undefined : this.#turns.get(this.#running)) ?? this.open[0];
  }

  queued(messageId: string, at: Date): Turn {
    return this.#turns.get(messageId) ?? this.#set(newTurn(this.#sessionId, messageId, at));
  }

  /** Queued, and not yet with the runtime. */
  hold(messageId: string, at: Date): void {
    this.#held.add(messageId);
    this.queued(messageId, at);
  }

  /** It is on its way to the runtime, or over. */
  release(messageId: string): void {
    this.#held.delete(messageId);
  }

  /** Waited for people when an earlier gateway ended. */
  restore(turn: Turn): void {
    this.#turns.set(turn.messageId, turn);
    this.#running = turn.messageId;
  }

  /** Waits in the runtime: one that was taken for interrupted was not. */
  waits(messageId: string, at: Date): Turn {
    const turn = this.queued(messageId, at);
    if (turn.error?.code !== 'TURN_INTERRUPTED') return turn;
    return this.#set({ ...turn, state: 'QUEUED', error: null, finishedAt: null });
  }

  /** The turn that runs, or is about to, is to take the message up. */
  joins(message: QueuedMessage): void {
    this.#joining = [...this.#joining, message];
  }

  /** Whether the running turn takes up the message that was just put into the conversation. */
  takesUp(messageId: string): boolean {
    const joining = this.#joining.filter(({ id }) => id !== messageId);
    const isJoining = joining.length < this.#joining.length;
    this.#joining = joining;
    return isJoining && this.#running !== null;
  }

  /** The running turn is going to be stopped without those that wait. */
  keep(messageIds: readonly string[]): void {
    this.#kept = new Set(messageIds);
  }

  /** A new turn starts only when the one before it has ended. */
  started(messageId: string, at: Date): void {
    this.#cutOff = null;
    if (this.#running === messageId) return;
    this.#endRunning('COMPLETED', at);
    this.#running = messageId;
    const turn = this.#turns.get(messageId) ?? newTurn(this.#sessionId, messageId, at);
    this.#set({ ...turn, state: 'RUNNING', startedAt: at, finishedAt: null });
  }

  replied(reply: AssistantMessage): void {
    const turn = reply.turnMessageId === null ? undefined : this.#turns.get(reply.turnMessageId);
    if (turn && reply.agentId === null)
      this.#turns.set(turn.messageId, { ...turn, reply, replyId: reply.id });
  }

  /** Changes the sums only, of a turn that has ended as well. */
  used(messageId: string | null, call: TurnUsage): Turn | undefined {
    const turn = messageId === null ? undefined : this.#turns.get(messageId);
    if (!turn) return undefined;
    const changed = { ...turn, usage: turnSumOf(turn.usage, call) };
    this.#turns.set(turn.messageId, changed);
    return changed;
  }

  /** A message that failed before it was put into the conversation fails without ever running. */
  failed(error: TurnError, at: Date): void {
    const turn = this.#turns.get(this.#running ?? '') ?? this.#sent[0];
    if (turn) this.fail(turn.messageId, error, at);
  }

  fail(messageId: string, error: TurnError, at: Date): void {
    const turn = this.#turns.get(messageId);
    if (messageId === this.#running) this.#running = null;
    if (turn && !hasEnded(turn)) this.#set({ ...turn, state: 'FAILED', error, finishedAt: at });
  }

  /** The running turn is stopped, and the runtime drops what is queued with it. */
  stalled(at: Date): void {
    this.failed(turnError('TURN_STALLED'), at);
    this.interrupted(at);
  }

  /** The runtime drops what is queued when it aborts. */
  idle(aborted: boolean, at: Date): void {
    this.#waits.isAtRest();
    this.#endRunning(aborted ? 'ABORTED' : 'COMPLETED', at);
    if (!aborted) return;
    this.#joining = [];
    for (const turn of this.#sent) {
      if (!this.#kept.has(turn.messageId)) this.aborted(turn.messageId, at);
    }
  }

  /** It was dropped before it started, or with what ran. */
  aborted(messageId: string, at: Date): void {
    const turn = this.#turns.get(messageId);
    if (messageId === this.#running) this.#running = null;
    if (turn && !hasEnded(turn)) this.#set({ ...turn, state: 'ABORTED', finishedAt: at });
  }

  /** What waits behind the running turn is lost. */
  interruptedBut(running: string | null, at: Date): void {
    const lost = this.#sent.filter(({ messageId }) => messageId !== running);
    for (const turn of lost) this.#set(interruptedTurn(turn, at));
  }

  /** The running turn needs an answer to go on, or has it. */
  waitsForInput(isWaiting: boolean): void {
    const turn = this.#running === null ? undefined : this.#turns.get(this.#running);
    const state = isWaiting ? 'WAITING_FOR_INPUT' : 'RUNNING';
    if (turn && !hasEnded(turn) && turn.state !== state) this.#set({ ...turn, state });
  }

  /** The turn that was taken for interrupted was not. */
  goOn(): void {
    const turn = this.#cutOff === null ? undefined : this.#turns.get(this.#cutOff);
    this.#cutOff = null;
    if (turn?.error?.code !== 'TURN_INTERRUPTED') return;
    this.#running = turn.messageId;
    this.#set({ ...turn, state: 'RUNNING', error: null, finishedAt: null });
  }

  /** The runtime is at work on none of them: what has its answer is complete, all else was interrupted. */
  settle(at: Date): void {
    const running = this.#running === null ? undefined : this.#turns.get(this.#running);
    if (running?.reply?.toolCalls.length === 0) this.#endRunning('COMPLETED', at);
    this.interrupted(at);
  }

  interrupted(at: Date): void {
    this.#cutOff = this.#running ?? this.#cutOff;
    this.#running = null;
    this.#joining = [];
    for (const turn of this.#sent) this.#set(interruptedTurn(turn, at));
  }

  /** Resolves when the runtime says next that it is at rest, or when the signal is aborted. */
  nextIdle(signal: AbortSignal): Promise<void> {
    return this.#waits.rest(signal);
  }

  /** Resolves when the turn has ended; never when it is not known. */
  ended(messageId: string, signal: AbortSignal): Promise<Turn | undefined> {
    return this.#waits.end(() => this.#turns.get(messageId), signal);
  }

  #endRunning(state: TurnState, at: Date): void {
    const turn = this.#running === null ? undefined : this.#turns.get(this.#running);
    this.#running = null;
    if (turn && !hasEnded(turn)) this.#set({ ...turn, state, finishedAt: at });
  }

  #set(turn: Turn): Turn {
    this.#turns.delete(turn.messageId);
    this.#turns.set(turn.messageId, turn);
    this.#forgetOld();
    this.#changed(turn);
    this.#waits.changed(turn);
    return turn;
  }

  #forgetOld(): void {
    if (this.#turns.size <= REMEMBERED) return;
    for (const [id, turn] of this.#turns) {
      if (hasEnded(turn)) {
        this.#turns.delete(id);
        return;
      }
    }
  }
}

export function interruptedTurn(turn: Turn, at: Date): Turn {
  return { ...turn, state: 'FAILED', error: turnError('TURN_INTERRUPTED'), finishedAt: at };
}

export function newTurn(sessionId: string, messageId: string, queuedAt: Date): Turn {
  return {
    sessionId,
    messageId,
    state: 'QUEUED',
    queuedAt,
    startedAt: null,
    finishedAt: null,
    replyId: null,
    reply: null,
    error: null,
    usage: null,
  };
}
