import { randomUUID } from 'node:crypto';

import {
  LateJoinDocument,
  OpenSessionDocument,
  type OpenSessionMutation,
  type PatchFragment,
  SayDocument,
  StopDocument,
  TimelineDocument,
} from '../generated/graphql.ts';
import type { Gateway, GatewayError } from './gateway.ts';
import { type EventOf, react, type Reactions } from './react.ts';
import { Requests } from './requests.ts';
import type { Prompt, Screen } from './screen.ts';
import { Texts } from './texts.ts';

type Session = NonNullable<OpenSessionMutation['createSession']>['session'];

interface ChatOptions {
  readonly gateway: Gateway;
  readonly screen: Screen;
  readonly session: Session;
  /** There is nothing to be followed any more. */
  readonly ended: (why: string) => void;
}

/** @throws GatewayError */
export async function openSession(gateway: Gateway, sessionId?: string): Promise<Session> {
  const input = { ...(sessionId && { sessionId }), ifExists: 'RESUME' as const };
  const { createSession } = await gateway.run(OpenSessionDocument, { input });
  if (!createSession) throw new Error('the gateway made no session');
  return createSession.session;
}

/** One session on one screen. */
export class Chat {
  readonly #options: ChatOptions;
  readonly #sessionId: string;
  readonly #requests: Requests;
  readonly #prompt: Prompt = { words: '> ', take: (line) => void this.#take(line.trim()) };
  /** That have not ended, the running one first. */
  readonly #turns = new Set<string>();
  /** What this client has sent and the timeline has not told yet. */
  readonly #said: string[] = [];
  readonly #userMessages = new Set<string>();
  readonly #reactions: Reactions = {
    MessageDelta: (patch) => {
      if (isShown(patch)) this.#endLateJoin();
      this.#patch(patch);
    },
    UserMessageAdded: ({ agentId, userMessage }) => {
      if (!agentId) this.#heard(userMessage.id, userMessage.content);
    },
    ToolCallChanged: ({ toolCall }) => {
      this.#toolCall(toolCall);
    },
    TurnChanged: ({ turn }) => {
      this.#turn(turn);
    },
    RequestPending: ({ request }) => {
      this.#requests.add(request);
    },
    RequestResolved: ({ requestId, resolution }) => {
      this.#requests.resolved(requestId, resolution);
    },
    SessionDeleted: () => {
      this.#options.ended('the session was deleted');
    },
  };
  #texts: Texts;
  #endLateJoin: () => void = () => undefined;

  constructor(options: ChatOptions) {
    const { gateway, screen, session } = options;
    this.#options = options;
    this.#sessionId = session.id;
    this.#texts = new Texts(screen);
    this.#requests = new Requests({
      gateway,
      sessionId: session.id,
      say: (line) => {
        screen.line(line);
      },
      changed: () => {
        this.#expect();
      },
      command: (line) => void this.#take(line.trim()),
    });
    this.#begin(session);
  }

  get isBusy(): boolean {
    return this.#turns.size > 0;
  }

  /** Stops what the agent is doing. */
  async stop(): Promise<void> {
    const { gateway, screen } = this.#options;
    const [turnId] = this.#turns;
    if (turnId === undefined) return;
    try {
      const { abortTurn } = await gateway.run(StopDocument, { sessionId: this.#sessionId, turnId });
      for (const { prompt } of abortTurn?.discardedMessages ?? [])
        screen.line(`[dropped: ${prompt}]`);
    } catch (error) {
      screen.line(`[${messageOf(error)}]`);
    }
  }

  /** What there is, then what happens: the cursor was taken before the messages were read. */
  #begin(session: Session): void {
    const { gateway, screen } = this.#options;
    this.#showMessages(session);
    if (session.currentTurn) {
      this.#turns.add(session.currentTurn.id);
      screen.line('[the agent is at work]');
      this.#joinLate();
    }
    for (const request of session.pendingRequests ?? []) this.#requests.add(request);
    gateway.follow(
      TimelineDocument,
      { sessionId: this.#sessionId, after: session.cursor ?? null },
      {
        next: ({ sessionEvents }) => {
          react(this.#reactions, sessionEvents);
        },
        failed: (error) => void this.#lost(error),
      },
    );
    this.#expect();
  }

  #showMessages({ messages }: Session): void {
    for (const message of messages?.nodes ?? []) {
      if (message.__typename === 'UserMessage') this.#heard(message.id, message.content);
      else if (!message.agentId) this.#texts.add(message.id, message.content);
    }
  }

  /**
   * The message that is being written, at once: after a cursor, it comes with its next words only. As soon as
   * the timeline has something of it, which is then the whole of it, the timeline is enough.
   */
  #joinLate(): void {
    this.#endLateJoin = this.#options.gateway.follow(
      LateJoinDocument,
      { sessionId: this.#sessionId },
      {
        next: ({ messageDelta }) => {
          this.#patch(messageDelta);
        },
        failed: () => undefined,
      },
    );
  }

  async #lost(error: GatewayError): Promise<void> {
    const { gateway, screen, ended } = this.#options;
    if (error.code !== 'CURSOR_EXPIRED') {
      ended(error.message);
      return;
    }
    screen.line('[the history is another one now]');
    this.#texts = new Texts(screen);
    this.#userMessages.clear();
    this.#turns.clear();
    try {
      this.#begin(await openSession(gateway, this.#sessionId));
    } catch (failure) {
      ended(messageOf(failure));
    }
  }

  #patch(patch: PatchFragment): void {
    if (isShown(patch)) this.#texts.patch(patch);
  }

  #heard(id: string, content: string): void {
    if (this.#userMessages.has(id)) return;
    this.#userMessages.add(id);
    const own = this.#said.indexOf(content);
    if (own === -1) this.#options.screen.line(`> ${content}`);
    else this.#said.splice(own, 1);
  }

  #toolCall({ id, name, title, state, error }: EventOf<'ToolCallChanged'>['toolCall']): void {
    const problem = error ? ` (${error})` : '';
    this.#options.screen.line(`[tool] ${title ?? name}: ${state.toLowerCase()}${problem}`, id);
  }

  #turn({ id, state, error }: EventOf<'TurnChanged'>['turn']): void {
    const { screen } = this.#options;
    if (['QUEUED', 'RUNNING', 'WAITING_FOR_INPUT'].includes(state)) this.#turns.add(id);
    else this.#turns.delete(id);
    if (state === 'ABORTED') screen.line('[stopped]');
    if (error) screen.line(`[failed: ${error.code}: ${error.message}]`);
    this.#expect();
  }

  #expect(): void {
    const { screen } = this.#options;
    if (this.#requests.prompt) screen.ask(this.#requests.prompt);
    else if (this.isBusy) screen.offer(this.#prompt);
    else screen.ask(this.#prompt);
  }

  async #take(line: string): Promise<void> {
    if (line === '') return;
    if (line === '/stop') await this.stop();
    else await this.#say(line);
  }

  async #say(prompt: string): Promise<void> {
    const { gateway, screen } = this.#options;
    screen.offer(this.#prompt);
    this.#said.push(prompt);
    try {
      const ids = { sessionId: this.#sessionId, clientMessageId: randomUUID() };
      await gateway.run(SayDocument, { ...ids, prompt });
    } catch (error) {
      this.#said.splice(this.#said.indexOf(prompt), 1);
      screen.line(`[not sent: ${messageOf(error)}]`);
      this.#expect();
    }
  }
}

/** What the agent says; not what it thinks, and not what its helpers say to it. */
function isShown({ kind, agentId }: PatchFragment): boolean {
  return kind === 'CONTENT' && !agentId;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
