
      export interface PossibleTypesResultData {
        possibleTypes: {
          [key: string]: string[]
        }
      }
      const result: PossibleTypesResultData = {
  "possibleTypes": {
    "Message": [
      "AssistantMessage",
      "UserMessage"
    ],
    "Node": [
      "Session",
      "Status"
    ],
    "PendingRequest": [
      "ClientToolCall",
      "ElicitationRequest",
      "PermissionRequest",
      "UserInputRequest"
    ],
    "SessionEvent": [
      "AssistantMessageCompleted",
      "ContextCompacted",
      "CredentialsRequired",
      "IntentChanged",
      "MessageDelta",
      "ModelChanged",
      "ModelRetry",
      "QueueChanged",
      "RequestPending",
      "RequestResolved",
      "RuntimeChanged",
      "SessionDeleted",
      "SessionInfo",
      "SessionWarning",
      "SubagentChanged",
      "TitleChanged",
      "ToolCallChanged",
      "ToolOutputDelta",
      "TurnChanged",
      "UsageChanged",
      "UserMessageAdded"
    ]
  }
};
      export default result;
    