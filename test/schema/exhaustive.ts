import type { DocumentType } from '../generated/gql.ts';
import type { SessionEventsAllFieldsSubscriptionDocument } from '../generated/graphql.ts';

/** Any event, as a typed client receives it. */
export type ReceivedEvent = DocumentType<
  typeof SessionEventsAllFieldsSubscriptionDocument
>['sessionEvents'];

/** Under what a client's store keeps that which the event carries. */
// One case for each type of event, and nothing else.
// eslint-disable-next-line complexity
export function storeKey(event: ReceivedEvent): string {
  switch (event.__typename) {
    case 'TurnChanged':
      return event.turn.id;
    case 'UserMessageAdded':
      return event.userMessage.id;
    case 'MessageDelta':
      return `${event.messageId}:${event.kind}`;
    case 'AssistantMessageCompleted':
      return event.assistantMessage.id;
    case 'ToolCallChanged':
      return event.toolCall.id;
    case 'ToolOutputDelta':
      return event.toolCallId;
    case 'RequestPending':
      return event.request.id;
    case 'RequestResolved':
      return event.requestId;
    case 'QueueChanged':
      return event.sessionId;
    case 'TitleChanged':
      return event.sessionId;
    case 'IntentChanged':
    case 'ModelChanged':
    case 'ModelRetry':
    case 'ContextCompacted':
    case 'UsageChanged':
      return event.sessionId;
    case 'SubagentChanged':
      return event.subagent.id;
    case 'SessionInfo':
      return `${event.sessionId}:${event.infoType}`;
    case 'SessionWarning':
      return `${event.sessionId}:${event.warningType}`;
    case 'CredentialsRequired':
    case 'RuntimeChanged':
      return event.sessionId;
    case 'SessionDeleted':
      return event.deletedSessionId;
    default:
      return unknownEvent(event);
  }
}

/** A type of event that has no case above does not compile. */
function unknownEvent(event: never): never {
  throw new Error(`no case for ${JSON.stringify(event)}`);
}
