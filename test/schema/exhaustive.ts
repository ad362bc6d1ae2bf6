import type { DocumentType } from '../generated/gql.ts';
import type { SessionEventsAllFieldsSubscriptionDocument } from '../generated/graphql.ts';

/** An event of any type, as a typed client receives it. */
export type ReceivedEvent = DocumentType<
  typeof SessionEventsAllFieldsSubscriptionDocument
>['sessionEvents'];

/** Returns the key under which the store of a client keeps the object of an event. */
// The function consists of one case for each type of event.
// eslint-disable-next-line complexity
export function getStoreKey(event: ReceivedEvent): string {
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
      return rejectUnknownEvent(event);
  }
}

/** Makes a type of event without a case above a compile error. */
function rejectUnknownEvent(event: never): never {
  throw new Error(`no case for ${JSON.stringify(event)}`);
}
