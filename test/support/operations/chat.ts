import type { Collector } from '../clients/collector.ts';
import type { Delta } from '../clients/merge.ts';
import type { Client, Operation } from '../clients/transports.ts';

export interface CreatedSession {
  readonly createSession: {
    readonly created: boolean;
    readonly session: {
      readonly id: string;
      readonly state: string;
      readonly title: string | null;
      readonly model: string | null;
      readonly profile: string;
      readonly reasoningEffort: string | null;
      readonly cursor: string;
      readonly labels: readonly { readonly key: string; readonly value: string }[];
    };
  };
}

export const createSession = `mutation ($input: CreateSessionInput!) {
  createSession(input: $input) {
    created
    session { id state title model profile reasoningEffort cursor labels { key value } }
  }
}` as Operation<CreatedSession>;

export interface SentMessage {
  readonly sendMessage: {
    readonly cursor: string;
    readonly turn: { readonly id: string; readonly state: string };
  };
}

export const sendMessage = `mutation ($input: SendMessageInput!) {
  sendMessage(input: $input) { cursor turn { id state } }
}` as Operation<SentMessage>;

export interface Turn {
  readonly id: string;
  readonly state: string;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  readonly reply: {
    readonly id: string;
    readonly content: string;
    readonly reasoning: string | null;
    readonly turnId: string;
  } | null;
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly retryable: boolean;
    readonly statusCode: number | null;
  } | null;
}

const turnFields = `id state startedAt finishedAt
  reply { id content reasoning turnId } error { code message retryable statusCode }`;

export const askAndWait = `mutation ($input: SendMessageInput!, $timeoutMs: Int! = 15000) {
  sendMessage(input: $input) { cursor turn { id } finishedTurn(timeoutMs: $timeoutMs) { ${turnFields} } }
}` as Operation<{
  readonly sendMessage: { readonly turn: { readonly id: string }; readonly finishedTurn: Turn };
}>;

export const readTurn = `query ($id: ID!, $turnId: ID!) {
  session(id: $id) { turn(id: $turnId) { ${turnFields} } }
}` as Operation<{ readonly session: { readonly turn: Turn } }>;

export interface Message {
  readonly __typename: string;
  readonly id: string;
  readonly turnId: string | null;
  readonly content: string;
  readonly toolCalls?: readonly { readonly name: string; readonly state: string }[];
}

export interface Session {
  readonly id: string;
  readonly state: string;
  readonly title: string | null;
  readonly model: string | null;
  readonly reasoningEffort: string | null;
  readonly labels: readonly { readonly key: string; readonly value: string }[];
  readonly cursor: string;
  readonly currentTurn: { readonly id: string; readonly state: string } | null;
  readonly messages: { readonly nodes: readonly Message[] };
}

export const readSession = `query ($id: ID!) {
  session(id: $id) {
    id state title model reasoningEffort cursor labels { key value } currentTurn { id state }
    messages { nodes {
      __typename id turnId
      ... on UserMessage { content }
      ... on AssistantMessage { content toolCalls { name state } }
    } }
  }
}` as Operation<{ readonly session: Session }>;

export const messageDelta = `subscription ($sessionId: ID!, $after: Cursor) {
  messageDelta(sessionId: $sessionId, after: $after) {
    cursor turnId messageId kind offset text state
  }
}` as Operation<{ readonly messageDelta: LiveDelta }>;

export interface LiveDelta extends Delta {
  readonly cursor: string;
  readonly turnId: string;
}

export interface TimelineEvent extends Partial<LiveDelta> {
  readonly __typename: string;
  readonly cursor: string;
  readonly turn?: Turn;
  readonly userMessage?: { readonly id: string; readonly content: string };
  readonly assistantMessage?: { readonly id: string; readonly content: string };
  readonly toolCall?: { readonly id: string; readonly name: string; readonly state: string };
  readonly resolution?: string;
  readonly feedback?: string | null;
  readonly runtimeState?: string;
  readonly infoType?: string;
  readonly title?: string;
  readonly deletedSessionId?: string;
}

export const sessionEvents =
  `subscription ($sessionId: ID!, $after: Cursor, $types: [SessionEventType!]) {
  sessionEvents(sessionId: $sessionId, after: $after, types: $types) {
    __typename cursor turnId
    ... on TurnChanged { turn { ${turnFields} } }
    ... on UserMessageAdded { userMessage { id content } }
    ... on AssistantMessageCompleted { assistantMessage { id content } }
    ... on MessageDelta { messageId kind offset text state }
    ... on ToolCallChanged { toolCall { id name state } }
    ... on RequestResolved { resolution feedback }
    ... on RuntimeChanged { runtimeState }
    ... on SessionInfo { infoType }
    ... on TitleChanged { title }
    ... on SessionDeleted { deletedSessionId }
  }
}` as Operation<{ readonly sessionEvents: TimelineEvent }>;

export interface Notice {
  readonly infoType: string;
  readonly message: string;
  readonly url: string | null;
}

export const sessionInfo = `subscription ($sessionId: ID!, $infoTypes: [String!]) {
  sessionInfo(sessionId: $sessionId, infoTypes: $infoTypes) { infoType message url }
}` as Operation<{ readonly sessionInfo: Notice }>;

export interface Status {
  readonly healthy: boolean;
  readonly gateway: { readonly draining: boolean; readonly activeSubscriptions: number };
  readonly runtimes: readonly { readonly state: string; readonly lastError: string | null }[];
}

const statusFields = `healthy gateway { draining activeSubscriptions } runtimes { state lastError }`;

export const readStatus = `query { status { ${statusFields} } }` as Operation<{
  readonly status: Status;
}>;

export const statusChanged = `subscription { statusChanged { ${statusFields} } }` as Operation<{
  readonly statusChanged: Status;
}>;

export interface SessionChange {
  readonly kind: string;
  readonly sessionId: string;
  readonly session: { readonly id: string; readonly title: string | null } | null;
}

export const sessionsChanged = `subscription {
  sessionsChanged { kind sessionId session { id title } }
}` as Operation<{ readonly sessionsChanged: SessionChange }>;

/** What names the sessions of a test. */
interface SessionIds {
  sessionId(): string;
}

/** A session that is made for one test. */
export async function newSession(
  gateway: SessionIds,
  client: Client,
  input: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const sessionId = gateway.sessionId();
  await client.run(createSession, { input: { sessionId, ...input } });
  return sessionId;
}

/** Without waiting for the answer. */
export async function send(
  client: Client,
  sessionId: string,
  prompt: string,
): Promise<SentMessage['sendMessage']> {
  return (await client.run(sendMessage, { input: { sessionId, prompt } })).sendMessage;
}

/** The turn, once it has ended. */
export async function ask(client: Client, sessionId: string, prompt: string): Promise<Turn> {
  const { sendMessage: sent } = await client.run(askAndWait, { input: { sessionId, prompt } });
  return sent.finishedTurn;
}

export async function turnOf(client: Client, sessionId: string, turnId: string): Promise<Turn> {
  return (await client.run(readTurn, { id: sessionId, turnId })).session.turn;
}

export async function read(client: Client, sessionId: string): Promise<Session> {
  return (await client.run(readSession, { id: sessionId })).session;
}

/** Texts of the agent's messages in the history. */
export async function repliesOf(client: Client, sessionId: string): Promise<string[]> {
  const { messages } = await read(client, sessionId);
  return messages.nodes
    .filter(({ __typename }) => __typename === 'AssistantMessage')
    .map(({ content }) => content);
}

/** The deltas up to the last one of a text. */
export async function wholeText(
  deltas: Collector<{ readonly messageDelta: LiveDelta }>,
): Promise<LiveDelta[]> {
  const values = await deltas.until(({ messageDelta: delta }) => delta.state === 'COMPLETE');
  return values.map((value) => value.messageDelta);
}
