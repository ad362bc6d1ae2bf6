import { randomUUID } from 'node:crypto';

import { type Client, createClient } from 'graphql-ws';
import { WebSocket } from 'ws';

import type { TypedDocumentString } from '../generated/graphql.ts';

interface GatewayOptions {
  /** The socket is gone; it is opened again by itself. */
  readonly onLost: () => void;
  readonly onBack: () => void;
}

interface Reader<Data> {
  readonly next: (data: Data) => void;
  readonly failed: (error: GatewayError) => void;
}

/** What the gateway, or the way to it, says of an operation that failed. */
export class GatewayError extends Error {
  /** One of `ErrorCode`; absent when the gateway was not reached. */
  readonly code: string | undefined;

  constructor(message: string, code?: string) {
    super(message);
    this.code = code;
  }
}

/** One socket for all operations. It comes back by itself, and each subscription goes on where it stopped. */
export class Gateway {
  readonly #client: Client;
  /** Newest cursor of each subscription, by the id that its operation keeps over all sockets. */
  readonly #resume: Record<string, string> = {};

  /** @param url `ws://` or `wss://` */
  constructor(url: string, { onLost, onBack }: GatewayOptions) {
    let wasConnected = false;
    let isLost = false;
    this.#client = createClient({
      url,
      webSocketImpl: WebSocket,
      generateID: () => randomUUID(),
      connectionParams: () => ({ resume: this.#resume }),
      keepAlive: 10_000,
      retryAttempts: Number.POSITIVE_INFINITY,
      // A wrong address is told at once; a gateway that was there comes back.
      shouldRetry: () => wasConnected,
      on: {
        message: (message) => {
          if (!('id' in message && 'payload' in message)) return;
          this.#remember(message.id, (message.payload as { readonly data?: unknown }).data);
        },
        connected: () => {
          wasConnected = true;
          if (isLost) onBack();
          isLost = false;
        },
        closed: (event) => {
          if (!wasConnected || isLost || (event as { code: number }).code === 1000) return;
          isLost = true;
          onLost();
        },
      },
    });
  }

  /**
   * A query or a mutation. When the socket breaks before the answer, it is sent again: a mutation must bear that.
   * @throws GatewayError
   */
  run<Data, Variables extends Record<string, unknown>>(
    document: TypedDocumentString<Data, Variables>,
    variables: Variables,
  ): Promise<Data> {
    return new Promise((resolve, reject) => {
      this.follow(document, variables, { next: resolve, failed: reject });
    });
  }

  /** @returns ends it */
  follow<Data, Variables extends Record<string, unknown>>(
    document: TypedDocumentString<Data, Variables>,
    variables: Variables,
    reader: Reader<Data>,
  ): () => void {
    return this.#client.subscribe<Data>(
      { query: document.toString(), variables },
      {
        next: ({ data, errors }) => {
          if (errors || !data) reader.failed(errorOf(errors));
          else reader.next(data);
        },
        error: (error) => {
          reader.failed(errorOf(error));
        },
        complete: () => undefined,
      },
    );
  }

  async leave(): Promise<void> {
    await this.#client.dispose();
  }

  #remember(id: string, data: unknown): void {
    for (const value of Object.values(data ?? {})) {
      const { cursor } = (value ?? {}) as { cursor?: unknown };
      if (typeof cursor === 'string') this.#resume[id] = cursor;
    }
  }
}

/** From the errors of a result, or from what the socket says. */
function errorOf(cause: unknown): GatewayError {
  const [first] = Array.isArray(cause) ? (cause as unknown[]) : [cause];
  const {
    message = '',
    reason = '',
    extensions,
  } = (first ?? {}) as {
    readonly message?: string;
    readonly reason?: string;
    readonly extensions?: { readonly code?: string };
  };
  const words = [message, reason].find((text) => text !== '');
  return new GatewayError(words ?? 'no connection', extensions?.code);
}
