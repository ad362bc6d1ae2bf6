import { createClient } from 'graphql-ws';
import { vi } from 'vitest';
import { WebSocket } from 'ws';

import type { TypedDocumentString } from '../../generated/operations/graphql.ts';
import { recordRootFields } from '../gateway/root-field-record.ts';
import { Collector } from './collector.ts';
import type { Transport } from './transport-names.ts';

export { streamingTransports, type Transport, transports } from './transport-names.ts';

/** A document: a generated one, which types its data and variables, or the text of any other. */
export type Operation<Data = unknown, Input extends Variables = Variables> =
  string | TypedDocumentString<Data, Input>;

/** The variables of an operation, which can be left out when none is required. */
export type VariableArguments<Input extends Variables> =
  Readonly<Record<string, never>> extends Input ? [variables?: Input] : [variables: Input];

/** Allows any variables for a document: tests send input on purpose that the schema refuses. */
export function uncheckVariables<Data>(
  document: TypedDocumentString<Data, never>,
): Operation<Data> {
  return document.toString();
}

/** The data of an operation without errors, where no root field is null. */
export type Loaded<Data> = {
  readonly [Field in keyof Data]: Flat<NonNullable<Data[Field]>>;
};

/** Fields that are null only with an error, or for viewers who may not read the content of a session. */
type ContentField =
  | 'cursor'
  | 'finishedTurn'
  | 'messages'
  | 'pendingRequests'
  | 'queuedMessages'
  | 'subagents'
  | 'turn'
  | 'usage';

/** Merges each union into one object type, in which fields that only some members have are optional. */
export type Flat<T> = unknown extends T
  ? T
  : [NonNullable<T>] extends [readonly (infer Item)[]]
    ? readonly Flat<Item>[] | Extract<T, null>
    : [NonNullable<T>] extends [object]
      ? FlatObject<SelectedFields<NonNullable<T>>> | Extract<T, null>
      : T;

/** Codegen types a member of which no field is selected as a record of any key. */
type SelectedFields<Member> = Member extends unknown
  ? string extends keyof Member
    ? object
    : Member
  : never;
type FlatObject<Union> = {
  readonly [Key in keyof Union]: FlatField<Key, Union[Key]>;
} & {
  readonly [Key in Exclude<KeyOfMember<Union>, keyof Union>]?: FlatField<
    Key,
    ValueOfMember<Union, Key>
  >;
};
type FlatField<Key, Value> = Flat<Key extends ContentField ? NonNullable<Value> : Value>;
type KeyOfMember<Union> = Union extends unknown ? keyof Union : never;
type ValueOfMember<Union, Key extends PropertyKey> =
  Union extends Readonly<Record<Key, infer Value>> ? Value : never;

export interface ClientError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: Readonly<Record<string, unknown>>;
}

export interface Result<Data> {
  readonly data?: Data | null;
  readonly errors?: readonly ClientError[];
  readonly incremental?: readonly { readonly data?: unknown; readonly path?: unknown }[];
  readonly hasNext?: boolean;
}

export type Variables = Readonly<Record<string, unknown>>;

/** An operation returned errors, or no data. */
export class OperationFailed extends Error {
  override readonly name = 'OperationFailed';
  readonly errors: readonly ClientError[];

  constructor(errors: readonly ClientError[]) {
    super(JSON.stringify(errors));
    this.errors = errors;
  }

  get code(): unknown {
    return this.errors[0]?.extensions['code'];
  }
}

export interface ClientOptions {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Returns the number of open subscriptions of the server, which shows that one has started. */
  readonly openSubscriptions: () => number;
}

/** One interface for all transports, so that a test is written once. */
export abstract class Client implements AsyncDisposable {
  abstract readonly transport: Transport;
  readonly #openSubscriptions: () => number;

  constructor({ openSubscriptions }: ClientOptions) {
    this.#openSubscriptions = openSubscriptions;
  }

  /** Returns all parts of the response: there are several with `@defer` and for subscriptions. */
  abstract payloads<Data, Input extends Variables>(
    operation: Operation<Data, Input>,
    ...variables: VariableArguments<NoInfer<Input>>
  ): Collector<Result<Loaded<Data>>>;

  async [Symbol.asyncDispose](): Promise<void> {}

  async execute<Data, Input extends Variables>(
    operation: Operation<Data, Input>,
    ...variables: VariableArguments<NoInfer<Input>>
  ): Promise<Result<Loaded<Data>>> {
    await using answer = this.payloads(operation, ...variables);
    const result = await answer.next();
    recordRootFields(this.transport, String(operation), result);
    return result;
  }

  /** Returns the data. @throws OperationFailed when there is any error */
  async run<Data, Input extends Variables>(
    operation: Operation<Data, Input>,
    ...variables: VariableArguments<NoInfer<Input>>
  ): Promise<Loaded<Data>> {
    const { data, errors } = await this.execute(operation, ...variables);
    if (errors || !data) throw new OperationFailed(errors ?? []);
    return data;
  }

  /** Resolves when the subscription has started. Its values fail with OperationFailed. */
  async subscribe<Data, Input extends Variables>(
    operation: Operation<Data, Input>,
    ...variables: VariableArguments<NoInfer<Input>>
  ): Promise<Collector<Loaded<Data>>> {
    const before = this.#openSubscriptions();
    const answer = this.payloads(operation, ...variables);
    const values = new Collector<Loaded<Data>>(() => {
      answer.return();
    });
    void this.#hand(String(operation), answer, values);
    const hasBegun = (): boolean =>
      this.#openSubscriptions() > before || answer.collected.length > 0 || answer.hasEnded;
    await vi.waitUntil(hasBegun, { timeout: 10_000, interval: 2 });
    return values;
  }

  async #hand<Data>(
    operation: string,
    answer: Collector<Result<Loaded<Data>>>,
    values: Collector<Loaded<Data>>,
  ): Promise<void> {
    answer.onValue((result) => {
      recordRootFields(this.transport, operation, result);
      if (result.errors || !result.data) values.fail(new OperationFailed(result.errors ?? []));
      else values.push(result.data);
    });
    await answer.closed;
    if (answer.error === undefined) values.end();
    else values.fail(answer.error);
  }
}

/** A client with one JSON response per request, or a multipart response for `payloads`. */
class HttpClient extends Client {
  readonly transport = 'HTTP';
  readonly #options: ClientOptions;

  constructor(options: ClientOptions) {
    super(options);
    this.#options = options;
  }

  override async execute<Data, Input extends Variables>(
    operation: Operation<Data, Input>,
    ...[variables]: VariableArguments<NoInfer<Input>>
  ): Promise<Result<Loaded<Data>>> {
    const response = await post(
      this.#options,
      { query: String(operation), variables },
      'application/json',
    );
    const result = (await response.json()) as Result<Loaded<Data>>;
    recordRootFields(this.transport, String(operation), result);
    return result;
  }

  payloads<Data, Input extends Variables>(
    operation: Operation<Data, Input>,
    ...[variables]: VariableArguments<NoInfer<Input>>
  ): Collector<Result<Loaded<Data>>> {
    return streamParts(
      this.#options,
      { query: String(operation), variables },
      'multipart/mixed, application/json',
    );
  }

  override subscribe(): never {
    throw new Error('subscriptions are not supported over plain HTTP; execute() returns the error');
  }
}

class SseClient extends Client {
  readonly transport = 'SSE';
  readonly #options: ClientOptions;

  constructor(options: ClientOptions) {
    super(options);
    this.#options = options;
  }

  payloads<Data, Input extends Variables>(
    operation: Operation<Data, Input>,
    ...[variables]: VariableArguments<NoInfer<Input>>
  ): Collector<Result<Loaded<Data>>> {
    return streamParts(this.#options, { query: String(operation), variables }, 'text/event-stream');
  }
}

/** A graphql-ws client with default settings. */
class WebSocketClient extends Client {
  readonly transport = 'WebSocket';
  readonly #client;
  readonly closes = new Collector<{ readonly code: number }>();

  constructor(options: ClientOptions) {
    super(options);
    this.#client = createClient({
      url: options.url.replace(/^http/, 'ws'),
      webSocketImpl: WebSocket,
      connectionParams: { ...options.headers },
      on: {
        closed: (event) => {
          this.closes.push({ code: (event as { code: number }).code });
        },
      },
    });
  }

  payloads<Data, Input extends Variables>(
    operation: Operation<Data, Input>,
    ...[variables]: VariableArguments<NoInfer<Input>>
  ): Collector<Result<Loaded<Data>>> {
    const values = new Collector<Result<Loaded<Data>>>(() => {
      leave();
    });
    const leave = this.#client.subscribe<Loaded<Data>>(
      { query: String(operation), variables: variables ?? null },
      {
        next: (result) => {
          values.push(result as Result<Loaded<Data>>);
        },
        error: (error) => {
          if (!Array.isArray(error)) values.fail(error);
          else {
            values.push({ errors: error as ClientError[] });
            values.end();
          }
        },
        complete: () => {
          values.end();
        },
      },
    );
    return values;
  }

  override async [Symbol.asyncDispose](): Promise<void> {
    // `dispose` rejects if the socket is closed already.
    await Promise.resolve(this.#client.dispose()).catch(() => undefined);
  }
}

interface Clients {
  readonly HTTP: HttpClient;
  readonly SSE: SseClient;
  readonly WebSocket: WebSocketClient;
}

const classes = { HTTP: HttpClient, SSE: SseClient, WebSocket: WebSocketClient } as const;

export function connect<T extends Transport>(transport: T, options: ClientOptions): Clients[T] {
  return new classes[transport](options) as Clients[T];
}

function post(options: ClientOptions, body: unknown, accept: string, signal?: AbortSignal) {
  return fetch(options.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...options.headers, accept },
    body: JSON.stringify(body),
    signal: signal ?? null,
  });
}

/** Reads a response of server-sent events, of multiple parts, or of JSON. */
function streamParts<Data>(
  options: ClientOptions,
  body: unknown,
  accept: string,
): Collector<Result<Loaded<Data>>> {
  const leaving = new AbortController();
  const values = new Collector<Result<Loaded<Data>>>(() => {
    leaving.abort();
  });
  const read = async (): Promise<void> => {
    const response = await post(options, body, accept, leaving.signal);
    const type = response.headers.get('content-type') ?? '';
    if (type.startsWith('application/json'))
      values.push((await response.json()) as Result<Loaded<Data>>);
    else if (type.startsWith('multipart/mixed')) await readParts(response, values);
    else if (type.startsWith('text/event-stream')) await readEvents(response, values);
    else throw new Error(`unexpected response: status ${response.status}, content type "${type}"`);
    values.end();
  };
  read().catch((error: unknown) => {
    values.fail(error);
  });
  return values;
}

async function readEvents<V>(response: Response, values: Collector<V>): Promise<void> {
  for await (const block of readBlocks(response, '\n\n')) {
    const event = /^event: (.*)$/m.exec(block)?.[1];
    if (event === 'next') values.push(JSON.parse(/^data: (.*)$/m.exec(block)?.[1] ?? '') as V);
    if (event === 'complete') return;
  }
  throw new Error('the stream ended without a "complete" event');
}

async function readParts<V>(response: Response, values: Collector<V>): Promise<void> {
  for await (const part of readBlocks(response, '\r\n---')) {
    const json = part.split('\r\n\r\n')[1];
    if (json) values.push(JSON.parse(json) as V);
  }
}

async function* readBlocks({ body }: Response, separator: string): AsyncGenerator<string> {
  let text = '';
  for await (const piece of (body ?? new ReadableStream()).pipeThrough(new TextDecoderStream())) {
    const parts = (text + piece).split(separator);
    text = parts.pop() ?? '';
    yield* parts;
  }
  if (text.trim() !== '') yield text;
}
