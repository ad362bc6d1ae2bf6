import type { AssistantMessage, QueuedMessage } from '../../events/message.ts';
import { hasEnded, type Turn, type TurnError, type TurnState } from '../../events/turn.ts';
import { addCallUsage, type TurnUsage } from '../../events/usage.ts';
import { createTurnError } from '../translate/turn-error.ts';
import { TurnWaiters } from './turn-waiters.ts';

const MAX_TURNS = 64;

/**
 * The turns of one session, by the id of the message that started them. The runtime ends turns without
 * naming them (one idle may end several), so that the running one is tracked here.
 */
export class Turns {
  readonly #sessionId: string;
  readonly #onTurnChanged: (turn: Turn) => void;
  readonly #turns = new Map<string, Turn>();
  readonly #waiters = new TurnWaiters();
  #runningId: string | null = null;
  /** The running turn of a runtime that was lost. */
  #interruptedId: string | null = null;
  /** Sent to be taken up by the running turn, oldest first. */
  #steeringMessages: readonly QueuedMessage[] = [];
  /** The runtime has not got them: what happens to it does not touch them. */
  readonly #heldBackIds = new Set<string>();
  /** Not dropped when the running turn is stopped. */
  #abortExcludedIds: ReadonlySet<string> = new Set();

  constructor(sessionId: string, changed: (turn: Turn) => void) {
    this.#sessionId = sessionId;
    this.#onTurnChanged = changed;
  }

  /** The running turn's message id. */
  get runningId(): string | null {
    return this.#runningId;
  }

  get openTurns(): Turn[] {
    return [...this.#turns.values()].filter((turn) => !hasEnded(turn));
  }

  get #sentTurns(): Turn[] {
    return this.openTurns.filter(({ messageId }) => !this.#heldBackIds.has(messageId));
  }

  get steeringMessages(): readonly QueuedMessage[] {
    return this.#steeringMessages;
  }

  find(messageId: string): Turn | undefined {
    return this.#turns.get(messageId);
  }

  /** The running turn, else the next one. */
  get currentTurn(): Turn | undefined {
    return (
      (this.#runningId === null ? undefined : this.#turns.get(this.#runningId)) ?? this.openTurns[0]
    );
  }

  queueTurn(messageId: string, at: Date): Turn {
    return this.#turns.get(messageId) ?? this.#saveTurn(createTurn(this.#sessionId, messageId, at));
  }

  /** Queued, and not yet with the runtime. */
  holdBack(messageId: string, at: Date): void {
    this.#heldBackIds.add(messageId);
    this.queueTurn(messageId, at);
  }

  /** It is on its way to the runtime, or over. */
  releaseHeldBack(messageId: string): void {
    this.#heldBackIds.delete(messageId);
  }

  /** Waited for people when an earlier gateway ended. */
  restoreTurn(turn: Turn): void {
    this.#turns.set(turn.messageId, turn);
    this.#runningId = turn.messageId;
  }

  /** Waits in the runtime: one that was taken for interrupted was not. */
  confirmQueued(messageId: string, at: Date): Turn {
    const turn = this.queueTurn(messageId, at);
    if (turn.error?.code !== 'TURN_INTERRUPTED') return turn;
    return this.#saveTurn({ ...turn, state: 'QUEUED', error: null, finishedAt: null });
  }

  /** The turn that runs, or is about to, is to take the message up. */
  expectSteeringMessage(message: QueuedMessage): void {
    this.#steeringMessages = [...this.#steeringMessages, message];
  }

  /** Whether the running turn takes up the message that was just put into the conversation. */
  acceptSteeringMessage(messageId: string): boolean {
    const joining = this.#steeringMessages.filter(({ id }) => id !== messageId);
    const isJoining = joining.length < this.#steeringMessages.length;
    this.#steeringMessages = joining;
    return isJoining && this.#runningId !== null;
  }

  /** The running turn is going to be stopped without those that wait. */
  excludeFromAbort(messageIds: readonly string[]): void {
    this.#abortExcludedIds = new Set(messageIds);
  }

  /** A new turn starts only when the one before it has ended. */
  startTurn(messageId: string, at: Date): void {
    this.#interruptedId = null;
    if (this.#runningId === messageId) return;
    this.#endRunningTurn('COMPLETED', at);
    this.#runningId = messageId;
    const turn = this.#turns.get(messageId) ?? createTurn(this.#sessionId, messageId, at);
    this.#saveTurn({ ...turn, state: 'RUNNING', startedAt: at, finishedAt: null });
  }

  setReply(reply: AssistantMessage): void {
    const turn = reply.turnMessageId === null ? undefined : this.#turns.get(reply.turnMessageId);
    if (turn && reply.agentId === null)
      this.#turns.set(turn.messageId, { ...turn, reply, replyId: reply.id });
  }

  /** Changes the sums only, of a turn that has ended as well. */
  addUsage(messageId: string | null, call: TurnUsage): Turn | undefined {
    const turn = messageId === null ? undefined : this.#turns.get(messageId);
    if (!turn) return undefined;
    const changed = { ...turn, usage: addCallUsage(turn.usage, call) };
    this.#turns.set(turn.messageId, changed);
    return changed;
  }

  /** A message that failed before it was put into the conversation fails without ever running. */
  failCurrentTurn(error: TurnError, at: Date): void {
    const turn = this.#turns.get(this.#runningId ?? '') ?? this.#sentTurns[0];
    if (turn) this.failTurn(turn.messageId, error, at);
  }

  failTurn(messageId: string, error: TurnError, at: Date): void {
    const turn = this.#turns.get(messageId);
    if (messageId === this.#runningId) this.#runningId = null;
    if (turn && !hasEnded(turn))
      this.#saveTurn({ ...turn, state: 'FAILED', error, finishedAt: at });
  }

  /** The running turn is stopped, and the runtime drops what is queued with it. */
  failStalledTurn(at: Date): void {
    this.failCurrentTurn(createTurnError('TURN_STALLED'), at);
    this.interruptAll(at);
  }

  /** The runtime drops what is queued when it aborts. */
  handleIdle(aborted: boolean, at: Date): void {
    this.#waiters.handleIdle();
    this.#endRunningTurn(aborted ? 'ABORTED' : 'COMPLETED', at);
    if (!aborted) return;
    this.#steeringMessages = [];
    for (const turn of this.#sentTurns) {
      if (!this.#abortExcludedIds.has(turn.messageId)) this.abortTurn(turn.messageId, at);
    }
  }

  /** It was dropped before it started, or with what ran. */
  abortTurn(messageId: string, at: Date): void {
    const turn = this.#turns.get(messageId);
    if (messageId === this.#runningId) this.#runningId = null;
    if (turn && !hasEnded(turn)) this.#saveTurn({ ...turn, state: 'ABORTED', finishedAt: at });
  }

  /** What waits behind the running turn is lost. */
  interruptAllExcept(running: string | null, at: Date): void {
    const lost = this.#sentTurns.filter(({ messageId }) => messageId !== running);
    for (const turn of lost) this.#saveTurn(toInterruptedTurn(turn, at));
  }

  /** The running turn needs an answer to go on, or has it. */
  setWaitingForInput(isWaiting: boolean): void {
    const turn = this.#runningId === null ? undefined : this.#turns.get(this.#runningId);
    const state = isWaiting ? 'WAITING_FOR_INPUT' : 'RUNNING';
    if (turn && !hasEnded(turn) && turn.state !== state) this.#saveTurn({ ...turn, state });
  }

  /** The turn that was taken for interrupted was not. */
  resumeInterruptedTurn(): void {
    const turn = this.#interruptedId === null ? undefined : this.#turns.get(this.#interruptedId);
    this.#interruptedId = null;
    if (turn?.error?.code !== 'TURN_INTERRUPTED') return;
    this.#runningId = turn.messageId;
    this.#saveTurn({ ...turn, state: 'RUNNING', error: null, finishedAt: null });
  }

  /** The runtime is at work on none of them: what has its answer is complete, all else was interrupted. */
  closeOpenTurns(at: Date): void {
    const running = this.#runningId === null ? undefined : this.#turns.get(this.#runningId);
    if (running?.reply?.toolCalls.length === 0) this.#endRunningTurn('COMPLETED', at);
    this.interruptAll(at);
  }

  interruptAll(at: Date): void {
    this.#interruptedId = this.#runningId ?? this.#interruptedId;
    this.#runningId = null;
    this.#steeringMessages = [];
    for (const turn of this.#sentTurns) this.#saveTurn(toInterruptedTurn(turn, at));
  }

  /** Resolves when the runtime says next that it is at rest, or when the signal is aborted. */
  waitForIdle(signal: AbortSignal): Promise<void> {
    return this.#waiters.waitForIdle(signal);
  }

  /** Resolves when the turn has ended; never when it is not known. */
  waitForEnd(messageId: string, signal: AbortSignal): Promise<Turn | undefined> {
    return this.#waiters.waitForEnd(() => this.#turns.get(messageId), signal);
  }

  #endRunningTurn(state: TurnState, at: Date): void {
    const turn = this.#runningId === null ? undefined : this.#turns.get(this.#runningId);
    this.#runningId = null;
    if (turn && !hasEnded(turn)) this.#saveTurn({ ...turn, state, finishedAt: at });
  }

  #saveTurn(turn: Turn): Turn {
    this.#turns.delete(turn.messageId);
    this.#turns.set(turn.messageId, turn);
    this.#evictOldest();
    this.#onTurnChanged(turn);
    this.#waiters.handleTurnChanged(turn);
    return turn;
  }

  #evictOldest(): void {
    if (this.#turns.size <= MAX_TURNS) return;
    for (const [id, turn] of this.#turns) {
      if (hasEnded(turn)) {
        this.#turns.delete(id);
        return;
      }
    }
  }
}

export function toInterruptedTurn(turn: Turn, at: Date): Turn {
  return { ...turn, state: 'FAILED', error: createTurnError('TURN_INTERRUPTED'), finishedAt: at };
}

export function createTurn(sessionId: string, messageId: string, queuedAt: Date): Turn {
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
