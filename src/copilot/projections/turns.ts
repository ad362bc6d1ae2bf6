import type { AssistantMessage, QueuedMessage } from '../../events/message.ts';
import { hasEnded, type Turn, type TurnError } from '../../events/turn.ts';
import { addCallUsage, type TurnUsage } from '../../events/usage.ts';
import { createTurnError } from '../translate/turn-error.ts';
import { applyTurnEvent, createTurn, type TurnChange, type TurnEvent } from './turn-transitions.ts';
import { TurnWaiters } from './turn-waiters.ts';

const MAX_TURNS = 64;

/**
 * The turns of one session, by the id of the message that started them. `turn-transitions.ts` has the states of a turn;
 * this class decides which turn an event is about: the runtime ends turns without naming them.
 *
 * Events of the runtime are called `handle...`. All other methods are commands of the gateway: they change only its
 * record of the turns, and send nothing to the runtime.
 *
 * 1. At most one turn is RUNNING or WAITING_FOR_INPUT: the running turn, `runningId`.
 * 2. A turn that is held back is not in the runtime: what happens to the runtime does not end it.
 * 3. The turn that ran when the runtime was lost may turn out to run still, until another turn starts.
 * 4. Every change of a state is reported in its order. All open turns are in memory, and the newest ended ones.
 */
export class Turns {
  readonly #sessionId: string;
  readonly #onTurnChanged: (turn: Turn) => void;
  /** By message id, the turn that changed last at the end. */
  readonly #turns = new Map<string, Turn>();
  readonly #waiters = new TurnWaiters();
  #runningId: string | null = null;
  /** The turn that ran when the runtime was lost. */
  #interruptedId: string | null = null;
  /** Messages that will join the running turn instead of starting one, oldest first. */
  #steeringMessages: readonly QueuedMessage[] = [];
  readonly #heldBackIds = new Set<string>();
  #abortExcludedIds: ReadonlySet<string> = new Set();

  constructor(sessionId: string, onTurnChanged: (turn: Turn) => void) {
    this.#sessionId = sessionId;
    this.#onTurnChanged = onTurnChanged;
  }

  /** Message id of the running turn. */
  get runningId(): string | null {
    return this.#runningId;
  }

  /** The running turn, else the next one. */
  get currentTurn(): Turn | undefined {
    return this.find(this.#runningId) ?? this.openTurns[0];
  }

  get openTurns(): Turn[] {
    return [...this.#turns.values()].filter((turn) => !hasEnded(turn));
  }

  get steeringMessages(): readonly QueuedMessage[] {
    return this.#steeringMessages;
  }

  find(messageId: string | null): Turn | undefined {
    return messageId === null ? undefined : this.#turns.get(messageId);
  }

  /** Resolves when the runtime next reports that the session is idle, or when the signal is aborted. */
  waitForIdle(signal: AbortSignal): Promise<void> {
    return this.#waiters.waitForIdle(signal);
  }

  /** Resolves when the turn has ended, at once when it is not known, or when the signal is aborted. */
  waitForEnd(messageId: string, signal: AbortSignal): Promise<Turn | undefined> {
    return this.#waiters.waitForEnd(() => this.#turns.get(messageId), signal);
  }

  // Events of the runtime

  /** Starts the turn of a message; the previous turn has ended when the runtime starts another one. */
  handleTurnStarted(messageId: string, at: Date): void {
    this.#interruptedId = null;
    if (this.#runningId === messageId) return;
    this.#endRunningTurn('completed', at);
    this.#runningId = messageId;
    const turn = this.#turns.get(messageId) ?? createTurn(this.#sessionId, messageId, at);
    this.#apply(turn, 'started', { startedAt: at, finishedAt: null, error: null });
  }

  /** Returns whether a message that was added to the conversation joins the running turn. */
  handleMessageAdded(messageId: string): boolean {
    const others = this.#steeringMessages.filter(({ id }) => id !== messageId);
    const isSteering = others.length < this.#steeringMessages.length;
    this.#steeringMessages = others;
    return isSteering && this.#runningId !== null;
  }

  /** The newest message of the main agent is the reply of its turn. */
  handleReply(reply: AssistantMessage): void {
    const turn = this.find(reply.turnMessageId);
    if (!turn || reply.agentId !== null) return;
    this.#turns.set(turn.messageId, { ...turn, reply, replyId: reply.id });
  }

  /** Fails the running turn. A message that fails before it is added to the conversation fails without running. */
  handleTurnFailed(error: TurnError, at: Date): void {
    const turn = this.find(this.#runningId) ?? this.#sentTurns[0];
    if (turn) this.failTurn(turn.messageId, error, at);
  }

  /** Ends the running turn. When the runtime aborts, it also drops the messages in its queue. */
  handleIdle(aborted: boolean, at: Date): void {
    this.#waiters.handleIdle();
    this.#endRunningTurn(aborted ? 'aborted' : 'completed', at);
    if (!aborted) return;
    this.#steeringMessages = [];
    for (const turn of this.#sentTurns) {
      if (!this.#abortExcludedIds.has(turn.messageId)) this.abortTurn(turn.messageId, at);
    }
  }

  // Commands of the gateway

  queueTurn(messageId: string, at: Date): Turn {
    return this.#turns.get(messageId) ?? this.#saveTurn(createTurn(this.#sessionId, messageId, at));
  }

  /** Queues a turn whose message is not sent to the runtime yet. */
  holdBack(messageId: string, at: Date): void {
    this.#heldBackIds.add(messageId);
    this.queueTurn(messageId, at);
  }

  /** Must be called when a message that is held back is sent to the runtime, or dropped. */
  releaseHeldBack(messageId: string): void {
    this.#heldBackIds.delete(messageId);
  }

  /** Queues the turn of a message in the queue of the runtime; requeues one that counted as interrupted. */
  confirmQueued(messageId: string, at: Date): Turn {
    const turn = this.queueTurn(messageId, at);
    if (turn.error?.code !== 'TURN_INTERRUPTED') return turn;
    return this.#apply(turn, 'requeued', { error: null, finishedAt: null }) ?? turn;
  }

  /** Restores the running turn of an earlier gateway. */
  restoreTurn(turn: Turn): void {
    this.#turns.set(turn.messageId, turn);
    this.#runningId = turn.messageId;
  }

  /** Notes that the message is sent to join the turn that runs, or is about to run. */
  expectSteeringMessage(message: QueuedMessage): void {
    this.#steeringMessages = [...this.#steeringMessages, message];
  }

  /** Must be called before an abort that leaves these messages in the queue. */
  excludeFromAbort(messageIds: readonly string[]): void {
    this.#abortExcludedIds = new Set(messageIds);
  }

  /** Sets whether the running turn waits for input. */
  setWaitingForInput(isWaiting: boolean): void {
    this.#apply(this.find(this.#runningId), isWaiting ? 'inputRequested' : 'inputReceived');
  }

  /** Adds the usage of a model call to the turn, also when the turn has ended. Returns the changed turn. */
  addUsage(messageId: string | null, call: TurnUsage): Turn | undefined {
    const turn = this.find(messageId);
    if (!turn) return undefined;
    const changed = { ...turn, usage: addCallUsage(turn.usage, call) };
    this.#turns.set(turn.messageId, changed);
    return changed;
  }

  failTurn(messageId: string, error: TurnError, at: Date): void {
    if (messageId === this.#runningId) this.#runningId = null;
    this.#apply(this.find(messageId), 'failed', { error, finishedAt: at });
  }

  abortTurn(messageId: string, at: Date): void {
    if (messageId === this.#runningId) this.#runningId = null;
    this.#apply(this.find(messageId), 'aborted', { finishedAt: at });
  }

  /** Fails the running turn before it is aborted; the abort drops the messages in the runtime's queue as well. */
  failStalledTurn(at: Date): void {
    this.handleTurnFailed(createTurnError('TURN_STALLED'), at);
    this.interruptAll(at);
  }

  /** The runtime is lost: all open turns have ended, except those that are held back. */
  interruptAll(at: Date): void {
    this.#interruptedId = this.#runningId ?? this.#interruptedId;
    this.#runningId = null;
    this.#steeringMessages = [];
    this.interruptQueuedTurns(at);
  }

  /** Interrupts the queued turns after the runtime was lost. Its queue is lost with it, but the running turn can continue when the runtime is back. */
  interruptQueuedTurns(at: Date): void {
    const queued = this.#sentTurns.filter(({ messageId }) => messageId !== this.#runningId);
    const error = createTurnError('TURN_INTERRUPTED');
    for (const turn of queued) this.#apply(turn, 'failed', { error, finishedAt: at });
  }

  /** Resumes the turn that counted as interrupted: the runtime continues it. */
  resumeInterruptedTurn(): void {
    const turn = this.find(this.#interruptedId);
    this.#interruptedId = null;
    if (turn?.error?.code !== 'TURN_INTERRUPTED') return;
    this.#runningId = turn.messageId;
    this.#apply(turn, 'resumed', { error: null, finishedAt: null });
  }

  /** The runtime works on nothing: a turn that has its reply is complete, all others were interrupted. */
  closeOpenTurns(at: Date): void {
    if (this.find(this.#runningId)?.reply?.toolCalls.length === 0) {
      this.#endRunningTurn('completed', at);
    }
    this.interruptAll(at);
  }

  /** The open turns whose messages the runtime has. */
  get #sentTurns(): Turn[] {
    return this.openTurns.filter(({ messageId }) => !this.#heldBackIds.has(messageId));
  }

  #endRunningTurn(event: 'completed' | 'aborted', at: Date): void {
    const turn = this.find(this.#runningId);
    this.#runningId = null;
    this.#apply(turn, event, { finishedAt: at });
  }

  /** Saves the turn after the event; returns undefined, and saves nothing, when its state ignores the event. */
  #apply(turn: Turn | undefined, event: TurnEvent, change?: TurnChange): Turn | undefined {
    const changed = turn && applyTurnEvent(turn, event, change);
    return changed && this.#saveTurn(changed);
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
