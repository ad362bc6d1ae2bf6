import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';

import { Collector } from './collector.ts';
import type { streamingTransports } from './transport-names.ts';
import {
  type ClientError,
  type Loaded,
  type Operation,
  OperationFailed,
  type Result,
  type Variables,
} from './transports.ts';

type StreamingTransport = (typeof streamingTransports)[number];

export interface ResumableOperation<Data, Input extends Variables = Variables> {
  readonly url: string;
  readonly operation: Operation<Data, Input>;
  /** The variables, which stock clients repeat unchanged on each connect. */
  readonly variables: NoInfer<Input>;
  /** The cursor of an earlier client. */
  readonly cursor?: string;
  /** The delay before a retry; by default that of the stock client, which is seconds. */
  readonly retryWaitMs?: number;
}

/** The values of a client that reconnects after each dropped connection. */
export class ResumingSubscription<Data> extends Collector<Data> {
  /** How each connection ended: a close code of the socket, or the reason why the stream ended. */
  readonly ends = new Collector<number | string>();
  /** The newest cursor. */
  cursor: string | undefined;

  receive(result: Result<Data>): void {
    if (result.errors || !result.data) this.fail(new OperationFailed(result.errors ?? []));
    else this.push(result.data);
  }
}

/** Subscribes with a client that reconnects automatically and sends its cursor only as its transport provides. */
export function subscribeResuming<Data, Input extends Variables>(
  transport: StreamingTransport,
  options: ResumableOperation<Data, Input>,
): ResumingSubscription<Loaded<Data>> {
  return transport === 'SSE' ? subscribeOverSse(options) : subscribeOverWebSocket(options);
}

/** Subscribes with graphql-ws and its retries. */
function subscribeOverWebSocket<Data, Input extends Variables>(
  options: ResumableOperation<Data, Input>,
): ResumingSubscription<Loaded<Data>> {
  const { url, operation, variables, cursor, retryWaitMs } = options;
  const resume: Record<string, string> = {};
  const values = new ResumingSubscription<Loaded<Data>>(() => {
    void client.dispose();
  });
  const client = createClient({
    url: url.replace(/^http/, 'ws'),
    webSocketImpl: WebSocket,
    generateID: () => 'resumable',
    connectionParams: () => ({ resume }),
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => true,
    ...(retryWaitMs !== undefined && { retryWait: () => delay(retryWaitMs) }),
    on: {
      message: (message) => {
        if (!('id' in message && 'payload' in message)) return;
        const position = findCursor((message.payload as { data?: unknown }).data);
        if (position !== undefined) resume[message.id] = values.cursor = position;
      },
      closed: (event) => values.ends.push((event as { code: number }).code),
    },
  });
  values.cursor = cursor;
  if (cursor !== undefined) resume['resumable'] = cursor;
  client.subscribe<Loaded<Data>>(
    { query: String(operation), variables },
    {
      next: (result) => {
        values.receive(result as Result<Loaded<Data>>);
      },
      error: (error) => {
        values.fail(Array.isArray(error) ? new OperationFailed(error as ClientError[]) : error);
      },
      complete: () => {
        values.end();
      },
    },
  );
  return values;
}

/** Subscribes like an EventSource, which sends the id of the last event when it reconnects. */
function subscribeOverSse<Data, Input extends Variables>(
  options: ResumableOperation<Data, Input>,
): ResumingSubscription<Loaded<Data>> {
  const leaving = new AbortController();
  const values = new ResumingSubscription<Loaded<Data>>(() => {
    leaving.abort();
  });
  values.cursor = options.cursor;
  const run = async (): Promise<void> => {
    while (!values.hasEnded) {
      const end = await readOnce(options, values, leaving.signal).catch(() => 'broken');
      values.ends.push(end);
      if (end === 'complete') values.end();
      else await delay(options.retryWaitMs ?? 1_000);
    }
  };
  void run();
  return values;
}

async function readOnce<Data, Input extends Variables>(
  { url, operation, variables }: ResumableOperation<Data, Input>,
  values: ResumingSubscription<Loaded<Data>>,
  signal: AbortSignal,
): Promise<string> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'text/event-stream',
      ...(values.cursor !== undefined && { 'last-event-id': values.cursor }),
    },
    body: JSON.stringify({ query: String(operation), variables }),
    signal,
  });
  let pieces: string[] = [];
  for await (const piece of (response.body ?? new ReadableStream()).pipeThrough(
    new TextDecoderStream(),
  )) {
    pieces.push(piece);
    // Long events arrive in many pieces. Searching all of them each time takes too long.
    if (!piece.includes('\n')) continue;
    const events = pieces.join('').split('\n\n');
    pieces = [events.pop() ?? ''];
    for (const event of events) {
      const end = receiveEvent(event, values);
      if (end !== undefined) return end;
    }
  }
  return 'ended';
}

function receiveEvent<Data>(event: string, values: ResumingSubscription<Data>): string | undefined {
  const field = (name: string): string | undefined =>
    new RegExp(`^${name}: (.*)$`, 'm').exec(event)?.[1];
  if (field('event') === 'complete') return 'complete';
  const data = field('data');
  if (field('event') !== 'next' || data === undefined) return undefined;
  const result = JSON.parse(data) as Result<Data>;
  if (result.errors?.[0]?.extensions['code'] === 'SHUTTING_DOWN') return 'SHUTTING_DOWN';
  values.cursor = field('id') ?? values.cursor;
  values.receive(result);
  return undefined;
}

/** Returns the cursor of the only root field of a subscription. */
export function findCursor(data: unknown): string | undefined {
  const [value] = Object.values((data ?? {}) as Record<string, { cursor?: string } | null>);
  return value?.cursor;
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
