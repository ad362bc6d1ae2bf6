import type { Client, Operation } from '../clients/transports.ts';

export interface PageMessage {
  readonly id: string;
  readonly turnId: string | null;
  readonly content: string;
  readonly toolCalls?: readonly { readonly state: string; readonly output: string | null }[];
}

export interface MessagePage {
  readonly edges: readonly { readonly cursor: string; readonly node: PageMessage }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

export const pageFields = `
  edges { cursor node {
    id turnId
    ... on UserMessage { content }
    ... on AssistantMessage { content toolCalls { state output } }
  } }
  pageInfo { hasNextPage hasPreviousPage startCursor endCursor }`;

export const listMessages =
  `query ($id: ID!, $first: Int, $after: String, $last: Int, $before: String) {
  session(id: $id) {
    state messages(first: $first, after: $after, last: $last, before: $before) { ${pageFields} }
  }
}` as Operation<{ readonly session: { readonly state: string; readonly messages: MessagePage } }>;

export interface PageArgs {
  readonly first?: number;
  readonly after?: string | null;
  readonly last?: number;
  readonly before?: string | null;
}

export async function page(client: Client, id: string, args: PageArgs): Promise<MessagePage> {
  return (await client.run(listMessages, { id, ...args })).session.messages;
}
