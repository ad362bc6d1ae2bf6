import { graphql } from '../../generated/operations/gql.ts';
import type {
  CreateSessionInput,
  ForkSessionInput,
  ForkSessionMutation,
  ReadSessionQuery,
  SessionsChangedSubscription,
} from '../../generated/operations/graphql.ts';
import type { Client, Loaded } from '../clients/transports.ts';

export const createSession = graphql(`
  mutation CreateSession($input: CreateSessionInput!) {
    createSession(input: $input) {
      created
      session {
        ...SessionFields
        cursor
      }
    }
  }
`);

export const resumeSession = graphql(`
  mutation ResumeSession($input: ResumeSessionInput!) {
    resumeSession(input: $input) {
      session {
        ...SessionFields
      }
    }
  }
`);

export const updateSession = graphql(`
  mutation UpdateSession($input: UpdateSessionInput!) {
    updateSession(input: $input) {
      session {
        ...SessionFields
      }
    }
  }
`);

export const updateSessionCredentials = graphql(`
  mutation UpdateSessionCredentials($input: UpdateSessionCredentialsInput!) {
    updateSessionCredentials(input: $input) {
      session {
        id
      }
    }
  }
`);

export const setSessionRemote = graphql(`
  mutation SetSessionRemote($input: SetSessionRemoteInput!) {
    setSessionRemote(input: $input) {
      session {
        id
        remote {
          url
          steerable
        }
      }
    }
  }
`);

export const forkSession = graphql(`
  mutation ForkSession($input: ForkSessionInput!) {
    forkSession(input: $input) {
      session {
        ...SessionFields
        messages {
          nodes {
            ...MessageFields
          }
        }
      }
    }
  }
`);

export const disconnectSession = graphql(`
  mutation DisconnectSession($input: DisconnectSessionInput!) {
    disconnectSession(input: $input) {
      session {
        ...SessionFields
      }
    }
  }
`);

export const deleteSession = graphql(`
  mutation DeleteSession($input: DeleteSessionInput!) {
    deleteSession(input: $input) {
      deletedSessionId
    }
  }
`);

export type Session = Loaded<ReadSessionQuery>['session'];

export const readSession = graphql(`
  query ReadSession($id: ID!) {
    session(id: $id) {
      id
      state
      title
      model
      reasoningEffort
      cursor
      labels {
        key
        value
      }
      currentTurn {
        id
        state
      }
      messages {
        nodes {
          ...MessageFields
        }
      }
    }
  }
`);

export const searchSessions = graphql(`
  query SearchSessions($search: String!) {
    sessions(filter: { search: $search }) {
      totalCount
      nodes {
        id
        state
      }
    }
  }
`);

export type SessionChange = Loaded<SessionsChangedSubscription>['sessionsChanged'];

export const sessionsChanged = graphql(`
  subscription SessionsChanged {
    sessionsChanged {
      kind
      sessionId
      session {
        id
        title
      }
    }
  }
`);

/** A gateway that names the sessions of a test. */
interface SessionIds {
  createSessionId(): string;
}

/** Creates a session for one test and returns its id. */
export async function createTestSession(
  gateway: SessionIds,
  client: Client,
  input: Partial<CreateSessionInput> = {},
): Promise<string> {
  const sessionId = gateway.createSessionId();
  await client.run(createSession, { input: { sessionId, ...input } });
  return sessionId;
}

export async function fetchSession(client: Client, sessionId: string): Promise<Session> {
  return (await client.run(readSession, { id: sessionId })).session;
}

/** Returns the texts of the agent's messages in the history. */
export async function listReplies(client: Client, sessionId: string): Promise<string[]> {
  const { messages } = await fetchSession(client, sessionId);
  return messages.nodes
    .filter(({ __typename }) => __typename === 'AssistantMessage')
    .map(({ content }) => content);
}

export async function fork(
  client: Client,
  sessionId: string,
  input: Partial<ForkSessionInput> = {},
): Promise<Loaded<ForkSessionMutation>['forkSession']['session']> {
  return (await client.run(forkSession, { input: { sessionId, ...input } })).forkSession.session;
}
