import { describe, expect, it } from 'vitest';

import {
  ask,
  type LiveDelta,
  type Message,
  messageDelta,
  newSession,
  read,
  readSession,
  send,
} from '../support/chat.ts';
import { KillableGateway } from '../support/killable-gateway.ts';
import { MergedTexts } from '../support/merge.ts';
import { randomFrom } from '../support/random.ts';
import { type Resumed, subscribeResuming } from '../support/resuming-client.ts';
import { prompts } from '../support/scripted-model.ts';
import { TcpProxy } from '../support/tcp-proxy.ts';
import { type Client, OperationFailed, streamingTransports } from '../support/transports.ts';
import { until } from '../support/until.ts';

const ROUNDS = 20;
const RETRY_MS = 100;
const seed = Number(process.env['FAULTS_SEED'] ?? Date.now() % 1_000_000);

/** `messages` gives the last 50 unless more are asked for. */
const readWhole = readSession.replace('messages {', 'messages(last: 100) {') as typeof readSession;

interface Scene {
  readonly gateway: KillableGateway;
  readonly line: TcpProxy;
}

/** Each leaves everything running again. */
const faults = {
  'gateway killed': async ({ gateway }: Scene) => {
    await gateway.kill();
    await gateway.startAgain();
  },
  'runtime killed': async ({ gateway }: Scene) => {
    await gateway.killRuntime();
  },
  'line cut': async ({ line }: Scene) => {
    line.cut();
  },
  'line stalled': async ({ line }: Scene) => {
    line.stall();
    await pause(300);
    line.resume();
  },
} as const satisfies Record<string, (scene: Scene) => Promise<void>>;

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** What is on the screen of a client that follows the contract, and no more than that. */
class Screen {
  texts = new MergedTexts();
  expired = 0;
  readonly #subscribe: (after?: string) => Resumed<{ readonly messageDelta: LiveDelta }>;
  readonly #reload: () => Promise<{ cursor: string; texts: MergedTexts }>;
  #deltas: Resumed<{ readonly messageDelta: LiveDelta }>;

  constructor(options: {
    subscribe: (after?: string) => Resumed<{ readonly messageDelta: LiveDelta }>;
    reload: () => Promise<{ cursor: string; texts: MergedTexts }>;
  }) {
    this.#subscribe = options.subscribe;
    this.#reload = options.reload;
    this.#deltas = this.#follow();
  }

  leave(): void {
    this.#deltas.return();
  }

  #follow(after?: string): Resumed<{ readonly messageDelta: LiveDelta }> {
    const deltas = this.#subscribe(after);
    deltas.onValue(({ messageDelta: delta }) => {
      this.texts.take(delta);
    });
    void deltas.closed.then(async () => {
      if (!(deltas.error instanceof OperationFailed)) return;
      expect(deltas.error.code).toBe('CURSOR_EXPIRED');
      this.expired++;
      const { cursor, texts } = await this.#reload();
      this.texts = texts;
      this.#deltas = this.#follow(cursor);
    });
    return deltas;
  }
}

/** As a client does it that was told to try again; each time is a message of its own. */
async function answered(client: Client, sessionId: string): Promise<void> {
  let last: unknown;
  await until(
    async () => {
      const turn = await ask(client, sessionId, prompts.short).catch((error: unknown) => {
        last = error;
        return undefined;
      });
      last = turn ?? last;
      if (turn?.error?.retryable === false) throw new Error(JSON.stringify(turn));
      return turn?.state === 'COMPLETED';
    },
    { what: () => `an answer; instead came ${JSON.stringify(last)}`, timeoutMs: 30_000 },
  );
}

describe.each(streamingTransports)('over %s', (transport) => {
  it(`no text is torn or lost, whatever fails in mid-answer (FAULTS_SEED=${seed})`, async () => {
    const random = randomFrom(seed);
    await using gateway = await KillableGateway.start({ runtime: 'own' });
    await using line = await TcpProxy.start(Number(new URL(gateway.url).port));
    const { client } = gateway;
    const sessionId = await newSession(gateway, client);
    const { cursor } = await read(client, sessionId);
    const screen = new Screen({
      subscribe: (after) =>
        subscribeResuming(transport, {
          url: line.through(gateway.url),
          operation: messageDelta,
          variables: { sessionId, after: after ?? cursor },
          retryWaitMs: RETRY_MS,
        }),
      reload: () => reload(client, sessionId),
    });
    const names = Object.keys(faults) as (keyof typeof faults)[];
    const happened: string[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const name = names[Math.floor(random() * names.length)]!;
      const held = gateway.model.hold();
      await send(client, sessionId, held.prompt);
      const call = await held.call();
      const pieces = Array.from(
        { length: 1 + Math.floor(random() * 20) },
        (_, i) => `r${round}.${i} `,
      );
      await call.writeSlowly(pieces, Math.floor(random() * 20));
      const finishes = random() < 0.3;
      if (finishes) call.finish();
      await pause(random() * 150);
      happened.push(`${round}: ${name}${finishes ? ' after the end' : ''}`);
      const failing = faults[name]({ gateway, line });
      if (!finishes) {
        call.write('The end.');
        call.finish();
      }
      await failing;
      await answered(client, sessionId).catch((error: unknown) => {
        throw new Error(`${happened.join(', ')}: ${gateway.current.output()}`, { cause: error });
      });
      let replies: string[] = [];
      await until(
        async () => {
          replies = (await history(client, sessionId)).replies.map(({ content }) => content);
          return JSON.stringify(replies) === JSON.stringify(screen.texts.contents);
        },
        {
          what: () =>
            `the same texts after ${happened.join(', ')}; the client has ${JSON.stringify(screen.texts.contents.slice(-3))}, the history ${JSON.stringify(replies.slice(-3))}`,
          timeoutMs: 15_000,
        },
      );
    }
    screen.leave();
    console.log(`${transport}, seed ${seed}, ${screen.expired} expired: ${happened.join(', ')}`);
  }, 120_000);
});

async function history(
  client: Client,
  sessionId: string,
): Promise<{ cursor: string; replies: Message[] }> {
  const { cursor, messages } = (await client.run(readWhole, { id: sessionId })).session;
  const replies = messages.nodes.filter(({ __typename }) => __typename === 'AssistantMessage');
  return { cursor, replies };
}

async function reload(
  client: Client,
  sessionId: string,
): Promise<{ cursor: string; texts: MergedTexts }> {
  const { cursor, replies } = await until(() => history(client, sessionId).catch(() => undefined), {
    what: () => 'the history',
    timeoutMs: 20_000,
  });
  const texts = new MergedTexts(
    replies.map(({ id, content }) => ({
      messageId: id,
      kind: 'CONTENT',
      offset: 0,
      text: content,
      state: 'COMPLETE',
    })),
  );
  return { cursor, texts };
}
