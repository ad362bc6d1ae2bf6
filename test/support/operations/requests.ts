import type { CopilotSession } from '@github/copilot-sdk';

import { graphql } from '../../generated/operations/gql.ts';
import type {
  PermissionDecision,
  ReadRequestsQuery,
  RequestEventsSubscription,
  RequestFieldsFragment,
  RespondToElicitationRequestInput,
  RespondToPermissionRequestMutation,
  RespondToToolCallInput,
  TurnState,
} from '../../generated/operations/graphql.ts';
import { waitUntil } from '../assertions/until.ts';
import type { Collector } from '../clients/collector.ts';
import type { Client, Flat, Loaded } from '../clients/transports.ts';
import type { TestGateway } from '../gateway/gateway.ts';
import type { HeldPrompt } from '../models/scripted-model.ts';
import { ask, send, type Turn } from './turns.ts';

export type PendingRequest = Flat<RequestFieldsFragment>;
export type RequestEvent = Loaded<RequestEventsSubscription>['sessionEvents'];

export type RequestEvents = Collector<{ readonly sessionEvents: RequestEvent }>;

export const requestEvents = graphql(`
  subscription RequestEvents($sessionId: ID!, $after: Cursor) {
    sessionEvents(
      sessionId: $sessionId
      after: $after
      types: [
        TURN_CHANGED
        TOOL_CALL_CHANGED
        REQUEST_PENDING
        REQUEST_RESOLVED
        RUNTIME_CHANGED
        SESSION_WARNING
        SESSION_DELETED
      ]
    ) {
      __typename
      cursor
      turnId
      ... on TurnChanged {
        turn {
          ...TurnFields
        }
      }
      ... on ToolCallChanged {
        toolCall {
          id
          name
          state
          output
          error
        }
      }
      ... on RequestPending {
        request {
          ...RequestFields
        }
      }
      ... on RequestResolved {
        requestId
        resolution
        feedback
      }
      ... on RuntimeChanged {
        runtimeState
      }
      ... on SessionWarning {
        warningType
      }
    }
  }
`);

type WaitingSession = Loaded<ReadRequestsQuery>['session'];

export const readRequests = graphql(`
  query ReadRequests($id: ID!) {
    session(id: $id) {
      state
      currentTurn {
        id
        state
      }
      pendingRequests {
        ...RequestFields
      }
    }
  }
`);

type Payload = Loaded<RespondToPermissionRequestMutation>['respondToPermissionRequest'];

export const respondToPermission = graphql(`
  mutation RespondToPermissionRequest($input: RespondToPermissionRequestInput!) {
    respondToPermissionRequest(input: $input) {
      outcome
      session {
        ...PendingRequestIds
      }
    }
  }
`);

const respondToUserInput = graphql(`
  mutation RespondToUserInputRequest($input: RespondToUserInputRequestInput!) {
    respondToUserInputRequest(input: $input) {
      outcome
      session {
        ...PendingRequestIds
      }
    }
  }
`);

export const respondToElicitation = graphql(`
  mutation RespondToElicitationRequest($input: RespondToElicitationRequestInput!) {
    respondToElicitationRequest(input: $input) {
      outcome
      session {
        ...PendingRequestIds
      }
    }
  }
`);

export const respondToToolCall = graphql(`
  mutation RespondToToolCall($input: RespondToToolCallInput!) {
    respondToToolCall(input: $input) {
      outcome
      session {
        ...PendingRequestIds
      }
    }
  }
`);

export async function fetchWaitingSession(client: Client, id: string): Promise<WaitingSession> {
  return (await client.run(readRequests, { id })).session;
}

export async function decide(
  client: Client,
  request: PendingRequest,
  decision: PermissionDecision,
  feedback?: string,
): Promise<Payload> {
  const { sessionId, id: requestId } = request;
  const input = { sessionId, requestId, decision, ...(feedback !== undefined && { feedback }) };
  return (await client.run(respondToPermission, { input })).respondToPermissionRequest;
}

export async function answerQuestion(
  client: Client,
  request: PendingRequest,
  text: string,
): Promise<Payload> {
  const { sessionId, id: requestId } = request;
  const input = { sessionId, requestId, answer: text };
  return (await client.run(respondToUserInput, { input })).respondToUserInputRequest;
}

export async function submitForm(
  client: Client,
  request: PendingRequest,
  form: Pick<RespondToElicitationRequestInput, 'action' | 'content'>,
): Promise<Payload> {
  const { sessionId, id: requestId } = request;
  const input = { sessionId, requestId, ...form };
  return (await client.run(respondToElicitation, { input })).respondToElicitationRequest;
}

export async function submitResult(
  client: Client,
  request: PendingRequest,
  outcome: Pick<RespondToToolCallInput, 'result' | 'error'>,
): Promise<Payload> {
  const { sessionId, id: requestId } = request;
  const input = { sessionId, requestId, ...outcome };
  return (await client.run(respondToToolCall, { input })).respondToToolCall;
}

export async function waitForRequest(events: RequestEvents): Promise<PendingRequest> {
  const { sessionEvents: event } = await events.next((value) => !!value.sessionEvents.request);
  return event.request!;
}

export async function waitForResolution(events: RequestEvents): Promise<RequestEvent> {
  return (await events.next((value) => !!value.sessionEvents.resolution)).sessionEvents;
}

/** Waits for the end of a request. Requests that a policy decides may end at any time in between. */
export async function waitForEnd(
  events: RequestEvents,
  { id }: PendingRequest,
): Promise<RequestEvent> {
  return (await events.next((value) => value.sessionEvents.requestId === id)).sessionEvents;
}

/** Returns how long a request waits before it is rejected automatically, in milliseconds. */
export function measureTimeout({ requestedAt, expiresAt }: PendingRequest): number {
  return Date.parse(expiresAt ?? '') - Date.parse(requestedAt);
}

export async function waitForTurn(events: RequestEvents, ...states: TurnState[]): Promise<Turn> {
  const fits = ({ turn }: RequestEvent): boolean => !!turn && states.includes(turn.state);
  return (await events.next((value) => fits(value.sessionEvents))).sessionEvents.turn!;
}

export interface ToolCall {
  readonly name: string;
  readonly args: object;
}

export const shell: ToolCall = {
  name: 'bash',
  args: { command: 'touch made-by-agent', description: 'Make a file' },
};

export const question: ToolCall = {
  name: 'ask_user',
  args: { question: 'Which colour?', choices: ['red', 'blue'] },
};

/** Sends a prompt to which the model responds with a tool call. Its next response is held. */
export async function sendToolPrompt(
  gateway: Pick<TestGateway, 'model'>,
  { client, sessionId }: { readonly client: Client; readonly sessionId: string },
  tool: ToolCall,
): Promise<{ readonly held: HeldPrompt; readonly turnId: string }> {
  const held = gateway.model.hold();
  const { turn } = await send(client, sessionId, held.prompt);
  (await held.nextCall()).callTool(tool.name, tool.args);
  return { held, turnId: turn.id };
}

/** Writes the reply of the model after a tool call, which ends the turn. */
export async function replyAfterTool(held: HeldPrompt, text: string): Promise<void> {
  const call = await held.nextCall();
  call.write(text);
  call.finish();
}

/** Returns the result of the newest tool call as the model received it. */
export function getToolResult({ model }: Pick<TestGateway, 'model'>): unknown {
  return model.requests.at(-1)?.messages.findLast(({ role }) => role === 'tool')?.content;
}

/** Aborts a turn in the runtime, without the gateway. */
export async function abortInRuntime({ services }: TestGateway, sessionId: string): Promise<void> {
  await services.runtime.call(async (client) => {
    // The SDK has no public access from a client to its open sessions.
    const { sessions } = client as unknown as { sessions: Map<string, CopilotSession> };
    await sessions.get(sessionId)?.abort();
  });
}

/** Checks whether the journal contains a permission request, which a killed runtime would lose otherwise. */
export async function isRequestWritten(
  { services }: TestGateway,
  sessionId: string,
): Promise<boolean> {
  const { events } = await services.runtime.call(({ rpc }) =>
    rpc.sessions.readPersistedEvents({ sessionId, max: 100 }),
  );
  return events.some(({ type }) => type === 'permission.requested');
}

/** Asks for something that needs permission, and rejects the request. */
export async function askAndReject(
  client: Client,
  sessionId: string,
  prompt: string,
): Promise<Turn> {
  const ended = ask(client, sessionId, prompt);
  const [request] = await waitUntil(
    async () => {
      const { pendingRequests } = await fetchWaitingSession(client, sessionId);
      return pendingRequests.length > 0 && pendingRequests;
    },
    { what: () => 'a pending request' },
  );
  await decide(client, request!, 'REJECT', `You may not ${prompt}`);
  return ended;
}

/** Options of a gateway that rejects all permission requests automatically. */
export const rejectingGateway = {
  profiles: { default: { tools: ['builtin:*'], permissions: { mode: 'reject' } } },
} as const;
