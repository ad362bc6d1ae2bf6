import { graphql } from '../generated/operations/gql.ts';
import type { MessageFieldsFragment } from '../generated/operations/graphql.ts';
import { waitUntil } from '../support/assertions/until.ts';
import { MergedTexts } from '../support/clients/merge.ts';
import type { ResumingSubscription } from '../support/clients/resuming-client.ts';
import { type Client, type Flat, OperationFailed } from '../support/clients/transports.ts';
import type { LiveDelta } from '../support/operations/events.ts';

type Deltas = ResumingSubscription<{ readonly messageDelta: LiveDelta }>;

const readHistory = graphql(`
  query ReadHistory($id: ID!) {
    session(id: $id) {
      cursor
      messages(last: 100) {
        nodes {
          ...MessageFields
        }
      }
    }
  }
`);

interface ScreenOptions {
  readonly subscribe: (after: string) => Deltas;
  /** By a line of its own that does not fail. */
  readonly client: Client;
  readonly sessionId: string;
  readonly cursor: string;
}

/** What is on the screen of a client that follows the contract, and no more than that. */
export class Screen {
  texts = new MergedTexts();
  /** How often it was told that its position is lost. */
  expired = 0;
  /** Patches that did not fit, and failures that no client can do anything about. */
  readonly problems: unknown[] = [];
  readonly #options: ScreenOptions;
  #deltas: Deltas;

  constructor(options: ScreenOptions) {
    this.#options = options;
    this.#deltas = this.#follow(options.cursor);
  }

  leave(): void {
    this.#deltas.return();
  }

  /** As soon as the piece of a text has arrived. */
  async shows(piece: string): Promise<void> {
    await waitUntil(() => this.texts.contents.some((content) => content.includes(piece)), {
      what: () => `"${piece}" on the screen, which has ${this.#newest()}`,
    });
  }

  /** As soon as it has all that the history has, and nothing else. */
  async isRight(): Promise<void> {
    const { client, sessionId } = this.#options;
    const replies = contentsOf(await history(client, sessionId));
    await waitUntil(() => JSON.stringify(replies) === JSON.stringify(this.texts.contents), {
      what: () =>
        `the same texts; the client has ${this.#newest()}, the history ${JSON.stringify(replies.slice(-3))}`,
      timeoutMs: 15_000,
    });
  }

  #newest(): string {
    return `${JSON.stringify(this.texts.contents.slice(-3))} ${this.problems.map(String).join('; ')}`;
  }

  #follow(after: string): Deltas {
    const deltas = this.#options.subscribe(after);
    deltas.onValue(({ messageDelta: delta }) => {
      try {
        this.texts.apply(delta);
      } catch (error) {
        this.problems.push(error);
      }
    });
    void deltas.closed.then(() => this.#recover(deltas));
    return deltas;
  }

  async #recover(deltas: Deltas): Promise<void> {
    const { error } = deltas;
    if (error instanceof OperationFailed && error.code === 'CURSOR_EXPIRED') {
      this.expired++;
      deltas.return();
      const { cursor, texts } = await this.#reload();
      this.texts = texts;
      this.#deltas = this.#follow(cursor);
    } else if (error !== undefined) this.problems.push(error);
  }

  async #reload(): Promise<{ cursor: string; texts: MergedTexts }> {
    const { client, sessionId } = this.#options;
    const session = await waitUntil(() => history(client, sessionId).catch(() => undefined), {
      what: () => 'the history',
      timeoutMs: 20_000,
    });
    const whole = { kind: 'CONTENT', offset: 0, state: 'COMPLETE' };
    const texts = new MergedTexts(
      session.replies.map(({ id, content }) => ({ ...whole, messageId: id, text: content })),
    );
    return { cursor: session.cursor, texts };
  }
}

interface History {
  readonly cursor: string;
  readonly replies: readonly Flat<MessageFieldsFragment>[];
}

async function history(client: Client, sessionId: string): Promise<History> {
  const { cursor, messages } = (await client.run(readHistory, { id: sessionId })).session;
  const replies = messages.nodes.filter(({ __typename }) => __typename === 'AssistantMessage');
  return { cursor, replies };
}

function contentsOf({ replies }: History): string[] {
  return replies.map(({ content }) => content);
}
