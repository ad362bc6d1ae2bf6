import { request } from '../support/request.ts';

interface HistoryPage {
  readonly session: {
    readonly messages: {
      readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean };
      readonly nodes: readonly { readonly id?: string; readonly content?: string }[];
    };
  };
}

const query = `query ($id: ID!, $after: String) {
  session(id: $id) {
    messages(first: 100, after: $after) {
      pageInfo { endCursor hasNextPage }
      nodes { ... on AssistantMessage { id content } }
    }
  }
}`;

/** The content of all messages of the agent, by id. */
export async function readHistory(
  url: string,
  sessionIds: readonly string[],
): Promise<Map<string, string>> {
  const contents = new Map<string, string>();
  for (const id of sessionIds) {
    let after: string | null = null;
    do after = await readPage(url, { id, after }, contents);
    while (after !== null);
  }
  return contents;
}

/** @returns where the next page begins; null: there is none */
async function readPage(
  url: string,
  variables: { readonly id: string; readonly after: string | null },
  contents: Map<string, string>,
): Promise<string | null> {
  const { session } = await request<HistoryPage>(url, query, variables);
  const { nodes, pageInfo } = session.messages;
  for (const { id, content } of nodes) {
    if (id !== undefined && content !== undefined) contents.set(id, content);
  }
  return pageInfo.hasNextPage ? pageInfo.endCursor : null;
}
