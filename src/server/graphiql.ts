import type { GraphiQLOptions } from 'graphql-yoga';

const SESSION = 'first-session';

const tabs = [
  `# 1. Create a session, or come back to it.
mutation CreateSession {
  createSession(input: { sessionId: "${SESSION}", ifExists: RESUME }) {
    created
    session { id state model createdAt }
  }
}`,
  `# 2. Subscribe: leave this running and go on in the next tab.
subscription Follow {
  messageDelta(sessionId: "${SESSION}") {
    messageId
    kind
    offset
    text
    state
  }
}`,
  `# 3. Send a message; the answer streams in the tab before, and comes here as a whole.
mutation SendMessage {
  sendMessage(input: { sessionId: "${SESSION}", prompt: "Tell me a short story." }) {
    turn { id state }
    finishedTurn {
      state
      reply { content }
      error { code message retryable }
    }
  }
}`,
  `# 4. The sessions, newest activity first, with their latest messages.
query Sessions {
  sessions(first: 10) {
    totalCount
    nodes {
      id
      title
      state
      updatedAt
      messages(last: 2) {
        nodes {
          __typename
          ... on UserMessage { content }
          ... on AssistantMessage { content model }
        }
      }
    }
  }
}`,
  `# 5. Is everything well?
query Status {
  status {
    healthy
    gateway { version startedAt openSessions activeSubscriptions }
    runtimes { id state version protocolVersion latencyMs auth { isAuthenticated login message } }
  }
}`,
];

/** The main job, in order. */
export const graphiqlOptions: GraphiQLOptions = {
  title: 'GraphQL gateway for GitHub Copilot',
  subscriptionsProtocol: 'WS',
  defaultTabs: tabs.map((query) => ({ query })),
  defaultEditorToolsVisibility: false,
  favicon: 'data:,',
};
