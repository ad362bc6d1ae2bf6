import type { CopilotSession, SessionEvent as RuntimeEvent } from '@github/copilot-sdk';

import type { SessionRecord } from '../directory/session-directory.ts';
import type { RuntimeState } from '../events/event.ts';
import { Failure } from '../events/failure.ts';
import { RecentIds } from '../events/recent-ids.ts';
import { SessionLog } from '../events/session-log.ts';
import type { Turn } from '../events/turn.ts';
import type { TranslatedEvent } from './change.ts';
import { isFailure } from './runtime-failure.ts';
import { sessionConfig } from './session-config.ts';
import { SessionMemory } from './session-memory.ts';
import type { SessionServices } from './session-services.ts';
import { Timeline } from './timeline.ts';
import { translateEvent } from './translate-event.ts';
import { Turns } from './turns.ts';

export type SessionState = 'IDLE' | 'RUNNING' | 'DISCONNECTED';

export interface AttachOptions {
  /** Made anew instead of resumed. */
  readonly create?: boolean;
  readonly continuePendingWork?: boolean;
}

/** One session that is in use: its attachment to the runtime, its log and its turns. */
export class Session {
  readonly id: string;
  readonly log: SessionLog;
  readonly turns: Turns;
  readonly #services: SessionServices;
  readonly #memory: SessionMemory;
  readonly #timeline: Timeline;
  readonly #seen = new RecentIds();
  #attachment: CopilotSession | undefined;
  #attaching: Promise<CopilotSession> | undefined;
  #idleTimer: NodeJS.Timeout | undefined;

  constructor(id: string, epoch: string, services: SessionServices) {
    this.id = id;
    this.#services = services;
    this.log = new SessionLog(id, { epoch, maxBytes: services.settings.logBytes });
    this.#memory = new SessionMemory(id, this.log, services);
    this.turns = new Turns(id, (turn) => {
      this.#memory.turnChanged(turn);
    });
    this.#timeline = new Timeline(this.log, this.turns);
  }

  get isAttached(): boolean {
    return this.#attachment !== undefined;
  }

  get state(): SessionState {
    if (this.turns.open.length > 0) return 'RUNNING';
    return this.#attachment ? 'IDLE' : 'DISCONNECTED';
  }

  /** One attachment a session: a second one would silence the first. */
  async attach(options: AttachOptions = {}): Promise<CopilotSession> {
    if (this.#attachment) return this.#attachment;
    this.#attaching ??= this.#attachNow(options).finally(() => {
      this.#attaching = undefined;
    });
    return this.#attaching;
  }

  /** @returns the turn, and the position just before the message */
  async send(prompt: string): Promise<{ turn: Turn; cursor: string }> {
    await this.attach();
    const { cursor } = this.log;
    const messageId = await this.#sendNow(prompt);
    return { turn: this.turns.queued(messageId, new Date()), cursor };
  }

  /** @throws Failure SESSION_BUSY while a turn is open: without an attachment the runtime would abort it */
  async disconnect(): Promise<void> {
    if (this.turns.open.length > 0) {
      throw new Failure(
        'SESSION_BUSY',
        'A turn is running; the session can be disconnected when it has ended.',
      );
    }
    await this.#attaching?.catch(() => undefined);
    const attachment = this.#attachment;
    if (!attachment) return;
    this.#detach();
    await this.#services.runtime.call(() => attachment.disconnect());
  }

  async setModel(record: SessionRecord): Promise<void> {
    const attachment = this.#attachment;
    if (!attachment || record.model === null) return;
    const { model } = record;
    const { reasoningEffort } = sessionConfig(record, null);
    await this.#services.runtime.call(() =>
      attachment.setModel(model, reasoningEffort === undefined ? {} : { reasoningEffort }),
    );
  }

  runtimeLost(): void {
    const now = new Date();
    this.#detach();
    this.#timeline.discardAll(now);
    this.turns.interrupted(now);
    this.runtimeChanged('LOST');
  }

  runtimeChanged(runtimeState: RuntimeState): void {
    this.log.append(this.#now(), { type: 'runtime.changed', runtimeState });
  }

  /** Ends everything that waits for this session. */
  deleted(): void {
    const now = new Date();
    this.#detach();
    this.#timeline.discardAll(now);
    this.turns.idle(true, now);
    this.log.append(this.#now(), { type: 'session.deleted' });
    this.log.end();
  }

  /** Ends the timer; the attachment ends with the runtime. */
  dispose(): void {
    clearTimeout(this.#idleTimer);
    this.log.end();
  }

  async #attachNow(options: AttachOptions): Promise<CopilotSession> {
    const record = await this.#services.directory.find(this.id);
    if (!record) throw new Failure('SESSION_NOT_FOUND', 'There is no such session.');
    const attachment = await this.#openOrRemake(record, options);
    this.#attachment = attachment;
    this.#keepAwake();
    this.#services.changed(this.id);
    return attachment;
  }

  async #openOrRemake(record: SessionRecord, options: AttachOptions): Promise<CopilotSession> {
    try {
      return await this.#open(record, options);
    } catch (error) {
      if (!isFailure(error, 'SESSION_NOT_FOUND')) throw error;
      // The runtime keeps nothing of a session before its first message: made anew, nothing is lost.
      if (!record.hasMessages) return this.#open(record, { create: true });
      this.#services.gone(this.id);
      throw error;
    }
  }

  #open(record: SessionRecord, options: AttachOptions): Promise<CopilotSession> {
    const { runtime, settings } = this.#services;
    // An event of a link that was lost meanwhile must not reach the log of the next one.
    const lifetime = runtime.lifetime;
    const config = {
      ...sessionConfig({ ...record, model: record.model ?? settings.model }, settings.provider),
      onEvent: (event: RuntimeEvent) => {
        if (runtime.lifetime === lifetime) this.#receive(event);
      },
    };
    return runtime.call((client) =>
      options.create
        ? client.createSession({ ...config, sessionId: this.id })
        : client.resumeSession(this.id, {
            ...config,
            continuePendingWork: options.continuePendingWork ?? true,
          }),
    );
  }

  /** The runtime may have let go of the session by itself. */
  async #sendNow(prompt: string): Promise<string> {
    try {
      const attachment = await this.attach();
      return await this.#services.runtime.call(() => attachment.send({ prompt }));
    } catch (error) {
      if (!isFailure(error, 'SESSION_NOT_FOUND')) throw error;
      this.#detach();
      const attachment = await this.attach();
      return this.#services.runtime.call(() => attachment.send({ prompt }));
    }
  }

  /** The SDK drops what its listeners throw, so that a fault in here would go unseen. */
  #receive(event: RuntimeEvent): void {
    if (!this.#seen.add(event.id)) return;
    try {
      const translated = translateEvent(event);
      if (translated) this.#apply(translated);
    } catch (error) {
      this.#services.log.error(
        { err: error, sessionId: this.id, type: event.type },
        'event not translated',
      );
    }
  }

  #apply(event: TranslatedEvent): void {
    this.#timeline.apply(event);
    this.#memory.remember(event);
    this.#keepAwake();
  }

  #detach(): void {
    clearTimeout(this.#idleTimer);
    if (!this.#attachment) return;
    this.#attachment = undefined;
    this.#services.changed(this.id);
  }

  #keepAwake(): void {
    const { idleDisconnectMs } = this.#services.settings;
    clearTimeout(this.#idleTimer);
    if (idleDisconnectMs !== null)
      this.#idleTimer = setTimeout(() => {
        this.#onIdle();
      }, idleDisconnectMs).unref();
  }

  #onIdle(): void {
    if (this.log.readers > 0 || this.turns.open.length > 0) {
      this.#keepAwake();
      return;
    }
    this.disconnect().catch((error: unknown) => {
      this.#services.log.warn({ err: error, sessionId: this.id }, 'idle session not disconnected');
    });
  }

  #now(): { occurredAt: Date; turnMessageId: null; agentId: null } {
    return { occurredAt: new Date(), turnMessageId: null, agentId: null };
  }
}
