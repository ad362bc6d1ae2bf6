import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { parse } from 'graphql';

import type { Patch } from './live-texts.ts';

interface InSession {
  readonly sessionId: string;
}

interface Turn {
  readonly id: string;
  readonly state: string;
  readonly reply: { readonly id: string; readonly content: string } | null;
}

export type CreateSession = TypedDocumentNode<
  { createSession: { session: { id: string; cursor: string | null } } },
  InSession
>;
export const createSession: CreateSession = parse(`
  mutation CreateSession($sessionId: ID!) {
    createSession(input: { sessionId: $sessionId, ifExists: RESUME }) {
      session { id cursor }
    }
  }
`);

/** Returns the turn immediately, and `finishedTurn` when it has ended. */
export type Ask = TypedDocumentNode<
  { sendMessage: { turn: { id: string; state: string }; finishedTurn?: Turn | null } },
  InSession & { readonly prompt: string }
>;
export const ask: Ask = parse(`
  mutation Ask($sessionId: ID!, $prompt: String!) {
    sendMessage(input: { sessionId: $sessionId, prompt: $prompt }) {
      turn { id state }
      ... @defer {
        finishedTurn { id state reply { id content } }
      }
    }
  }
`);

/** For clients without incremental delivery: responds when the turn has ended. */
export type AskAndWait = TypedDocumentNode<
  { sendMessage: { finishedTurn: Turn | null } },
  InSession & { readonly prompt: string }
>;
export const askAndWait: AskAndWait = parse(`
  mutation AskAndWait($sessionId: ID!, $prompt: String!) {
    sendMessage(input: { sessionId: $sessionId, prompt: $prompt }) {
      finishedTurn { id state reply { id content } }
    }
  }
`);

export interface Position extends InSession {
  /** Null: messages that are being written, then live text. */
  readonly after: string | null;
}

/** `cursor` must be selected: the subscription resumes from it. */
export type WatchText = TypedDocumentNode<{ messageDelta: Patch & { cursor: string } }, Position>;
export const watchText: WatchText = parse(`
  subscription WatchText($sessionId: ID!, $after: Cursor) {
    messageDelta(sessionId: $sessionId, after: $after) {
      cursor messageId kind offset text state
    }
  }
`);

export type ReadHistory = TypedDocumentNode<
  { session: { id: string; messages: { nodes: Message[] } | null } | null },
  InSession
>;
interface Message {
  readonly __typename: string;
  readonly id: string;
  readonly content?: string;
}
export const readHistory: ReadHistory = parse(`
  query ReadHistory($sessionId: ID!) {
    session(id: $sessionId) {
      id
      messages(last: 50) {
        nodes {
          ...MessageHead
          ... on UserMessage { content }
          ... on AssistantMessage { content }
        }
      }
    }
  }

  fragment MessageHead on Message {
    __typename
    id
    createdAt
  }
`);
