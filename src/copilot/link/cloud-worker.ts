import type { SessionEvent as RuntimeEvent } from '@github/copilot-sdk';

import type { WorkerMessage } from '../../store/cloud-store.ts';
import type { SessionRecord, SessionStore } from '../../store/session-store.ts';
import type { Journal } from '../runtime/journal.ts';
import type { SessionServices } from '../services.ts';
import { translateEvent } from '../translate/translate-event.ts';

interface CloudWorkerOptions {
  readonly sessionId: string;
  readonly isStarting: boolean;
  readonly store: SessionStore;
  /** It was heard of for the first time. */
  readonly onStarted: () => void;
  readonly onError: (error: unknown) => void;
}

interface ExpectedMessage {
  readonly messageId: string;
  readonly prompt: string;
  readonly sentAt: number;
}

const PRODUCER = 'copilot-agent';
/** Clocks of GitHub's machines and of this one differ. */
const CLOUD_CLOCK_SKEW_MS = 60_000;

/**
 * The worker of a cloud session, by what it tells. It gives ids of its own to messages, and the runtime's answer to
 * a send names none of them: which of our messages one is, its text says, the oldest first.
 */
export class CloudWorker {
  readonly #options: CloudWorkerOptions;
  #isStarting: boolean;
  /** By the worker's own. */
  #messageIds: Map<string, string> | undefined;
  #expectedMessages: readonly ExpectedMessage[] = [];

  constructor(options: CloudWorkerOptions) {
    this.#options = options;
    this.#isStarting = options.isStarting;
  }

  get isStarting(): boolean {
    return this.#isStarting;
  }

  /** Before any event. */
  async loadMessageIds(): Promise<void> {
    if (this.#messageIds) return;
    const named = await this.#options.store.cloud.listWorkerMessages(this.#options.sessionId);
    this.#messageIds ??= new Map(named.map(({ workerId, messageId }) => [workerId, messageId]));
  }

  /** It may have started while nobody listened. */
  async detectStart(journal: Journal): Promise<void> {
    if (!this.#isStarting) return;
    for await (const page of journal.readPages('forward')) if (page.events.length === 0) return;
  }

  expectMessage(messageId: string, prompt: string): void {
    this.#expectedMessages = [...this.#expectedMessages, { messageId, prompt, sentAt: Date.now() }];
  }

  /** The runtime did not take it. */
  forgetMessage(messageId: string): void {
    this.#expectedMessages = this.#expectedMessages.filter((sent) => sent.messageId !== messageId);
  }

  /** The event with our ids. Undefined: another one says the same. */
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
    // The runtime's own echo of what was sent; the worker's comes with more, and in its place.
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
    const { sessionId, store, onError } = this.#options;
    this.#messageIds?.set(message.workerId, message.messageId);
    store.cloud.saveWorkerMessage(sessionId, message).catch(onError);
  }

  /** Told once, and possibly before anybody listened. */
  #saveNotices(event: RuntimeEvent): void {
    const { sessionId, store, onError } = this.#options;
    for (const change of translateEvent(event)?.changes ?? []) {
      if (change.type !== 'notice-reported') continue;
      const { notice } = change;
      const occurredAt = new Date(event.timestamp);
      store.saveNotice(sessionId, { ...notice, occurredAt }).catch(onError);
      if (notice.infoType !== 'remote' || notice.url === null) continue;
      store.update(sessionId, { remoteUrl: notice.url }).catch(onError);
    }
  }

  #handleStarted(): void {
    if (!this.#isStarting) return;
    this.#isStarting = false;
    this.#options.onStarted();
  }
}

/** Null: the session does not run in the cloud. */
export function createCloudWorker(
  { id: sessionId, location, isStarting }: SessionRecord,
  {
    store,
    onSessionChanged,
    logger,
  }: Pick<SessionServices, 'store' | 'onSessionChanged' | 'logger'>,
  onStarted: () => void,
): CloudWorker | null {
  if (location === 'local') return null;
  const onError = (error: unknown): void => {
    logger.error({ err: error, sessionId }, 'session directory not written');
  };
  return new CloudWorker({
    ...{ sessionId, isStarting, store, onError },
    onStarted: () => {
      const written = store.update(sessionId, { isStarting: false });
      written.then(() => {
        onSessionChanged(sessionId);
      }, onError);
      onStarted();
    },
  });
}
