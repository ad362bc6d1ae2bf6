import type { SessionRecord } from '../directory/session-directory.ts';
import type { Position } from '../events/cursor.ts';
import type { RuntimeState } from '../events/event.ts';
import { Failure } from '../events/failure.ts';
import type { CaughtUp } from '../events/log-follower.ts';
import { SessionLog, type StepOrigin } from '../events/session-log.ts';
import { Inbox } from './inbox.ts';
import { Journal } from './journal.ts';
import { replay } from './replay.ts';
import { RestWatch } from './rest-watch.ts';
import { isFailure } from './runtime-failure.ts';
import { Sender, type Sent } from './sender.ts';
import { type AttachOptions, SessionAttachment } from './session-attachment.ts';
import { SessionMemory } from './session-memory.ts';
import type { SessionServices } from './session-services.ts';
import { StallWatch } from './stall-watch.ts';
import { Timeline } from './timeline.ts';
import { Turns } from './turns.ts';

export type SessionState = 'IDLE' | 'RUNNING' | 'DISCONNECTED';

/** One session that is in use: its attachment to the runtime, its log and its turns. */
export class Session {
  readonly id: string;
  readonly log: SessionLog;
  readonly turns: Turns;
  readonly #services: SessionServices;
  readonly #timeline: Timeline;
  readonly #journal: Journal;
  readonly #attachment: SessionAttachment;
  readonly #sender: Sender;
  readonly #stall: StallWatch;
  readonly #rest: RestWatch;

  constructor(record: SessionRecord, services: SessionServices) {
    this.id = record.id;
    this.#services = services;
    this.#stall = new StallWatch({
      limitMs: services.settings.turnStallMs,
      isWorking: () => this.turns.open.length > 0,
      onStall: () => this.#onStall(),
    });
    this.#rest = new RestWatch({
      limitMs: services.settings.idleDisconnectMs,
      isNeeded: () => this.log.readers > 0 || this.#isBusy,
      onRest: () => this.disconnect(),
      logger: services.log,
    });
    this.log = new SessionLog(record.id, {
      maxBytes: services.settings.logBytes,
      rewinds: record.rewinds,
      catchUp: (since) => this.#catchUp(since),
    });
    const memory = new SessionMemory(this.log, services);
    this.turns = new Turns(record.id, (turn) => {
      memory.turnChanged(turn);
      this.#stall.touch();
    });
    this.#timeline = new Timeline(this.log, this.turns, memory);
    this.#journal = new Journal(services.runtime, record.id);
    this.#attachment = this.#newAttachment(memory);
    this.#sender = this.#newSender();
  }

  get isAttached(): boolean {
    return this.#attachment.current !== undefined;
  }

  get state(): SessionState {
    if (this.turns.open.length > 0) return 'RUNNING';
    return this.isAttached ? 'IDLE' : 'DISCONNECTED';
  }

  get #isBusy(): boolean {
    return this.turns.open.length > 0 || this.#sender.isSending;
  }

  /** Nothing of it is lost when the object is dropped. */
  get isUnused(): boolean {
    return !this.isAttached && !this.#isBusy && this.log.readers === 0;
  }

  async attach(options: AttachOptions = {}): Promise<void> {
    if (this.isAttached) return;
    await this.#attachment.attach(options);
    this.#rest.touch();
    this.#services.changed(this.id);
  }

  /** @param clientMessageId the client's own id: the same again does not send again */
  send(prompt: string, clientMessageId: string | null): Promise<Sent> {
    return this.#sender.send(prompt, clientMessageId);
  }

  /** @throws Failure SESSION_BUSY while a turn is open: without an attachment the runtime would abort it */
  async disconnect(): Promise<void> {
    const attachment = await this.#attachment.settled();
    if (this.#isBusy) {
      throw new Failure(
        'SESSION_BUSY',
        'A turn is running; the session can be disconnected when it has ended.',
      );
    }
    if (!attachment) return;
    this.#detach();
    await this.#services.runtime.call(() => attachment.disconnect());
  }

  async setModel(record: SessionRecord): Promise<void> {
    await this.#attachment.setModel(record);
  }

  /** The runtime stops what its last client leaves. Should another one have kept it alive, a later attach shows it. */
  runtimeLost(): void {
    const now = new Date();
    this.#detach();
    this.#timeline.interrupt(now);
    this.turns.interrupted(now);
    this.runtimeChanged('LOST');
  }

  runtimeChanged(runtimeState: RuntimeState): void {
    this.log.append(ofSession(), { type: 'runtime.changed', runtimeState });
  }

  /** Ends everything that waits for this session. */
  deleted(): void {
    const now = new Date();
    this.#attachment.end();
    this.#detach();
    this.#timeline.interrupt(now);
    this.turns.idle(true, now);
    this.log.append(ofSession(), { type: 'session.deleted' });
    this.log.end();
  }

  /** Ends the timer; the attachment ends with the runtime. */
  dispose(): void {
    this.#rest.stop();
    this.#stall.stop();
    this.log.end();
  }

  #newAttachment(memory: SessionMemory): SessionAttachment {
    const { log } = this;
    const services = this.#services;
    const inbox = new Inbox({
      log,
      memory,
      timeline: this.#timeline,
      logger: services.log,
      onActivity: () => {
        this.#rest.touch();
        this.#stall.touch();
      },
    });
    return new SessionAttachment({
      services,
      inbox,
      log,
      journal: this.#journal,
      onWorkMissed: () => {
        this.turns.goOn();
      },
      onNothingUnderWay: () => {
        this.#settle();
      },
    });
  }

  #newSender(): Sender {
    return new Sender({
      sessionId: this.id,
      directory: this.#services.directory,
      journal: this.#journal,
      turns: this.turns,
      send: (prompt) => this.#sendNow(prompt),
      position: async () => {
        await this.attach();
        return this.log.cursor;
      },
    });
  }

  async #catchUp(since: Position): Promise<CaughtUp | undefined> {
    try {
      await this.attach();
      const { directory, settings } = this.#services;
      const options = { directory, journal: this.#journal, ...settings };
      return await replay(since, { ...options, log: this.log, turns: this.turns });
    } catch (error) {
      // The log says when it is back, and then the reader asks again.
      if (isFailure(error, 'RUNTIME_UNAVAILABLE')) return undefined;
      throw error;
    }
  }

  /** The runtime may have let go of the session by itself. */
  async #sendNow(prompt: string): Promise<string> {
    const { runtime } = this.#services;
    try {
      const attachment = await this.#attachment.attach();
      return await runtime.call(() => attachment.send({ prompt }));
    } catch (error) {
      if (!isFailure(error, 'SESSION_NOT_FOUND')) throw error;
      this.#detach();
      const attachment = await this.#attachment.attach();
      return runtime.call(() => attachment.send({ prompt }));
    }
  }

  /** A tool may be silent for as long as it runs; a model, or a runtime that does not answer, may not. */
  async #onStall(): Promise<void> {
    if (this.#timeline.isToolRunning) return;
    const attachment = this.#attachment.current;
    const { runtime, log } = this.#services;
    const { sequence } = this.log;
    try {
      const activity =
        attachment && (await runtime.call(() => attachment.rpc.metadata.isProcessing()));
      // Something was heard while it was asked.
      if (this.log.sequence !== sequence) return;
      if (!attachment || !activity?.processing) {
        this.#settle();
        return;
      }
      log.warn({ sessionId: this.id }, 'turn stalled');
      this.turns.stalled(new Date());
      await runtime.call(() => attachment.abort());
    } catch (error) {
      log.warn({ err: error, sessionId: this.id }, 'stalled turn not aborted');
      this.#settle();
    }
  }

  #settle(): void {
    const now = new Date();
    this.#timeline.interrupt(now);
    this.turns.settle(now);
  }

  #detach(): void {
    this.#rest.stop();
    if (this.#attachment.detach()) this.#services.changed(this.id);
  }
}

function ofSession(): StepOrigin {
  return { occurredAt: new Date(), turnMessageId: null, agentId: null };
}
