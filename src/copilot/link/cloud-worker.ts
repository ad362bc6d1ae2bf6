import type { SessionEvent as RuntimeEvent } from '@github/copilot-sdk';

import type { WorkerMessage } from '../../store/cloud-directory.ts';
import type { SessionDirectory, SessionRecord } from '../../store/session-directory.ts';
import type { Journal } from '../runtime/journal.ts';
import type { SessionServices } from '../services.ts';
import { translateEvent } from '../translate/translate-event.ts';

interface CloudWorkerOptions {
  readonly sessionId: string;
  readonly isStarting: boolean;
  readonly directory: SessionDirectory;
  /** It was heard of for the first time. */
  readonly onStarted: () => void;
  readonly onFault: (error: unknown) => void;
}

interface SentMessage {
  readonly messageId: string;
  readonly prompt: string;
  readonly sentAt: number;
}

const PRODUCER = 'copilot-agent';
/** Clocks of GitHub's machines and of this one differ. */
const CLOCK_SLACK_MS = 60_000;

/**
 * The worker of a cloud session, by what it tells. It gives ids of its own to messages, and the runtime's answer to
 * a send names none of them: which of our messages one is, its text says, the oldest first.
 */
export class CloudWorker {
  readonly #options: CloudWorkerOptions;
  #isStarting: boolean;
  /** By the worker's own. */
  #messageIds: Map<string, string> | undefined;
  #sent: readonly SentMessage[] = [];

  constructor(options: CloudWorkerOptions) {
    this.#options = options;
    this.#isStarting = options.isStarting;
  }

  get isStarting(): boolean {
    return this.#isStarting;
  }

  /** Before any event. */
  async recall(): Promise<void> {
    if (this.#messageIds) return;
    const named = await this.#options.directory.cloud.named(this.#options.sessionId);
    this.#messageIds ??= new Map(named.map(({ workerId, messageId }) => [workerId, messageId]));
  }

  /** It may have started while nobody listened. */
  async findStart(journal: Journal): Promise<void> {
    if (!this.#isStarting) return;
    for await (const page of journal.pages('forward')) if (page.events.length === 0) return;
  }

  sends(messageId: string, prompt: string): void {
    this.#sent = [...this.#sent, { messageId, prompt, sentAt: Date.now() }];
  }

  /** The runtime did not take it. */
  sendsNot(messageId: string): void {
    this.#sent = this.#sent.filter((sent) => sent.messageId !== messageId);
  }

  /** The event with our ids. Undefined: another one says the same. */
  told(event: RuntimeEvent): RuntimeEvent | undefined {
    if (event.type === 'session.start' && event.data.producer === PRODUCER) this.#started();
    if (event.type === 'session.info') this.#noticed(event);
    if (event.type === 'user.message') return this.#asked(event);
    if (event.type === 'assistant.message') {
      const { originatingMessageId: workerId } = event.data;
      const originatingMessageId = this.#messageIds?.get(workerId ?? '') ?? workerId;
      return originatingMessageId === undefined
        ? event
        : { ...event, data: { ...event.data, originatingMessageId } };
    }
    return event;
  }

  #asked(event: Extract<RuntimeEvent, { type: 'user.message' }>): RuntimeEvent | undefined {
    // The runtime's own echo of what was sent; the worker's comes with more, and in its place.
    if (Object.keys(event.data).join() === 'content') return undefined;
    const { content, messageId: workerId = event.id } = event.data;
    const messageId = this.#messageIds?.get(workerId) ?? this.#sentAs(content, event.timestamp);
    if (messageId === undefined) return event;
    if (!this.#messageIds?.has(workerId)) this.#name({ workerId, messageId });
    return { ...event, data: { ...event.data, messageId } };
  }

  #sentAs(content: string, at: string): string | undefined {
    const latest = Date.parse(at) + CLOCK_SLACK_MS;
    const found = this.#sent.find(
      ({ prompt, sentAt }) => prompt.trim() === content.trim() && sentAt < latest,
    );
    if (found) this.sendsNot(found.messageId);
    return found?.messageId;
  }

  #name(message: WorkerMessage): void {
    const { sessionId, directory, onFault } = this.#options;
    this.#messageIds?.set(message.workerId, message.messageId);
    directory.cloud.name(sessionId, message).catch(onFault);
  }

  /** Told once, and possibly before anybody listened. */
  #noticed(event: RuntimeEvent): void {
    const { sessionId, directory, onFault } = this.#options;
    for (const change of translateEvent(event)?.changes ?? []) {
      if (change.type !== 'notice') continue;
      const { notice } = change;
      const occurredAt = new Date(event.timestamp);
      directory.saveNotice(sessionId, { ...notice, occurredAt }).catch(onFault);
      if (notice.infoType !== 'remote' || notice.url === null) continue;
      directory.update(sessionId, { remoteUrl: notice.url }).catch(onFault);
    }
  }

  #started(): void {
    if (!this.#isStarting) return;
    this.#isStarting = false;
    this.#options.onStarted();
  }
}

/** Null: the session does not run in the cloud. */
export function newWorker(
  { id: sessionId, location, isStarting }: SessionRecord,
  { directory, changed, log }: Pick<SessionServices, 'directory' | 'changed' | 'log'>,
  onStarted: () => void,
): CloudWorker | null {
  if (location === 'local') return null;
  const onFault = (error: unknown): void => {
    log.error({ err: error, sessionId }, 'session directory not written');
  };
  return new CloudWorker({
    ...{ sessionId, isStarting, directory, onFault },
    onStarted: () => {
      const written = directory.update(sessionId, { isStarting: false });
      written.then(() => {
        changed(sessionId);
      }, onFault);
      onStarted();
    },
  });
}
