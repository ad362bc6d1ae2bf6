import { Failure } from '../../errors/gateway-error.ts';
import type { Position } from '../../events/cursor.ts';
import type { RuntimeState } from '../../events/event.ts';
import { ofSession } from '../../events/log-events.ts';
import type { CaughtUp } from '../../events/log-follower.ts';
import { SessionLog } from '../../events/session-log.ts';
import { hasEnded } from '../../events/turn.ts';
import type { RemoteMode, SessionRecord } from '../../store/session-directory.ts';
import { type CloudWorker, newWorker } from '../link/cloud-worker.ts';
import type { AttachOptions } from '../link/open-session.ts';
import { newAttachment, type SessionAttachment } from '../link/session-link.ts';
import { share, type Shared } from '../link/sharing.ts';
import type { ModelChoice } from '../profiles/model-choice.ts';
import { SessionMemory } from '../projections/session-recorder.ts';
import { Timeline } from '../projections/timeline.ts';
import { Turns } from '../projections/turns.ts';
import { EarlierRequests } from '../requests/request-recovery.ts';
import { Responder } from '../requests/request-responder.ts';
import { Journal } from '../runtime/journal.ts';
import { CloudSteering } from '../sending/cloud-turn-control.ts';
import type { OutgoingMessage } from '../sending/delivery.ts';
import { Sender, type Sent } from '../sending/idempotent-sender.ts';
import { type SessionSteering, Steering } from '../sending/turn-control.ts';
import type { SessionServices } from '../services.ts';
import { RestWatch } from './idle-timer.ts';
import { catchUp } from './replay.ts';
import { OpenWork, type WorkState } from './work-monitor.ts';

export type SessionState = WorkState | 'STARTING' | 'IDLE' | 'DISCONNECTED';

/** One session that is in use: its attachment to the runtime, its log and its turns. */
export class Session {
  readonly id: string;
  readonly log: SessionLog;
  readonly turns: Turns;
  readonly steering: SessionSteering;
  readonly responder: Responder;
  readonly earlier: EarlierRequests;
  readonly #services: SessionServices;
  readonly #timeline: Timeline;
  readonly #journal: Journal;
  readonly #attachment: SessionAttachment;
  readonly #sender: Sender;
  readonly #work: OpenWork;
  readonly #cloud: CloudSteering | null;
  #users = 0;
  readonly #rest: RestWatch;

  constructor(record: SessionRecord, services: SessionServices) {
    this.id = record.id;
    this.#services = services;
    this.#rest = new RestWatch({
      limitMs: services.settings.idleDisconnectMs,
      isNeeded: () => this.isNeeded,
      onRest: () => this.#goToRest(),
      logger: services.log,
    });
    this.log = newLog(record, services, (since) =>
      catchUp(since, { session: this, journal: this.#journal, services }),
    );
    const memory = new SessionMemory(this.log, services);
    this.turns = new Turns(record.id, (turn) => {
      memory.turnChanged(turn);
      this.#work.touch();
      if (hasEnded(turn)) this.#work.turnEnded();
    });
    this.#timeline = new Timeline(this.log, this.turns, memory);
    this.#journal = new Journal(services.runtime, record.id);
    this.responder = new Responder({
      ...{ record, services, log: this.log, turns: this.turns, timeline: this.#timeline },
      attached: () => this.#attachment.attach(),
    });
    const { log, turns, responder } = this;
    this.earlier = new EarlierRequests({ record, services, turns, responder });
    const worker = newWorker(record, services, () => this.#cloud?.changed());
    const attachment = this.#newAttachment(memory, worker);
    this.#attachment = attachment;
    this.#cloud = worker && new CloudSteering({ services, log, turns, attachment, worker });
    this.steering = this.#cloud ?? new Steering({ services, log, turns, attachment });
    this.#sender = this.#newSender();
    this.#work = new OpenWork({
      ...{ services, log, turns, timeline: this.#timeline, requests: this.responder.requests },
      ...{ attachment: this.#attachment, steering: this.steering, earlier: this.earlier },
    });
  }

  /** Somebody waits for what happens in it. */
  get isFollowed(): boolean {
    return this.#work.state !== null || this.log.readers > 0;
  }

  get isAttached(): boolean {
    return this.#attachment.current !== undefined;
  }

  get state(): SessionState {
    if (this.#cloud?.isStarting) return 'STARTING';
    return this.#work.state ?? (this.isAttached ? 'IDLE' : 'DISCONNECTED');
  }

  get #isBusy(): boolean {
    return this.#work.state !== null || this.#sender.isSending;
  }

  get isNeeded(): boolean {
    return this.#isBusy || this.#users > 0 || this.isFollowed;
  }

  /** It stays for as long as the work takes. */
  async use<T>(work: (session: Session) => T | Promise<T>): Promise<T> {
    this.#users++;
    this.#rest.touch();
    try {
      return await work(this);
    } finally {
      this.#users--;
    }
  }

  /** What an earlier gateway left waiting for a worker. */
  async takeUp(): Promise<void> {
    await this.#cloud?.takeUp();
  }

  async attach(options: AttachOptions = {}): Promise<void> {
    await this.#attachment.attach(options);
    this.#rest.touch();
  }

  /** @param clientMessageId the client's own id: the same again does not send again */
  send(message: OutgoingMessage, clientMessageId: string | null): Promise<Sent> {
    return this.#sender.send(message, clientMessageId);
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
    this.#attachment.detach();
    await this.#services.runtime.call(() => attachment.disconnect());
  }

  async setModel(choice: ModelChoice): Promise<void> {
    await this.#attachment.setModel(choice);
  }

  /** On GitHub. What is not attached is not shared. */
  async share(mode: RemoteMode): Promise<Shared> {
    if (mode === 'off' && !this.isAttached) return { remoteUrl: null, remoteSteerable: false };
    const { runtime } = this.#services;
    return this.#attachment.use((attachment) => share(attachment, mode, runtime));
  }

  titleChanged(title: string): void {
    this.log.append(ofSession(), { type: 'title.changed', title });
  }

  /** The runtime stops what its last client leaves. Should another one have kept it alive, a later attach shows it. */
  runtimeLost(): void {
    this.#attachment.detach();
    this.#work.interrupt();
    this.runtimeChanged('LOST');
  }

  /** It cannot be attached: whoever reads it is told. */
  failed(failure: Failure): void {
    this.log.fail(failure);
    this.#work.giveUp();
  }

  runtimeChanged(runtimeState: RuntimeState): void {
    this.log.append(ofSession(), { type: 'runtime.changed', runtimeState });
  }

  /** Ends everything that waits for this session. */
  deleted(): void {
    this.#attachment.end();
    this.#cloud?.letGo();
    this.#work.abort();
    this.log.append(ofSession(), { type: 'session.deleted' });
    this.log.end();
  }

  /** Ends its timers; the attachment ends with the runtime. */
  dispose(): void {
    this.#rest.stop();
    this.#work.stop();
    this.#cloud?.stop();
    this.#attachment.end();
    this.responder.stop();
    this.log.end();
  }

  #newAttachment(memory: SessionMemory, worker: CloudWorker | null): SessionAttachment {
    const { log, turns, earlier, responder } = this;
    return newAttachment({
      ...{ services: this.#services, log, memory, timeline: this.#timeline, turns },
      ...{ journal: this.#journal, requests: responder.requests, earlier, worker },
      onActivity: () => {
        this.#rest.touch();
        this.#work.touch();
      },
      onQueueChanged: () => {
        this.steering.changed();
      },
      onNothingUnderWay: () => {
        this.#work.settle();
      },
    });
  }

  #newSender(): Sender {
    return new Sender({
      sessionId: this.id,
      directory: this.#services.directory,
      journal: this.#journal,
      turns: this.turns,
      send: (message) => this.steering.send(message),
      position: async () => {
        await this.attach();
        return this.log.cursor;
      },
    });
  }

  async #goToRest(): Promise<void> {
    await this.#attachment.settled();
    const record = await this.#services.directory.find(this.id);
    const stays = this.isAttached && record !== undefined && staysAttached(record);
    if (!this.isNeeded && !stays) await this.disconnect();
    if (this.isNeeded || this.isAttached) this.#rest.touch();
    else this.#services.unused(this.id);
  }
}

export function newLog(
  { id, rewinds }: SessionRecord,
  { settings }: SessionServices,
  catchUp: (since: Position) => Promise<CaughtUp | undefined>,
): SessionLog {
  const { logBytes: maxBytes, logAgeMs: maxAgeMs, messageBytes: maxTextLength } = settings;
  return new SessionLog(id, { maxBytes, maxAgeMs, maxTextLength, rewinds, catchUp });
}

/** Whether it must not be released when nobody needs it. */
export function staysAttached(record: SessionRecord): boolean {
  // Whoever steers it from GitHub reaches it only while it is attached.
  if (record.remoteMode === 'on') return true;
  // The runtime forgets it then, and finds it again by its own account only.
  return record.location === 'cloud' && record.gitHubAccount !== 'server';
}
