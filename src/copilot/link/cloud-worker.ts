import type { SessionEvent as RuntimeEvent } from '@github/copilot-sdk';

import type { WorkerMessage } from '../../store/cloud-store.ts';
import type { SessionRecord } from '../../store/session-store.ts';
import type { Journal } from '../runtime/journal.ts';
import type { SessionServices } from '../services.ts';
import { translateEvent } from '../translate/translate-event.ts';
import type { SessionEmitter } from './session-emitter.ts';

interface CloudWorkerOptions {
  readonly record: SessionRecord;
  readonly services: Pick<SessionServices, 'store' | 'onSessionChanged' | 'logger'>;
  readonly emitter: SessionEmitter;
}

interface ExpectedMessage {
  readonly messageId: string;
  readonly prompt: string;
  readonly sentAt: number;
}

const PRODUCER = 'copilot-agent';
/** Tolerated difference between the clocks of GitHub's machines and of the gateway. */
const CLOUD_CLOCK_SKEW_MS = 60_000;

/**
 * The worker of a cloud session, as its events show it. The worker gives its own ids to messages, and the runtime's
 * result of a send contains none of them. A message of the worker is therefore matched to the oldest sent message with
 * the same text, and its events are rewritten to the id that clients know.
 */
export class CloudWorker {
  readonly #options: CloudWorkerOptions;
  #isStarting: boolean;
  /** The ids that clients know, by the worker's message id; undefined until they are loaded. */
  #messageIds: Map<string, string> | undefined;
  #expectedMessages: readonly ExpectedMessage[] = [];

  constructor(options: CloudWorkerOptions) {
    this.#options = options;
    this.#isStarting = options.record.isStarting;
  }

  get isStarting(): boolean {
    return this.#isStarting;
  }

  /** Loads the stored ids. Call before the first event is rewritten. */
  async loadMessageIds(): Promise<void> {
    if (this.#messageIds) return;
    const { record, services } = this.#options;
    const messages = await services.store.cloud.listWorkerMessages(record.id);
    this.#messageIds ??= new Map(messages.map(({ workerId, messageId }) => [workerId, messageId]));
  }

  /** Reads the history, whose events are rewritten on the way: the worker may have started while detached. */
  async detectStart(journal: Journal): Promise<void> {
    if (!this.#isStarting) return;
    for await (const { events } of journal.readPages('forward')) {
      if (events.length === 0) return;
    }
  }

  expectMessage(messageId: string, prompt: string): void {
    this.#expectedMessages = [...this.#expectedMessages, { messageId, prompt, sentAt: Date.now() }];
  }

  /** Call when the runtime has not accepted the message. */
  forgetMessage(messageId: string): void {
    this.#expectedMessages = this.#expectedMessages.filter((sent) => sent.messageId !== messageId);
  }

  /** Returns the event with the ids that clients know; undefined for an event that another one repeats. */
  rewriteEvent(event: RuntimeEvent): RuntimeEvent | undefined {
    if (event.type === 'session.start' && event.data.producer === PRODUCER) this.#handleStarted();
    if (event.type === 'session.info') this.#saveNotices(event);
    if (event.type === 'user.message') return this.#rewriteUserMessage(event);
    if (event.type === 'assistant.message') {
      const { originatingMessageId: workerId } = event.data;
      const originatingMessageId = this.#messageIds?.get(workerId ?? '') ?? workerId;
      return originatingMessageId === undefined
        ? event
        : { ...event, data: { ...event.data, originatingMessageId } };
    }
    return event;
  }

  #rewriteUserMessage(
    event: Extract<RuntimeEvent, { type: 'user.message' }>,
  ): RuntimeEvent | undefined {
    // The runtime's own echo of the message. The worker's event has more data, and the right place in the order.
    if (Object.keys(event.data).join() === 'content') return undefined;
    const { content, messageId: workerId = event.id } = event.data;
    const messageId =
      this.#messageIds?.get(workerId) ?? this.#matchSentMessage(content, event.timestamp);
    if (messageId === undefined) return event;
    if (!this.#messageIds?.has(workerId)) this.#saveMessageId({ workerId, messageId });
    return { ...event, data: { ...event.data, messageId } };
  }

  #matchSentMessage(content: string, at: string): string | undefined {
    const latest = Date.parse(at) + CLOUD_CLOCK_SKEW_MS;
    const found = this.#expectedMessages.find(
      ({ prompt, sentAt }) => prompt.trim() === content.trim() && sentAt < latest,
    );
    if (found) this.forgetMessage(found.messageId);
    return found?.messageId;
  }

  #saveMessageId(message: WorkerMessage): void {
    const { record, services } = this.#options;
    this.#messageIds?.set(message.workerId, message.messageId);
    this.#catchWriteError(services.store.cloud.saveWorkerMessage(record.id, message));
  }

  /** Stores notices: they are emitted once, and possibly before the session has readers. */
  #saveNotices(event: RuntimeEvent): void {
    const { record, services } = this.#options;
    for (const change of translateEvent(event)?.changes ?? []) {
      if (change.type !== 'notice-reported') continue;
      const { notice } = change;
      const occurredAt = new Date(event.timestamp);
      this.#catchWriteError(services.store.saveNotice(record.id, { ...notice, occurredAt }));
      if (notice.infoType !== 'remote' || notice.url === null) continue;
      this.#catchWriteError(services.store.update(record.id, { remoteUrl: notice.url }));
    }
  }

  #handleStarted(): void {
    if (!this.#isStarting) return;
    this.#isStarting = false;
    const { record, services, emitter } = this.#options;
    this.#catchWriteError(
      services.store.update(record.id, { isStarting: false }).then(() => {
        services.onSessionChanged(record.id);
      }),
    );
    emitter.emit('workerStarted');
  }

  #catchWriteError(write: Promise<unknown>): void {
    const { record, services } = this.#options;
    write.catch((error: unknown) => {
      services.logger.error({ err: error, sessionId: record.id }, 'failed to write session store');
    });
  }
}
