const SESSION = 'first-session';

/**
 * The documents of GraphiQL's tabs, in the order in which a new user runs them. GraphiQL names a tab after its
 * operation, and ends a subscription when another tab is chosen, hence the second window in tab 2. Lines have up to
 * 35 characters: the width of the editor in a window of 1024 pixels.
 */
export const graphiqlTabs: readonly string[] = [
  `
# 1. Create a session, or come back
# to it. ▶ or Ctrl-Enter: run it.
mutation Create {
  createSession(
    input: {
      sessionId: "${SESSION}"
      ifExists: RESUME
    }
  ) {
    created
    session {
      id
      state
      model
      createdAt
    }
  }
}`,
  `
# 2. Run, then send (3) in a second
# window: leaving this tab ends it.
subscription Subscribe {
  messageDelta(
    sessionId: "${SESSION}"
  ) {
    messageId
    kind
    offset
    text
    state
  }
}`,
  `
# 3. Send. In one window: run this,
# then tab 2: it joins in midway.
mutation Send {
  sendMessage(
    input: {
      sessionId: "${SESSION}"
      prompt: "Tell me a story."
    }
  ) {
    turn {
      id
      state
    }
    finishedTurn {
      state
      reply {
        content
      }
      error {
        code
        message
        retryable
      }
    }
  }
}`,
  `
# 4. Does the agent wait for you?
# Copy the id of a request into 5.
query Asked {
  session(id: "${SESSION}") {
    state
    pendingRequests {
      __typename
      id
      expiresAt
      ... on PermissionRequest {
        kind
        summary
        command
        canApproveForSession
      }
    }
  }
}`,
  `
# 5. Approve it once, or REJECT it.
mutation Decide {
  respondToPermissionRequest(
    input: {
      sessionId: "${SESSION}"
      requestId: "request:id-of-4"
      decision: APPROVE_ONCE
    }
  ) {
    outcome
    session {
      state
      pendingRequests {
        id
      }
    }
  }
}`,
  `
# 6. The sessions, latest first,
# each with its last two messages.
query List {
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
          ... on UserMessage {
            content
          }
          ... on AssistantMessage {
            content
            model
          }
        }
      }
    }
  }
}`,
  `
# 7. Is the gateway healthy?
query Status {
  status {
    healthy
    gateway {
      version
      startedAt
      openSessions
      activeSubscriptions
    }
    runtimes {
      id
      state
      version
      protocolVersion
      latencyMs
      auth {
        isAuthenticated
        login
        message
      }
    }
  }
}`,
].map((document) => document.trim());
