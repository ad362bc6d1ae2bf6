import { createHash } from 'node:crypto';

import { renderGraphiQL } from '@graphql-yoga/render-graphiql';
import type { GraphiQLOptions } from 'graphql-yoga';

const SESSION = 'first-session';

// GraphiQL names a tab after its operation. Lines have up to 35 characters: what its editor shows in a window
// of 1024 pixels. It ends a subscription when another tab is chosen, hence the second window.
const tabs = [
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
# 5. Permit it once, or REJECT it.
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
# 7. Is everything well?
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

/** To be filled in: each tab has its own. */
const CREDENTIALS = JSON.stringify({ authorization: 'Bearer ' }, null, 2);

/** The main job, in order. */
function createGraphiqlOptions({ isOpen }: { readonly isOpen: boolean }): GraphiQLOptions {
  return {
    title: 'Copilot GraphQL gateway',
    // Over a WebSocket its headers come too late to say who is asking.
    subscriptionsProtocol: isOpen ? 'WS' : 'SSE',
    defaultTabs: tabs.map((query) => (isOpen ? { query } : { query, headers: CREDENTIALS })),
    defaultEditorToolsVisibility: isOpen ? false : 'headers',
    // Over SSE it asks with GET, which is refused to pages that cannot send a header of their own.
    additionalHeaders: { 'x-graphql-yoga-csrf': 'graphiql' },
    // A token that was typed in is gone with its window.
    shouldPersistHeaders: false,
    favicon: 'data:,',
  };
}

// GraphiQL leaves offsets of its drag-and-drop on the tabs and hides them only while a tab lacks the focus:
// the first press on a tab makes it jump from under the pointer, and the tab is not chosen.
const TABS_STAY = '<style>.graphiql-tab.graphiql-tab { transform: none !important }</style>';

const INLINE_SCRIPT = /<script>(.*)<\/script>/s;

/** One page without any request to another host, and what its browser may do with it. */
export class GraphiqlPage {
  readonly options: GraphiQLOptions;
  #html: string | undefined;
  #contentSecurityPolicy: string | undefined;

  constructor(gateway: { readonly isOpen: boolean }) {
    this.options = createGraphiqlOptions(gateway);
  }

  /** Of nine megabytes: made when it is asked for, and once. */
  get html(): string {
    this.#html ??= renderGraphiQL(this.options).replace('</head>', `${TABS_STAY}</head>`);
    return this.#html;
  }

  /** Its one script runs and no other; its editor styles itself, and works in workers made of its own text. */
  get contentSecurityPolicy(): string {
    this.#contentSecurityPolicy ??= [
      "default-src 'none'",
      `script-src 'sha256-${hashScript(INLINE_SCRIPT.exec(this.html)?.[1] ?? '')}'`,
      'worker-src blob:',
      "style-src 'unsafe-inline'",
      'font-src data:',
      'img-src data:',
      "connect-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ].join('; ');
    return this.#contentSecurityPolicy;
  }
}

function hashScript(script: string): string {
  return createHash('sha256').update(script).digest('base64');
}
