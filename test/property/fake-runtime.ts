import { randomUUID } from 'node:crypto';

import type { SessionEvent as RuntimeEvent } from '@github/copilot-sdk';

import type { Runtime, RuntimeListener } from '../../src/copilot/runtime/runtime.ts';
import { Semaphore } from '../../src/copilot/runtime/semaphore.ts';
import { GatewayError } from '../../src/errors/gateway-error.ts';
import { Collector } from '../support/clients/collector.ts';

type Listener = (event: RuntimeEvent) => void;

/** Ids in order, so that a failure reads the same each time. */
export interface Message {
  readonly id: string;
  readonly content: string;
}

/** A message that the gateway sends, until it is taken under an id. */
export interface SendCall {
  readonly prompt: string;
  readonly take: (messageId: string) => void;
}

/**
 * The runtime as far as streams are concerned: a journal, an event log with what is not persisted, pushes
 * that may be lost or come twice, and a process that can be killed before it has written everything down.
 */
export class FakeRuntime {
  readonly finals: Message[] = [];
  readonly sends = new Collector<SendCall>();
  #journal: RuntimeEvent[] = [];
  /** All events of this process, in order. */
  #ring: RuntimeEvent[] = [];
  #listener: Listener | undefined;
  #supervisor: RuntimeListener | undefined;
  #lifetime = {};
  readonly #underWay = new Set<() => void>();
  #open: { id: string; content: string } | undefined;
  #reasoning = '';
  #isWorking = false;
  /** What happens reaches the event log, and nobody is told. */
  isMute = false;
  /** What was read of the journal is written down. */
  #read = 1;

  get isWorking(): boolean {
    return this.#isWorking;
  }

  get hasOpenMessage(): boolean {
    return this.#open !== undefined;
  }

  /** What the gateway sees of it. */
  asRuntime(): Runtime {
    // Only what the gateway's sessions use of it.
    const fake = {
      isConnected: true,
      journalReadSemaphore: new Semaphore(8),
      cloudEventLogs: new Map(),
      call: <T>(use: (client: unknown) => Promise<T>) => this.#call(use),
      start: (supervisor: RuntimeListener) => {
        this.#supervisor = supervisor;
        supervisor.handleConnected();
        return Promise.resolve();
      },
    };
    Object.defineProperty(fake, 'lifetime', { get: () => this.#lifetime });
    return fake as unknown as Runtime;
  }

  /** Anything else that a runtime may say. */
  tell(type: string, data: object): void {
    this.#push(type, data);
  }

  prompt(): void {
    this.#isWorking = true;
    this.#record('user.message', { content: 'prompt', messageId: randomUUID() });
    this.#record('assistant.turn_start', { turnId: '0' });
  }

  beginMessage(): void {
    this.#open = { id: randomUUID(), content: '' };
    this.#push('assistant.message_start', { messageId: this.#open.id });
  }

  think(text: string): void {
    this.#reasoning += text;
    this.#push('assistant.reasoning_delta', { reasoningId: 'r', deltaContent: text });
  }

  /** @param isLost the push does not arrive; the event log has it all the same */
  write(text: string, isLost: boolean): void {
    if (!this.#open) return;
    this.#open.content += text;
    const event = this.#event('assistant.message_delta', {
      messageId: this.#open.id,
      deltaContent: text,
    });
    this.#ring.push({ ...event, ephemeral: true });
    if (!isLost) this.#listener?.({ ...event, ephemeral: true });
  }

  finish(): void {
    const { id, content } = this.#open ?? { id: randomUUID(), content: 'without a delta' };
    this.#record('assistant.message', {
      messageId: id,
      content,
      toolRequests: [],
      ...(this.#reasoning === '' ? {} : { reasoningText: this.#reasoning }),
    });
    // A message that only asks for tools has no text to be shown.
    if (content !== '') this.finals.push({ id, content });
    this.#record('assistant.turn_end', { turnId: '0' });
    this.#rest(false);
  }

  /** The model call fails in mid-stream and is made again: under a new message id. */
  retry(): void {
    this.#push('model.call_failure', { source: 'top_level' });
    this.#open = undefined;
    this.#reasoning = '';
  }

  abort(): void {
    this.#record('abort', { reason: 'user_initiated' });
    this.#record('assistant.turn_end', { turnId: '0' });
    this.#rest(true);
  }

  /** Pushes come again under load. */
  repeat(index: number): void {
    const event = this.#ring[index % Math.max(this.#ring.length, 1)];
    if (event) this.#listener?.(event);
  }

  repeatNewest(): void {
    this.repeat(this.#ring.length - 1);
  }

  /** @param unwritten how many of the newest events were not written down yet; none of a finished message */
  kill(unwritten: number): void {
    for (let count = 0; count < unwritten; count++) {
      if (this.#journal.length <= this.#read) break;
      if (this.#journal.at(-1)?.type === 'assistant.message') break;
      if (this.#journal.at(-1)?.type === 'assistant.turn_end') break;
      this.#journal.pop();
    }
    this.#listener = undefined;
    this.#supervisor?.handleConnectionLost();
    this.#lifetime = {};
    for (const lose of [...this.#underWay]) lose();
    this.#ring = [];
    this.#open = undefined;
    this.#reasoning = '';
    this.#isWorking = false;
  }

  reconnect(): void {
    this.#supervisor?.handleConnected();
  }

  /** The gateway's process ends; the runtime stops what its last client leaves. */
  loseClient(): void {
    this.#listener = undefined;
    this.#supervisor = undefined;
    this.#open = undefined;
    this.#reasoning = '';
    this.#isWorking = false;
  }

  /** As over a link: what is under way when it is lost fails. */
  #call<T>(use: (client: unknown) => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const lose = (): void => {
        reject(new GatewayError('RUNTIME_UNAVAILABLE', 'lost'));
      };
      this.#underWay.add(lose);
      use(this.#client)
        .then(resolve, reject)
        .finally(() => this.#underWay.delete(lose));
    });
  }

  #rest(aborted: boolean): void {
    this.#open = undefined;
    this.#reasoning = '';
    this.#isWorking = false;
    this.#push('session.idle', aborted ? { aborted } : {});
  }

  #record(type: string, data: object): void {
    const event = this.#event(type, data);
    this.#journal.push(event);
    this.#ring.push(event);
    if (!this.isMute) this.#listener?.(event);
  }

  #push(type: string, data: object): void {
    const event = { ...this.#event(type, data), ephemeral: true } as RuntimeEvent;
    this.#ring.push(event);
    if (!this.isMute) this.#listener?.(event);
  }

  #event(type: string, data: object): RuntimeEvent {
    const parentId = this.#journal.at(-1)?.id ?? null;
    const timestamp = new Date(0).toISOString();
    return { id: randomUUID(), type, data, parentId, timestamp } as unknown as RuntimeEvent;
  }

  /** With all of the ring that is not persisted, ghosts of what is long finished included, as the real one gives it. */
  #readLog(cursor: string, types: readonly string[]): object {
    const [id, since = '-1'] = cursor.split('|');
    const place = this.#journal.findIndex((event) => event.id === id);
    if (place < 0) return { ...this.#page([]), cursorStatus: 'expired' };
    const written = this.#journal.slice(place + 1);
    const isAfter = (event: RuntimeEvent, index: number): boolean =>
      event.ephemeral === true ? index > Number(since) : written.includes(event);
    const told = this.#ring.filter(isAfter);
    const end = `${this.#journal.at(-1)?.id ?? ''}|${this.#ring.length - 1}`;
    const events = [...written.filter((event) => !told.includes(event)), ...told];
    const asked = events.filter(({ type }) => types.includes(type));
    return { ...this.#page(asked), cursor: end };
  }

  #page(events: readonly RuntimeEvent[]): object {
    return { events, hasMore: false, cursor: '', cursorStatus: 'ok' };
  }

  readonly #attachment = {
    disconnect: () => Promise.resolve(),
    send: ({ prompt }: { prompt: string }) =>
      new Promise((resolve) => {
        this.sends.push({ prompt, take: resolve });
      }),
    rpc: {
      eventLog: {
        read: ({ cursor, types }: { cursor: string; types: readonly string[] }) =>
          Promise.resolve(this.#readLog(cursor, types)),
        registerInterest: () => Promise.resolve({}),
      },
      metadata: { isProcessing: () => Promise.resolve({ processing: this.#isWorking }) },
      permissions: { pendingRequests: () => Promise.resolve({ items: [] }) },
    },
  };

  readonly #attach = ({ onEvent }: { onEvent: Listener }): Promise<unknown> => {
    this.#listener = onEvent;
    return Promise.resolve(this.#attachment);
  };

  readonly #client = {
    createSession: async (config: { onEvent: Listener }) => {
      const attachment = await this.#attach(config);
      this.#record('session.start', {});
      return attachment;
    },
    resumeSession: (_id: string, config: { onEvent: Listener }) => this.#attach(config),
    listSessions: () => Promise.resolve([]),
    getSessionMetadata: () => Promise.resolve({ sessionId: 's' }),
    rpc: {
      sessions: {
        readPersistedEvents: ({ max, direction }: { max: number; direction: string }) => {
          this.#read = this.#journal.length;
          return Promise.resolve(
            this.#page(direction === 'backward' ? this.#journal.slice(-max) : this.#journal),
          );
        },
      },
    },
  };
}
