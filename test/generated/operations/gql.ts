/* eslint-disable */
import * as types from './graphql.ts';



/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "\n  query ListSessionsAt($location: SessionLocation!) {\n    sessions(filter: { location: $location }) {\n      nodes {\n        id\n        location\n      }\n    }\n  }\n": typeof types.ListSessionsAtDocument,
    "\n  query ReadLocation($id: ID!) {\n    session(id: $id) {\n      location\n      remote {\n        url\n      }\n    }\n  }\n": typeof types.ReadLocationDocument,
    "\n  query ReadAccounts {\n    status {\n      runtimes {\n        auth {\n          isAuthenticated\n          authType\n          login\n          host\n          message\n        }\n      }\n    }\n  }\n": typeof types.ReadAccountsDocument,
    "\n    query ReadProviders {\n      status {\n        runtimes {\n          providers {\n            profile\n            type\n            host\n          }\n        }\n      }\n    }\n  ": typeof types.ReadProvidersDocument,
    "\n  query ReadServiceAccount {\n    status {\n      runtimes {\n        auth {\n          isAuthenticated\n          authType\n          login\n          message\n        }\n      }\n    }\n  }\n": typeof types.ReadServiceAccountDocument,
    "\n  query ListToolCalls($first: Int, $last: Int = 100) {\n    sessions(first: $first, filter: { search: \"no session has this\" }) {\n      nodes {\n        messages(last: $last) {\n          edges {\n            node {\n              ... on AssistantMessage {\n                toolCalls {\n                  id\n                }\n              }\n            }\n          }\n        }\n      }\n    }\n  }\n": typeof types.ListToolCallsDocument,
    "\n  query ReadAttachments($id: ID!) {\n    session(id: $id) {\n      messages {\n        nodes {\n          ... on UserMessage {\n            content\n            attachments {\n              name\n              mimeType\n              byteLength\n            }\n          }\n        }\n      }\n    }\n  }\n": typeof types.ReadAttachmentsDocument,
    "\n  subscription UserMessageAttachments($sessionId: ID!) {\n    sessionEvents(sessionId: $sessionId, types: [USER_MESSAGE_ADDED]) {\n      ... on UserMessageAdded {\n        userMessage {\n          attachments {\n            name\n            mimeType\n            byteLength\n          }\n        }\n      }\n    }\n  }\n": typeof types.UserMessageAttachmentsDocument,
    "\n  mutation SendWithDeferredTurn($input: SendMessageInput!) {\n    sendMessage(input: $input) {\n      turn {\n        id\n      }\n      ... @defer {\n        finishedTurn {\n          state\n          reply {\n            content\n          }\n        }\n      }\n    }\n  }\n": typeof types.SendWithDeferredTurnDocument,
    "\n    query ReadReplyTwice($id: ID!, $turnId: ID!) {\n      session(id: $id) {\n        turn(id: $turnId) {\n          reply {\n            content\n          }\n        }\n        again: turn(id: $turnId) {\n          reply {\n            content\n          }\n        }\n        messages(last: 20) {\n          edges {\n            node {\n              id\n            }\n          }\n        }\n      }\n    }\n  ": typeof types.ReadReplyTwiceDocument,
    "\n      query ReadPageTwice($id: ID!) {\n        session(id: $id) {\n          newest: messages(last: 20) {\n            ...MessagePageFields\n          }\n          same: messages(last: 20) {\n            ...MessagePageFields\n          }\n        }\n      }\n    ": typeof types.ReadPageTwiceDocument,
    "\n  query WhoAmI {\n    viewer {\n      id\n      name\n      roles\n    }\n  }\n": typeof types.WhoAmIDocument,
    "\n  query ListOwnedSessions($allOwners: Boolean! = false, $search: String) {\n    sessions(first: 100, filter: { allOwners: $allOwners, search: $search }) {\n      totalCount\n      nodes {\n        id\n        owner\n        title\n        state\n      }\n    }\n  }\n": typeof types.ListOwnedSessionsDocument,
    "\n    query ReadMetadata($id: ID!) {\n      node(id: $id) {\n        id\n        ... on Session {\n          owner\n          state\n          createdAt\n        }\n      }\n      session(id: $id) {\n        id\n        title\n      }\n    }\n  ": typeof types.ReadMetadataDocument,
    "\n  query Viewer {\n    viewer {\n      __typename\n      id\n    }\n  }\n": typeof types.ViewerDocument,
    "\n  query ReadFirstMessage($id: ID!) {\n    session(id: $id) {\n      messages(first: 1) {\n        edges {\n          cursor\n        }\n      }\n    }\n  }\n": typeof types.ReadFirstMessageDocument,
    "\n  query ReadMessageAfter($id: ID!, $after: String!) {\n    session(id: $id) {\n      messages(first: 1, after: $after) {\n        nodes {\n          id\n        }\n      }\n    }\n  }\n": typeof types.ReadMessageAfterDocument,
    "\n  query ListModels($profile: String) {\n    models(profile: $profile) {\n      name\n      displayName\n      contextWindow\n      reasoningEfforts\n    }\n  }\n": typeof types.ListModelsDocument,
    "\n  query ListProfiles {\n    profiles {\n      name\n      description\n      defaultModel\n      tools\n      allowsOwnProvider\n      allowsCloud\n      allowsRemote\n    }\n  }\n": typeof types.ListProfilesDocument,
    "\n  query ReadRemote($id: ID!) {\n    session(id: $id) {\n      remote {\n        url\n        steerable\n      }\n    }\n  }\n": typeof types.ReadRemoteDocument,
    "\n  subscription SessionWarnings($sessionId: ID!) {\n    sessionEvents(sessionId: $sessionId, types: [SESSION_WARNING]) {\n      ... on SessionWarning {\n        warningType\n        message\n      }\n    }\n  }\n": typeof types.SessionWarningsDocument,
    "\n  query ListSessions(\n    $first: Int\n    $after: String\n    $last: Int\n    $before: String\n    $filter: SessionFilter\n  ) {\n    sessions(first: $first, after: $after, last: $last, before: $before, filter: $filter) {\n      totalCount\n      nodes {\n        id\n      }\n      edges {\n        cursor\n      }\n      pageInfo {\n        hasNextPage\n        hasPreviousPage\n        startCursor\n        endCursor\n      }\n    }\n  }\n": typeof types.ListSessionsDocument,
    "\n  query ReadNodes($id: ID!) {\n    session: node(id: $id) {\n      __typename\n      id\n      ... on Session {\n        title\n      }\n    }\n    status: node(id: \"status:gateway\") {\n      __typename\n      id\n      ... on Status {\n        healthy\n      }\n    }\n    nothing: node(id: \"there-is-no-such-thing\") {\n      id\n    }\n  }\n": typeof types.ReadNodesDocument,
    "\n  query ListMessageTexts($id: ID!, $first: Int, $after: String, $last: Int) {\n    session(id: $id) {\n      messages(first: $first, after: $after, last: $last) {\n        nodes {\n          ... on UserMessage {\n            content\n          }\n          ... on AssistantMessage {\n            content\n          }\n        }\n        pageInfo {\n          hasNextPage\n          hasPreviousPage\n          endCursor\n        }\n      }\n    }\n  }\n": typeof types.ListMessageTextsDocument,
    "\n  subscription SettingsWarnings($sessionId: ID!) {\n    sessionEvents(sessionId: $sessionId, types: [SESSION_WARNING, USER_MESSAGE_ADDED]) {\n      __typename\n      ... on SessionWarning {\n        warningType\n        message\n        url\n      }\n    }\n  }\n": typeof types.SettingsWarningsDocument,
    "\n  query ReadWholeStatus {\n    status {\n      id\n      healthy\n      gateway {\n        version\n        startedAt\n        draining\n        openSessions\n        activeSubscriptions\n        lastCleanup {\n          examined\n        }\n      }\n      runtimes {\n        id\n        state\n        version\n        protocolVersion\n        latencyMs\n        lastSeenAt\n        lastError\n        openSessions\n        auth {\n          isAuthenticated\n          login\n        }\n      }\n    }\n  }\n": typeof types.ReadWholeStatusDocument,
    "\n  query ReadAccount {\n    viewer {\n      id\n      name\n      roles\n    }\n    profiles {\n      name\n      description\n      defaultModel\n      tools\n    }\n    models {\n      name\n      displayName\n      enabled\n    }\n    ofProfile: models(profile: \"default\") {\n      name\n    }\n  }\n": typeof types.ReadAccountDocument,
    "\n  subscription SlowMessageDelta($sessionId: ID!, $after: Cursor, $maxLatencyMs: Int!) {\n    messageDelta(sessionId: $sessionId, after: $after, maxLatencyMs: $maxLatencyMs) {\n      ...DeltaFields\n    }\n  }\n": typeof types.SlowMessageDeltaDocument,
    "\n  subscription SlowSessionEvents($sessionId: ID!, $maxLatencyMs: Int!) {\n    sessionEvents(sessionId: $sessionId, maxLatencyMs: $maxLatencyMs) {\n      cursor\n    }\n  }\n": typeof types.SlowSessionEventsDocument,
    "\n  subscription SessionStateChanged {\n    sessionsChanged {\n      kind\n      session {\n        id\n        state\n      }\n    }\n  }\n": typeof types.SessionStateChangedDocument,
    "\n  query ReadHistory($id: ID!) {\n    session(id: $id) {\n      cursor\n      messages(last: 100) {\n        nodes {\n          ...MessageFields\n        }\n      }\n    }\n  }\n": typeof types.ReadHistoryDocument,
    "\n  query ReadCleanup {\n    status {\n      gateway {\n        lastCleanup {\n          finishedAt\n          examined\n          deleted\n          dryRun\n          nextAt\n        }\n      }\n    }\n  }\n": typeof types.ReadCleanupDocument,
    "\n  subscription AgentEvents($sessionId: ID!, $after: Cursor, $types: [SessionEventType!]) {\n    sessionEvents(sessionId: $sessionId, after: $after, types: $types) {\n      __typename\n      cursor\n      turnId\n      agentId\n      ... on IntentChanged {\n        intent\n      }\n      ... on ModelChanged {\n        model\n        previousModel\n        cause\n      }\n      ... on ModelRetry {\n        reason\n        model\n        statusCode\n        attempt\n      }\n      ... on ContextCompacted {\n        succeeded\n        tokensBefore\n        tokensAfter\n        messagesRemoved\n      }\n      ... on UsageChanged {\n        turnUsage {\n          ...TurnUsageFields\n        }\n        sessionUsage {\n          ...SessionUsageFields\n        }\n      }\n      ... on SubagentChanged {\n        subagent {\n          ...SubagentFields\n        }\n      }\n    }\n  }\n": typeof types.AgentEventsDocument,
    "\n  query ReadUsage($id: ID!, $turnId: ID!) {\n    session(id: $id) {\n      usage {\n        ...SessionUsageFields\n      }\n      turn(id: $turnId) {\n        usage {\n          ...TurnUsageFields\n        }\n      }\n    }\n  }\n": typeof types.ReadUsageDocument,
    "\n  query ReadSubagents($id: ID!) {\n    session(id: $id) {\n      subagents {\n        ...SubagentFields\n      }\n    }\n  }\n": typeof types.ReadSubagentsDocument,
    "\n  mutation CreateCloudSession($input: CreateSessionInput!) {\n    createSession(input: $input) {\n      created\n      session {\n        ...CloudSessionFields\n      }\n    }\n  }\n": typeof types.CreateCloudSessionDocument,
    "\n  query ReadCloudSession($id: ID!) {\n    session(id: $id) {\n      ...CloudSessionFields\n    }\n  }\n": typeof types.ReadCloudSessionDocument,
    "\n  subscription MessageDelta($sessionId: ID!, $after: Cursor) {\n    messageDelta(sessionId: $sessionId, after: $after) {\n      ...DeltaFields\n    }\n  }\n": typeof types.MessageDeltaDocument,
    "\n  subscription SessionEvents($sessionId: ID!, $after: Cursor, $types: [SessionEventType!]) {\n    sessionEvents(sessionId: $sessionId, after: $after, types: $types) {\n      __typename\n      cursor\n      turnId\n      ... on TurnChanged {\n        turn {\n          ...TurnFields\n        }\n      }\n      ... on UserMessageAdded {\n        userMessage {\n          id\n          content\n        }\n      }\n      ... on AssistantMessageCompleted {\n        assistantMessage {\n          id\n          content\n        }\n      }\n      ...DeltaFields\n      ... on ToolCallChanged {\n        toolCall {\n          id\n          name\n          state\n        }\n      }\n      ... on RequestResolved {\n        resolution\n        feedback\n      }\n      ... on RuntimeChanged {\n        runtimeState\n      }\n      ... on SessionInfo {\n        infoType\n      }\n      ... on TitleChanged {\n        title\n      }\n      ... on SessionDeleted {\n        deletedSessionId\n      }\n    }\n  }\n": typeof types.SessionEventsDocument,
    "\n  subscription SessionInfo($sessionId: ID!, $infoTypes: [String!]) {\n    sessionInfo(sessionId: $sessionId, infoTypes: $infoTypes) {\n      infoType\n      message\n      url\n    }\n  }\n": typeof types.SessionInfoDocument,
    "\n  subscription CredentialsRequired($sessionId: ID!, $after: Cursor) {\n    sessionEvents(sessionId: $sessionId, after: $after, types: [CREDENTIALS_REQUIRED]) {\n      ... on CredentialsRequired {\n        host\n        reason\n      }\n    }\n  }\n": typeof types.CredentialsRequiredDocument,
    "fragment SessionFields on Session {\n  id\n  state\n  title\n  model\n  profile\n  reasoningEffort\n  labels {\n    key\n    value\n  }\n}\n\nfragment MessageFields on Message {\n  __typename\n  id\n  turnId\n  ... on UserMessage {\n    content\n  }\n  ... on AssistantMessage {\n    content\n    toolCalls {\n      name\n      state\n    }\n  }\n}\n\nfragment MessagePageFields on MessageConnection {\n  edges {\n    cursor\n    node {\n      id\n      turnId\n      ... on UserMessage {\n        content\n      }\n      ... on AssistantMessage {\n        content\n        toolCalls {\n          state\n          output\n        }\n      }\n    }\n  }\n  pageInfo {\n    hasNextPage\n    hasPreviousPage\n    startCursor\n    endCursor\n  }\n}\n\nfragment DeltaFields on MessageDelta {\n  cursor\n  turnId\n  messageId\n  kind\n  offset\n  text\n  state\n}\n\nfragment TurnFields on Turn {\n  id\n  state\n  startedAt\n  finishedAt\n  reply {\n    id\n    content\n    reasoning\n    turnId\n  }\n  error {\n    code\n    message\n    retryable\n    statusCode\n  }\n}\n\nfragment QueuedMessageFields on QueuedMessage {\n  id\n  prompt\n  queuedAt\n}\n\nfragment RequestFields on PendingRequest {\n  __typename\n  id\n  sessionId\n  turnId\n  agentId\n  toolCallId\n  requestedAt\n  expiresAt\n  ... on PermissionRequest {\n    kind\n    summary\n    command\n    diff\n    paths\n    canApproveForSession\n    arguments\n    toolName\n  }\n  ... on UserInputRequest {\n    question\n    choices\n    allowFreeform\n  }\n  ... on ElicitationRequest {\n    message\n    requestedSchema\n    mcpServer\n    url\n  }\n  ... on ClientToolCall {\n    toolName\n    arguments\n  }\n}\n\nfragment PendingRequestIds on Session {\n  state\n  pendingRequests {\n    id\n  }\n}\n\nfragment StatusFields on Status {\n  healthy\n  gateway {\n    draining\n    activeSubscriptions\n  }\n  runtimes {\n    state\n    lastError\n  }\n}\n\nfragment TurnUsageFields on TurnUsage {\n  inputTokens\n  outputTokens\n  cacheReadTokens\n  cacheWriteTokens\n  premiumRequests\n  durationMs\n  timeToFirstTokenMs\n  model\n}\n\nfragment SessionUsageFields on SessionUsage {\n  turns\n  inputTokens\n  outputTokens\n  cacheReadTokens\n  cacheWriteTokens\n  premiumRequests\n  contextTokens\n  contextLimit\n}\n\nfragment SubagentFields on Subagent {\n  id\n  name\n  displayName\n  description\n  state\n  toolCallId\n  toolCallCount\n  tokens\n  error\n}\n\nfragment CloudSessionFields on Session {\n  id\n  state\n  location\n  repository {\n    owner\n    name\n  }\n  remote {\n    url\n    steerable\n  }\n  queuedMessages {\n    id\n    prompt\n  }\n}": typeof types.SessionFieldsFragmentDoc,
    "\n  query ListMessages($id: ID!, $first: Int, $after: String, $last: Int, $before: String) {\n    session(id: $id) {\n      state\n      messages(first: $first, after: $after, last: $last, before: $before) {\n        ...MessagePageFields\n      }\n    }\n  }\n": typeof types.ListMessagesDocument,
    "\n  subscription RequestEvents($sessionId: ID!, $after: Cursor) {\n    sessionEvents(\n      sessionId: $sessionId\n      after: $after\n      types: [\n        TURN_CHANGED\n        TOOL_CALL_CHANGED\n        REQUEST_PENDING\n        REQUEST_RESOLVED\n        RUNTIME_CHANGED\n        SESSION_WARNING\n        SESSION_DELETED\n      ]\n    ) {\n      __typename\n      cursor\n      turnId\n      ... on TurnChanged {\n        turn {\n          ...TurnFields\n        }\n      }\n      ... on ToolCallChanged {\n        toolCall {\n          id\n          name\n          state\n          output\n          error\n        }\n      }\n      ... on RequestPending {\n        request {\n          ...RequestFields\n        }\n      }\n      ... on RequestResolved {\n        requestId\n        resolution\n        feedback\n      }\n      ... on RuntimeChanged {\n        runtimeState\n      }\n      ... on SessionWarning {\n        warningType\n      }\n    }\n  }\n": typeof types.RequestEventsDocument,
    "\n  query ReadRequests($id: ID!) {\n    session(id: $id) {\n      state\n      currentTurn {\n        id\n        state\n      }\n      pendingRequests {\n        ...RequestFields\n      }\n    }\n  }\n": typeof types.ReadRequestsDocument,
    "\n  mutation RespondToPermissionRequest($input: RespondToPermissionRequestInput!) {\n    respondToPermissionRequest(input: $input) {\n      outcome\n      session {\n        ...PendingRequestIds\n      }\n    }\n  }\n": typeof types.RespondToPermissionRequestDocument,
    "\n  mutation RespondToUserInputRequest($input: RespondToUserInputRequestInput!) {\n    respondToUserInputRequest(input: $input) {\n      outcome\n      session {\n        ...PendingRequestIds\n      }\n    }\n  }\n": typeof types.RespondToUserInputRequestDocument,
    "\n  mutation RespondToElicitationRequest($input: RespondToElicitationRequestInput!) {\n    respondToElicitationRequest(input: $input) {\n      outcome\n      session {\n        ...PendingRequestIds\n      }\n    }\n  }\n": typeof types.RespondToElicitationRequestDocument,
    "\n  mutation RespondToToolCall($input: RespondToToolCallInput!) {\n    respondToToolCall(input: $input) {\n      outcome\n      session {\n        ...PendingRequestIds\n      }\n    }\n  }\n": typeof types.RespondToToolCallDocument,
    "\n  mutation CreateSession($input: CreateSessionInput!) {\n    createSession(input: $input) {\n      created\n      session {\n        ...SessionFields\n        cursor\n      }\n    }\n  }\n": typeof types.CreateSessionDocument,
    "\n  mutation ResumeSession($input: ResumeSessionInput!) {\n    resumeSession(input: $input) {\n      session {\n        ...SessionFields\n      }\n    }\n  }\n": typeof types.ResumeSessionDocument,
    "\n  mutation UpdateSession($input: UpdateSessionInput!) {\n    updateSession(input: $input) {\n      session {\n        ...SessionFields\n      }\n    }\n  }\n": typeof types.UpdateSessionDocument,
    "\n  mutation UpdateSessionCredentials($input: UpdateSessionCredentialsInput!) {\n    updateSessionCredentials(input: $input) {\n      session {\n        id\n      }\n    }\n  }\n": typeof types.UpdateSessionCredentialsDocument,
    "\n  mutation SetSessionRemote($input: SetSessionRemoteInput!) {\n    setSessionRemote(input: $input) {\n      session {\n        id\n        remote {\n          url\n          steerable\n        }\n      }\n    }\n  }\n": typeof types.SetSessionRemoteDocument,
    "\n  mutation ForkSession($input: ForkSessionInput!) {\n    forkSession(input: $input) {\n      session {\n        ...SessionFields\n        messages {\n          nodes {\n            ...MessageFields\n          }\n        }\n      }\n    }\n  }\n": typeof types.ForkSessionDocument,
    "\n  mutation DisconnectSession($input: DisconnectSessionInput!) {\n    disconnectSession(input: $input) {\n      session {\n        ...SessionFields\n      }\n    }\n  }\n": typeof types.DisconnectSessionDocument,
    "\n  mutation DeleteSession($input: DeleteSessionInput!) {\n    deleteSession(input: $input) {\n      deletedSessionId\n    }\n  }\n": typeof types.DeleteSessionDocument,
    "\n  query ReadSession($id: ID!) {\n    session(id: $id) {\n      id\n      state\n      title\n      model\n      reasoningEffort\n      cursor\n      labels {\n        key\n        value\n      }\n      currentTurn {\n        id\n        state\n      }\n      messages {\n        nodes {\n          ...MessageFields\n        }\n      }\n    }\n  }\n": typeof types.ReadSessionDocument,
    "\n  query SearchSessions($search: String!) {\n    sessions(filter: { search: $search }) {\n      totalCount\n      nodes {\n        id\n        state\n      }\n    }\n  }\n": typeof types.SearchSessionsDocument,
    "\n  subscription SessionsChanged {\n    sessionsChanged {\n      kind\n      sessionId\n      session {\n        id\n        title\n      }\n    }\n  }\n": typeof types.SessionsChangedDocument,
    "\n  query ReadStatus {\n    status {\n      ...StatusFields\n    }\n  }\n": typeof types.ReadStatusDocument,
    "\n  subscription StatusChanged {\n    statusChanged {\n      ...StatusFields\n    }\n  }\n": typeof types.StatusChangedDocument,
    "\n  query ReadOpenSessions {\n    status {\n      gateway {\n        openSessions\n      }\n    }\n  }\n": typeof types.ReadOpenSessionsDocument,
    "\n  subscription DelegatedEvents($sessionId: ID!, $after: Cursor) {\n    sessionEvents(\n      sessionId: $sessionId\n      after: $after\n      types: [\n        TURN_CHANGED\n        USER_MESSAGE_ADDED\n        MESSAGE_DELTA\n        ASSISTANT_MESSAGE_COMPLETED\n        TOOL_CALL_CHANGED\n      ]\n    ) {\n      __typename\n      cursor\n      turnId\n      agentId\n      ... on TurnChanged {\n        turn {\n          id\n          state\n          reply {\n            content\n          }\n        }\n      }\n      ... on UserMessageAdded {\n        userMessage {\n          id\n          content\n        }\n      }\n      ... on AssistantMessageCompleted {\n        assistantMessage {\n          id\n          content\n        }\n      }\n      ...DeltaFields\n      ... on ToolCallChanged {\n        toolCall {\n          id\n          name\n          state\n          parentToolCallId\n        }\n      }\n    }\n  }\n": typeof types.DelegatedEventsDocument,
    "\n  query ReadDelegatedMessages($id: ID!) {\n    session(id: $id) {\n      messages {\n        nodes {\n          turnId\n          ... on AssistantMessage {\n            toolCalls {\n              name\n              state\n              parentToolCallId\n            }\n          }\n        }\n      }\n    }\n  }\n": typeof types.ReadDelegatedMessagesDocument,
    "\n  mutation SendMessage($input: SendMessageInput!) {\n    sendMessage(input: $input) {\n      cursor\n      turn {\n        id\n        state\n      }\n    }\n  }\n": typeof types.SendMessageDocument,
    "\n  mutation AskAndWait($input: SendMessageInput!, $timeoutMs: Int! = 15000) {\n    sendMessage(input: $input) {\n      cursor\n      turn {\n        id\n      }\n      finishedTurn(timeoutMs: $timeoutMs) {\n        ...TurnFields\n      }\n    }\n  }\n": typeof types.AskAndWaitDocument,
    "\n  query ReadTurn($id: ID!, $turnId: ID!) {\n    session(id: $id) {\n      turn(id: $turnId) {\n        ...TurnFields\n      }\n    }\n  }\n": typeof types.ReadTurnDocument,
    "\n  mutation AbortTurn($input: AbortTurnInput!) {\n    abortTurn(input: $input) {\n      session {\n        id\n        state\n      }\n      abortedTurn {\n        id\n        state\n        finishedAt\n      }\n      discardedMessages {\n        ...QueuedMessageFields\n      }\n    }\n  }\n": typeof types.AbortTurnDocument,
    "\n  mutation RemoveQueuedMessage($input: RemoveQueuedMessageInput!) {\n    removeQueuedMessage(input: $input) {\n      removedMessage {\n        ...QueuedMessageFields\n      }\n      session {\n        queuedMessages {\n          id\n        }\n      }\n    }\n  }\n": typeof types.RemoveQueuedMessageDocument,
    "\n  query ReadQueue($id: ID!) {\n    session(id: $id) {\n      queuedMessages {\n        ...QueuedMessageFields\n      }\n    }\n  }\n": typeof types.ReadQueueDocument,
    "\n  subscription QueueEvents($sessionId: ID!) {\n    sessionEvents(sessionId: $sessionId, types: [QUEUE_CHANGED, TURN_CHANGED]) {\n      __typename\n      cursor\n      ... on QueueChanged {\n        queuedMessages {\n          ...QueuedMessageFields\n        }\n      }\n      ... on TurnChanged {\n        turn {\n          id\n          state\n        }\n      }\n    }\n  }\n": typeof types.QueueEventsDocument,
};
const documents: Documents = {
    "\n  query ListSessionsAt($location: SessionLocation!) {\n    sessions(filter: { location: $location }) {\n      nodes {\n        id\n        location\n      }\n    }\n  }\n": types.ListSessionsAtDocument,
    "\n  query ReadLocation($id: ID!) {\n    session(id: $id) {\n      location\n      remote {\n        url\n      }\n    }\n  }\n": types.ReadLocationDocument,
    "\n  query ReadAccounts {\n    status {\n      runtimes {\n        auth {\n          isAuthenticated\n          authType\n          login\n          host\n          message\n        }\n      }\n    }\n  }\n": types.ReadAccountsDocument,
    "\n    query ReadProviders {\n      status {\n        runtimes {\n          providers {\n            profile\n            type\n            host\n          }\n        }\n      }\n    }\n  ": types.ReadProvidersDocument,
    "\n  query ReadServiceAccount {\n    status {\n      runtimes {\n        auth {\n          isAuthenticated\n          authType\n          login\n          message\n        }\n      }\n    }\n  }\n": types.ReadServiceAccountDocument,
    "\n  query ListToolCalls($first: Int, $last: Int = 100) {\n    sessions(first: $first, filter: { search: \"no session has this\" }) {\n      nodes {\n        messages(last: $last) {\n          edges {\n            node {\n              ... on AssistantMessage {\n                toolCalls {\n                  id\n                }\n              }\n            }\n          }\n        }\n      }\n    }\n  }\n": types.ListToolCallsDocument,
    "\n  query ReadAttachments($id: ID!) {\n    session(id: $id) {\n      messages {\n        nodes {\n          ... on UserMessage {\n            content\n            attachments {\n              name\n              mimeType\n              byteLength\n            }\n          }\n        }\n      }\n    }\n  }\n": types.ReadAttachmentsDocument,
    "\n  subscription UserMessageAttachments($sessionId: ID!) {\n    sessionEvents(sessionId: $sessionId, types: [USER_MESSAGE_ADDED]) {\n      ... on UserMessageAdded {\n        userMessage {\n          attachments {\n            name\n            mimeType\n            byteLength\n          }\n        }\n      }\n    }\n  }\n": types.UserMessageAttachmentsDocument,
    "\n  mutation SendWithDeferredTurn($input: SendMessageInput!) {\n    sendMessage(input: $input) {\n      turn {\n        id\n      }\n      ... @defer {\n        finishedTurn {\n          state\n          reply {\n            content\n          }\n        }\n      }\n    }\n  }\n": types.SendWithDeferredTurnDocument,
    "\n    query ReadReplyTwice($id: ID!, $turnId: ID!) {\n      session(id: $id) {\n        turn(id: $turnId) {\n          reply {\n            content\n          }\n        }\n        again: turn(id: $turnId) {\n          reply {\n            content\n          }\n        }\n        messages(last: 20) {\n          edges {\n            node {\n              id\n            }\n          }\n        }\n      }\n    }\n  ": types.ReadReplyTwiceDocument,
    "\n      query ReadPageTwice($id: ID!) {\n        session(id: $id) {\n          newest: messages(last: 20) {\n            ...MessagePageFields\n          }\n          same: messages(last: 20) {\n            ...MessagePageFields\n          }\n        }\n      }\n    ": types.ReadPageTwiceDocument,
    "\n  query WhoAmI {\n    viewer {\n      id\n      name\n      roles\n    }\n  }\n": types.WhoAmIDocument,
    "\n  query ListOwnedSessions($allOwners: Boolean! = false, $search: String) {\n    sessions(first: 100, filter: { allOwners: $allOwners, search: $search }) {\n      totalCount\n      nodes {\n        id\n        owner\n        title\n        state\n      }\n    }\n  }\n": types.ListOwnedSessionsDocument,
    "\n    query ReadMetadata($id: ID!) {\n      node(id: $id) {\n        id\n        ... on Session {\n          owner\n          state\n          createdAt\n        }\n      }\n      session(id: $id) {\n        id\n        title\n      }\n    }\n  ": types.ReadMetadataDocument,
    "\n  query Viewer {\n    viewer {\n      __typename\n      id\n    }\n  }\n": types.ViewerDocument,
    "\n  query ReadFirstMessage($id: ID!) {\n    session(id: $id) {\n      messages(first: 1) {\n        edges {\n          cursor\n        }\n      }\n    }\n  }\n": types.ReadFirstMessageDocument,
    "\n  query ReadMessageAfter($id: ID!, $after: String!) {\n    session(id: $id) {\n      messages(first: 1, after: $after) {\n        nodes {\n          id\n        }\n      }\n    }\n  }\n": types.ReadMessageAfterDocument,
    "\n  query ListModels($profile: String) {\n    models(profile: $profile) {\n      name\n      displayName\n      contextWindow\n      reasoningEfforts\n    }\n  }\n": types.ListModelsDocument,
    "\n  query ListProfiles {\n    profiles {\n      name\n      description\n      defaultModel\n      tools\n      allowsOwnProvider\n      allowsCloud\n      allowsRemote\n    }\n  }\n": types.ListProfilesDocument,
    "\n  query ReadRemote($id: ID!) {\n    session(id: $id) {\n      remote {\n        url\n        steerable\n      }\n    }\n  }\n": types.ReadRemoteDocument,
    "\n  subscription SessionWarnings($sessionId: ID!) {\n    sessionEvents(sessionId: $sessionId, types: [SESSION_WARNING]) {\n      ... on SessionWarning {\n        warningType\n        message\n      }\n    }\n  }\n": types.SessionWarningsDocument,
    "\n  query ListSessions(\n    $first: Int\n    $after: String\n    $last: Int\n    $before: String\n    $filter: SessionFilter\n  ) {\n    sessions(first: $first, after: $after, last: $last, before: $before, filter: $filter) {\n      totalCount\n      nodes {\n        id\n      }\n      edges {\n        cursor\n      }\n      pageInfo {\n        hasNextPage\n        hasPreviousPage\n        startCursor\n        endCursor\n      }\n    }\n  }\n": types.ListSessionsDocument,
    "\n  query ReadNodes($id: ID!) {\n    session: node(id: $id) {\n      __typename\n      id\n      ... on Session {\n        title\n      }\n    }\n    status: node(id: \"status:gateway\") {\n      __typename\n      id\n      ... on Status {\n        healthy\n      }\n    }\n    nothing: node(id: \"there-is-no-such-thing\") {\n      id\n    }\n  }\n": types.ReadNodesDocument,
    "\n  query ListMessageTexts($id: ID!, $first: Int, $after: String, $last: Int) {\n    session(id: $id) {\n      messages(first: $first, after: $after, last: $last) {\n        nodes {\n          ... on UserMessage {\n            content\n          }\n          ... on AssistantMessage {\n            content\n          }\n        }\n        pageInfo {\n          hasNextPage\n          hasPreviousPage\n          endCursor\n        }\n      }\n    }\n  }\n": types.ListMessageTextsDocument,
    "\n  subscription SettingsWarnings($sessionId: ID!) {\n    sessionEvents(sessionId: $sessionId, types: [SESSION_WARNING, USER_MESSAGE_ADDED]) {\n      __typename\n      ... on SessionWarning {\n        warningType\n        message\n        url\n      }\n    }\n  }\n": types.SettingsWarningsDocument,
    "\n  query ReadWholeStatus {\n    status {\n      id\n      healthy\n      gateway {\n        version\n        startedAt\n        draining\n        openSessions\n        activeSubscriptions\n        lastCleanup {\n          examined\n        }\n      }\n      runtimes {\n        id\n        state\n        version\n        protocolVersion\n        latencyMs\n        lastSeenAt\n        lastError\n        openSessions\n        auth {\n          isAuthenticated\n          login\n        }\n      }\n    }\n  }\n": types.ReadWholeStatusDocument,
    "\n  query ReadAccount {\n    viewer {\n      id\n      name\n      roles\n    }\n    profiles {\n      name\n      description\n      defaultModel\n      tools\n    }\n    models {\n      name\n      displayName\n      enabled\n    }\n    ofProfile: models(profile: \"default\") {\n      name\n    }\n  }\n": types.ReadAccountDocument,
    "\n  subscription SlowMessageDelta($sessionId: ID!, $after: Cursor, $maxLatencyMs: Int!) {\n    messageDelta(sessionId: $sessionId, after: $after, maxLatencyMs: $maxLatencyMs) {\n      ...DeltaFields\n    }\n  }\n": types.SlowMessageDeltaDocument,
    "\n  subscription SlowSessionEvents($sessionId: ID!, $maxLatencyMs: Int!) {\n    sessionEvents(sessionId: $sessionId, maxLatencyMs: $maxLatencyMs) {\n      cursor\n    }\n  }\n": types.SlowSessionEventsDocument,
    "\n  subscription SessionStateChanged {\n    sessionsChanged {\n      kind\n      session {\n        id\n        state\n      }\n    }\n  }\n": types.SessionStateChangedDocument,
    "\n  query ReadHistory($id: ID!) {\n    session(id: $id) {\n      cursor\n      messages(last: 100) {\n        nodes {\n          ...MessageFields\n        }\n      }\n    }\n  }\n": types.ReadHistoryDocument,
    "\n  query ReadCleanup {\n    status {\n      gateway {\n        lastCleanup {\n          finishedAt\n          examined\n          deleted\n          dryRun\n          nextAt\n        }\n      }\n    }\n  }\n": types.ReadCleanupDocument,
    "\n  subscription AgentEvents($sessionId: ID!, $after: Cursor, $types: [SessionEventType!]) {\n    sessionEvents(sessionId: $sessionId, after: $after, types: $types) {\n      __typename\n      cursor\n      turnId\n      agentId\n      ... on IntentChanged {\n        intent\n      }\n      ... on ModelChanged {\n        model\n        previousModel\n        cause\n      }\n      ... on ModelRetry {\n        reason\n        model\n        statusCode\n        attempt\n      }\n      ... on ContextCompacted {\n        succeeded\n        tokensBefore\n        tokensAfter\n        messagesRemoved\n      }\n      ... on UsageChanged {\n        turnUsage {\n          ...TurnUsageFields\n        }\n        sessionUsage {\n          ...SessionUsageFields\n        }\n      }\n      ... on SubagentChanged {\n        subagent {\n          ...SubagentFields\n        }\n      }\n    }\n  }\n": types.AgentEventsDocument,
    "\n  query ReadUsage($id: ID!, $turnId: ID!) {\n    session(id: $id) {\n      usage {\n        ...SessionUsageFields\n      }\n      turn(id: $turnId) {\n        usage {\n          ...TurnUsageFields\n        }\n      }\n    }\n  }\n": types.ReadUsageDocument,
    "\n  query ReadSubagents($id: ID!) {\n    session(id: $id) {\n      subagents {\n        ...SubagentFields\n      }\n    }\n  }\n": types.ReadSubagentsDocument,
    "\n  mutation CreateCloudSession($input: CreateSessionInput!) {\n    createSession(input: $input) {\n      created\n      session {\n        ...CloudSessionFields\n      }\n    }\n  }\n": types.CreateCloudSessionDocument,
    "\n  query ReadCloudSession($id: ID!) {\n    session(id: $id) {\n      ...CloudSessionFields\n    }\n  }\n": types.ReadCloudSessionDocument,
    "\n  subscription MessageDelta($sessionId: ID!, $after: Cursor) {\n    messageDelta(sessionId: $sessionId, after: $after) {\n      ...DeltaFields\n    }\n  }\n": types.MessageDeltaDocument,
    "\n  subscription SessionEvents($sessionId: ID!, $after: Cursor, $types: [SessionEventType!]) {\n    sessionEvents(sessionId: $sessionId, after: $after, types: $types) {\n      __typename\n      cursor\n      turnId\n      ... on TurnChanged {\n        turn {\n          ...TurnFields\n        }\n      }\n      ... on UserMessageAdded {\n        userMessage {\n          id\n          content\n        }\n      }\n      ... on AssistantMessageCompleted {\n        assistantMessage {\n          id\n          content\n        }\n      }\n      ...DeltaFields\n      ... on ToolCallChanged {\n        toolCall {\n          id\n          name\n          state\n        }\n      }\n      ... on RequestResolved {\n        resolution\n        feedback\n      }\n      ... on RuntimeChanged {\n        runtimeState\n      }\n      ... on SessionInfo {\n        infoType\n      }\n      ... on TitleChanged {\n        title\n      }\n      ... on SessionDeleted {\n        deletedSessionId\n      }\n    }\n  }\n": types.SessionEventsDocument,
    "\n  subscription SessionInfo($sessionId: ID!, $infoTypes: [String!]) {\n    sessionInfo(sessionId: $sessionId, infoTypes: $infoTypes) {\n      infoType\n      message\n      url\n    }\n  }\n": types.SessionInfoDocument,
    "\n  subscription CredentialsRequired($sessionId: ID!, $after: Cursor) {\n    sessionEvents(sessionId: $sessionId, after: $after, types: [CREDENTIALS_REQUIRED]) {\n      ... on CredentialsRequired {\n        host\n        reason\n      }\n    }\n  }\n": types.CredentialsRequiredDocument,
    "fragment SessionFields on Session {\n  id\n  state\n  title\n  model\n  profile\n  reasoningEffort\n  labels {\n    key\n    value\n  }\n}\n\nfragment MessageFields on Message {\n  __typename\n  id\n  turnId\n  ... on UserMessage {\n    content\n  }\n  ... on AssistantMessage {\n    content\n    toolCalls {\n      name\n      state\n    }\n  }\n}\n\nfragment MessagePageFields on MessageConnection {\n  edges {\n    cursor\n    node {\n      id\n      turnId\n      ... on UserMessage {\n        content\n      }\n      ... on AssistantMessage {\n        content\n        toolCalls {\n          state\n          output\n        }\n      }\n    }\n  }\n  pageInfo {\n    hasNextPage\n    hasPreviousPage\n    startCursor\n    endCursor\n  }\n}\n\nfragment DeltaFields on MessageDelta {\n  cursor\n  turnId\n  messageId\n  kind\n  offset\n  text\n  state\n}\n\nfragment TurnFields on Turn {\n  id\n  state\n  startedAt\n  finishedAt\n  reply {\n    id\n    content\n    reasoning\n    turnId\n  }\n  error {\n    code\n    message\n    retryable\n    statusCode\n  }\n}\n\nfragment QueuedMessageFields on QueuedMessage {\n  id\n  prompt\n  queuedAt\n}\n\nfragment RequestFields on PendingRequest {\n  __typename\n  id\n  sessionId\n  turnId\n  agentId\n  toolCallId\n  requestedAt\n  expiresAt\n  ... on PermissionRequest {\n    kind\n    summary\n    command\n    diff\n    paths\n    canApproveForSession\n    arguments\n    toolName\n  }\n  ... on UserInputRequest {\n    question\n    choices\n    allowFreeform\n  }\n  ... on ElicitationRequest {\n    message\n    requestedSchema\n    mcpServer\n    url\n  }\n  ... on ClientToolCall {\n    toolName\n    arguments\n  }\n}\n\nfragment PendingRequestIds on Session {\n  state\n  pendingRequests {\n    id\n  }\n}\n\nfragment StatusFields on Status {\n  healthy\n  gateway {\n    draining\n    activeSubscriptions\n  }\n  runtimes {\n    state\n    lastError\n  }\n}\n\nfragment TurnUsageFields on TurnUsage {\n  inputTokens\n  outputTokens\n  cacheReadTokens\n  cacheWriteTokens\n  premiumRequests\n  durationMs\n  timeToFirstTokenMs\n  model\n}\n\nfragment SessionUsageFields on SessionUsage {\n  turns\n  inputTokens\n  outputTokens\n  cacheReadTokens\n  cacheWriteTokens\n  premiumRequests\n  contextTokens\n  contextLimit\n}\n\nfragment SubagentFields on Subagent {\n  id\n  name\n  displayName\n  description\n  state\n  toolCallId\n  toolCallCount\n  tokens\n  error\n}\n\nfragment CloudSessionFields on Session {\n  id\n  state\n  location\n  repository {\n    owner\n    name\n  }\n  remote {\n    url\n    steerable\n  }\n  queuedMessages {\n    id\n    prompt\n  }\n}": types.SessionFieldsFragmentDoc,
    "\n  query ListMessages($id: ID!, $first: Int, $after: String, $last: Int, $before: String) {\n    session(id: $id) {\n      state\n      messages(first: $first, after: $after, last: $last, before: $before) {\n        ...MessagePageFields\n      }\n    }\n  }\n": types.ListMessagesDocument,
    "\n  subscription RequestEvents($sessionId: ID!, $after: Cursor) {\n    sessionEvents(\n      sessionId: $sessionId\n      after: $after\n      types: [\n        TURN_CHANGED\n        TOOL_CALL_CHANGED\n        REQUEST_PENDING\n        REQUEST_RESOLVED\n        RUNTIME_CHANGED\n        SESSION_WARNING\n        SESSION_DELETED\n      ]\n    ) {\n      __typename\n      cursor\n      turnId\n      ... on TurnChanged {\n        turn {\n          ...TurnFields\n        }\n      }\n      ... on ToolCallChanged {\n        toolCall {\n          id\n          name\n          state\n          output\n          error\n        }\n      }\n      ... on RequestPending {\n        request {\n          ...RequestFields\n        }\n      }\n      ... on RequestResolved {\n        requestId\n        resolution\n        feedback\n      }\n      ... on RuntimeChanged {\n        runtimeState\n      }\n      ... on SessionWarning {\n        warningType\n      }\n    }\n  }\n": types.RequestEventsDocument,
    "\n  query ReadRequests($id: ID!) {\n    session(id: $id) {\n      state\n      currentTurn {\n        id\n        state\n      }\n      pendingRequests {\n        ...RequestFields\n      }\n    }\n  }\n": types.ReadRequestsDocument,
    "\n  mutation RespondToPermissionRequest($input: RespondToPermissionRequestInput!) {\n    respondToPermissionRequest(input: $input) {\n      outcome\n      session {\n        ...PendingRequestIds\n      }\n    }\n  }\n": types.RespondToPermissionRequestDocument,
    "\n  mutation RespondToUserInputRequest($input: RespondToUserInputRequestInput!) {\n    respondToUserInputRequest(input: $input) {\n      outcome\n      session {\n        ...PendingRequestIds\n      }\n    }\n  }\n": types.RespondToUserInputRequestDocument,
    "\n  mutation RespondToElicitationRequest($input: RespondToElicitationRequestInput!) {\n    respondToElicitationRequest(input: $input) {\n      outcome\n      session {\n        ...PendingRequestIds\n      }\n    }\n  }\n": types.RespondToElicitationRequestDocument,
    "\n  mutation RespondToToolCall($input: RespondToToolCallInput!) {\n    respondToToolCall(input: $input) {\n      outcome\n      session {\n        ...PendingRequestIds\n      }\n    }\n  }\n": types.RespondToToolCallDocument,
    "\n  mutation CreateSession($input: CreateSessionInput!) {\n    createSession(input: $input) {\n      created\n      session {\n        ...SessionFields\n        cursor\n      }\n    }\n  }\n": types.CreateSessionDocument,
    "\n  mutation ResumeSession($input: ResumeSessionInput!) {\n    resumeSession(input: $input) {\n      session {\n        ...SessionFields\n      }\n    }\n  }\n": types.ResumeSessionDocument,
    "\n  mutation UpdateSession($input: UpdateSessionInput!) {\n    updateSession(input: $input) {\n      session {\n        ...SessionFields\n      }\n    }\n  }\n": types.UpdateSessionDocument,
    "\n  mutation UpdateSessionCredentials($input: UpdateSessionCredentialsInput!) {\n    updateSessionCredentials(input: $input) {\n      session {\n        id\n      }\n    }\n  }\n": types.UpdateSessionCredentialsDocument,
    "\n  mutation SetSessionRemote($input: SetSessionRemoteInput!) {\n    setSessionRemote(input: $input) {\n      session {\n        id\n        remote {\n          url\n          steerable\n        }\n      }\n    }\n  }\n": types.SetSessionRemoteDocument,
    "\n  mutation ForkSession($input: ForkSessionInput!) {\n    forkSession(input: $input) {\n      session {\n        ...SessionFields\n        messages {\n          nodes {\n            ...MessageFields\n          }\n        }\n      }\n    }\n  }\n": types.ForkSessionDocument,
    "\n  mutation DisconnectSession($input: DisconnectSessionInput!) {\n    disconnectSession(input: $input) {\n      session {\n        ...SessionFields\n      }\n    }\n  }\n": types.DisconnectSessionDocument,
    "\n  mutation DeleteSession($input: DeleteSessionInput!) {\n    deleteSession(input: $input) {\n      deletedSessionId\n    }\n  }\n": types.DeleteSessionDocument,
    "\n  query ReadSession($id: ID!) {\n    session(id: $id) {\n      id\n      state\n      title\n      model\n      reasoningEffort\n      cursor\n      labels {\n        key\n        value\n      }\n      currentTurn {\n        id\n        state\n      }\n      messages {\n        nodes {\n          ...MessageFields\n        }\n      }\n    }\n  }\n": types.ReadSessionDocument,
    "\n  query SearchSessions($search: String!) {\n    sessions(filter: { search: $search }) {\n      totalCount\n      nodes {\n        id\n        state\n      }\n    }\n  }\n": types.SearchSessionsDocument,
    "\n  subscription SessionsChanged {\n    sessionsChanged {\n      kind\n      sessionId\n      session {\n        id\n        title\n      }\n    }\n  }\n": types.SessionsChangedDocument,
    "\n  query ReadStatus {\n    status {\n      ...StatusFields\n    }\n  }\n": types.ReadStatusDocument,
    "\n  subscription StatusChanged {\n    statusChanged {\n      ...StatusFields\n    }\n  }\n": types.StatusChangedDocument,
    "\n  query ReadOpenSessions {\n    status {\n      gateway {\n        openSessions\n      }\n    }\n  }\n": types.ReadOpenSessionsDocument,
    "\n  subscription DelegatedEvents($sessionId: ID!, $after: Cursor) {\n    sessionEvents(\n      sessionId: $sessionId\n      after: $after\n      types: [\n        TURN_CHANGED\n        USER_MESSAGE_ADDED\n        MESSAGE_DELTA\n        ASSISTANT_MESSAGE_COMPLETED\n        TOOL_CALL_CHANGED\n      ]\n    ) {\n      __typename\n      cursor\n      turnId\n      agentId\n      ... on TurnChanged {\n        turn {\n          id\n          state\n          reply {\n            content\n          }\n        }\n      }\n      ... on UserMessageAdded {\n        userMessage {\n          id\n          content\n        }\n      }\n      ... on AssistantMessageCompleted {\n        assistantMessage {\n          id\n          content\n        }\n      }\n      ...DeltaFields\n      ... on ToolCallChanged {\n        toolCall {\n          id\n          name\n          state\n          parentToolCallId\n        }\n      }\n    }\n  }\n": types.DelegatedEventsDocument,
    "\n  query ReadDelegatedMessages($id: ID!) {\n    session(id: $id) {\n      messages {\n        nodes {\n          turnId\n          ... on AssistantMessage {\n            toolCalls {\n              name\n              state\n              parentToolCallId\n            }\n          }\n        }\n      }\n    }\n  }\n": types.ReadDelegatedMessagesDocument,
    "\n  mutation SendMessage($input: SendMessageInput!) {\n    sendMessage(input: $input) {\n      cursor\n      turn {\n        id\n        state\n      }\n    }\n  }\n": types.SendMessageDocument,
    "\n  mutation AskAndWait($input: SendMessageInput!, $timeoutMs: Int! = 15000) {\n    sendMessage(input: $input) {\n      cursor\n      turn {\n        id\n      }\n      finishedTurn(timeoutMs: $timeoutMs) {\n        ...TurnFields\n      }\n    }\n  }\n": types.AskAndWaitDocument,
    "\n  query ReadTurn($id: ID!, $turnId: ID!) {\n    session(id: $id) {\n      turn(id: $turnId) {\n        ...TurnFields\n      }\n    }\n  }\n": types.ReadTurnDocument,
    "\n  mutation AbortTurn($input: AbortTurnInput!) {\n    abortTurn(input: $input) {\n      session {\n        id\n        state\n      }\n      abortedTurn {\n        id\n        state\n        finishedAt\n      }\n      discardedMessages {\n        ...QueuedMessageFields\n      }\n    }\n  }\n": types.AbortTurnDocument,
    "\n  mutation RemoveQueuedMessage($input: RemoveQueuedMessageInput!) {\n    removeQueuedMessage(input: $input) {\n      removedMessage {\n        ...QueuedMessageFields\n      }\n      session {\n        queuedMessages {\n          id\n        }\n      }\n    }\n  }\n": types.RemoveQueuedMessageDocument,
    "\n  query ReadQueue($id: ID!) {\n    session(id: $id) {\n      queuedMessages {\n        ...QueuedMessageFields\n      }\n    }\n  }\n": types.ReadQueueDocument,
    "\n  subscription QueueEvents($sessionId: ID!) {\n    sessionEvents(sessionId: $sessionId, types: [QUEUE_CHANGED, TURN_CHANGED]) {\n      __typename\n      cursor\n      ... on QueueChanged {\n        queuedMessages {\n          ...QueuedMessageFields\n        }\n      }\n      ... on TurnChanged {\n        turn {\n          id\n          state\n        }\n      }\n    }\n  }\n": types.QueueEventsDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ListSessionsAt($location: SessionLocation!) {\n    sessions(filter: { location: $location }) {\n      nodes {\n        id\n        location\n      }\n    }\n  }\n"): typeof import('./graphql.ts').ListSessionsAtDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ReadLocation($id: ID!) {\n    session(id: $id) {\n      location\n      remote {\n        url\n      }\n    }\n  }\n"): typeof import('./graphql.ts').ReadLocationDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ReadAccounts {\n    status {\n      runtimes {\n        auth {\n          isAuthenticated\n          authType\n          login\n          host\n          message\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.ts').ReadAccountsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n    query ReadProviders {\n      status {\n        runtimes {\n          providers {\n            profile\n            type\n            host\n          }\n        }\n      }\n    }\n  "): typeof import('./graphql.ts').ReadProvidersDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ReadServiceAccount {\n    status {\n      runtimes {\n        auth {\n          isAuthenticated\n          authType\n          login\n          message\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.ts').ReadServiceAccountDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ListToolCalls($first: Int, $last: Int = 100) {\n    sessions(first: $first, filter: { search: \"no session has this\" }) {\n      nodes {\n        messages(last: $last) {\n          edges {\n            node {\n              ... on AssistantMessage {\n                toolCalls {\n                  id\n                }\n              }\n            }\n          }\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.ts').ListToolCallsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ReadAttachments($id: ID!) {\n    session(id: $id) {\n      messages {\n        nodes {\n          ... on UserMessage {\n            content\n            attachments {\n              name\n              mimeType\n              byteLength\n            }\n          }\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.ts').ReadAttachmentsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription UserMessageAttachments($sessionId: ID!) {\n    sessionEvents(sessionId: $sessionId, types: [USER_MESSAGE_ADDED]) {\n      ... on UserMessageAdded {\n        userMessage {\n          attachments {\n            name\n            mimeType\n            byteLength\n          }\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.ts').UserMessageAttachmentsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SendWithDeferredTurn($input: SendMessageInput!) {\n    sendMessage(input: $input) {\n      turn {\n        id\n      }\n      ... @defer {\n        finishedTurn {\n          state\n          reply {\n            content\n          }\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.ts').SendWithDeferredTurnDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n    query ReadReplyTwice($id: ID!, $turnId: ID!) {\n      session(id: $id) {\n        turn(id: $turnId) {\n          reply {\n            content\n          }\n        }\n        again: turn(id: $turnId) {\n          reply {\n            content\n          }\n        }\n        messages(last: 20) {\n          edges {\n            node {\n              id\n            }\n          }\n        }\n      }\n    }\n  "): typeof import('./graphql.ts').ReadReplyTwiceDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n      query ReadPageTwice($id: ID!) {\n        session(id: $id) {\n          newest: messages(last: 20) {\n            ...MessagePageFields\n          }\n          same: messages(last: 20) {\n            ...MessagePageFields\n          }\n        }\n      }\n    "): typeof import('./graphql.ts').ReadPageTwiceDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query WhoAmI {\n    viewer {\n      id\n      name\n      roles\n    }\n  }\n"): typeof import('./graphql.ts').WhoAmIDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ListOwnedSessions($allOwners: Boolean! = false, $search: String) {\n    sessions(first: 100, filter: { allOwners: $allOwners, search: $search }) {\n      totalCount\n      nodes {\n        id\n        owner\n        title\n        state\n      }\n    }\n  }\n"): typeof import('./graphql.ts').ListOwnedSessionsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n    query ReadMetadata($id: ID!) {\n      node(id: $id) {\n        id\n        ... on Session {\n          owner\n          state\n          createdAt\n        }\n      }\n      session(id: $id) {\n        id\n        title\n      }\n    }\n  "): typeof import('./graphql.ts').ReadMetadataDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Viewer {\n    viewer {\n      __typename\n      id\n    }\n  }\n"): typeof import('./graphql.ts').ViewerDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ReadFirstMessage($id: ID!) {\n    session(id: $id) {\n      messages(first: 1) {\n        edges {\n          cursor\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.ts').ReadFirstMessageDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ReadMessageAfter($id: ID!, $after: String!) {\n    session(id: $id) {\n      messages(first: 1, after: $after) {\n        nodes {\n          id\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.ts').ReadMessageAfterDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ListModels($profile: String) {\n    models(profile: $profile) {\n      name\n      displayName\n      contextWindow\n      reasoningEfforts\n    }\n  }\n"): typeof import('./graphql.ts').ListModelsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ListProfiles {\n    profiles {\n      name\n      description\n      defaultModel\n      tools\n      allowsOwnProvider\n      allowsCloud\n      allowsRemote\n    }\n  }\n"): typeof import('./graphql.ts').ListProfilesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ReadRemote($id: ID!) {\n    session(id: $id) {\n      remote {\n        url\n        steerable\n      }\n    }\n  }\n"): typeof import('./graphql.ts').ReadRemoteDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription SessionWarnings($sessionId: ID!) {\n    sessionEvents(sessionId: $sessionId, types: [SESSION_WARNING]) {\n      ... on SessionWarning {\n        warningType\n        message\n      }\n    }\n  }\n"): typeof import('./graphql.ts').SessionWarningsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ListSessions(\n    $first: Int\n    $after: String\n    $last: Int\n    $before: String\n    $filter: SessionFilter\n  ) {\n    sessions(first: $first, after: $after, last: $last, before: $before, filter: $filter) {\n      totalCount\n      nodes {\n        id\n      }\n      edges {\n        cursor\n      }\n      pageInfo {\n        hasNextPage\n        hasPreviousPage\n        startCursor\n        endCursor\n      }\n    }\n  }\n"): typeof import('./graphql.ts').ListSessionsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ReadNodes($id: ID!) {\n    session: node(id: $id) {\n      __typename\n      id\n      ... on Session {\n        title\n      }\n    }\n    status: node(id: \"status:gateway\") {\n      __typename\n      id\n      ... on Status {\n        healthy\n      }\n    }\n    nothing: node(id: \"there-is-no-such-thing\") {\n      id\n    }\n  }\n"): typeof import('./graphql.ts').ReadNodesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ListMessageTexts($id: ID!, $first: Int, $after: String, $last: Int) {\n    session(id: $id) {\n      messages(first: $first, after: $after, last: $last) {\n        nodes {\n          ... on UserMessage {\n            content\n          }\n          ... on AssistantMessage {\n            content\n          }\n        }\n        pageInfo {\n          hasNextPage\n          hasPreviousPage\n          endCursor\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.ts').ListMessageTextsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription SettingsWarnings($sessionId: ID!) {\n    sessionEvents(sessionId: $sessionId, types: [SESSION_WARNING, USER_MESSAGE_ADDED]) {\n      __typename\n      ... on SessionWarning {\n        warningType\n        message\n        url\n      }\n    }\n  }\n"): typeof import('./graphql.ts').SettingsWarningsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ReadWholeStatus {\n    status {\n      id\n      healthy\n      gateway {\n        version\n        startedAt\n        draining\n        openSessions\n        activeSubscriptions\n        lastCleanup {\n          examined\n        }\n      }\n      runtimes {\n        id\n        state\n        version\n        protocolVersion\n        latencyMs\n        lastSeenAt\n        lastError\n        openSessions\n        auth {\n          isAuthenticated\n          login\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.ts').ReadWholeStatusDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ReadAccount {\n    viewer {\n      id\n      name\n      roles\n    }\n    profiles {\n      name\n      description\n      defaultModel\n      tools\n    }\n    models {\n      name\n      displayName\n      enabled\n    }\n    ofProfile: models(profile: \"default\") {\n      name\n    }\n  }\n"): typeof import('./graphql.ts').ReadAccountDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription SlowMessageDelta($sessionId: ID!, $after: Cursor, $maxLatencyMs: Int!) {\n    messageDelta(sessionId: $sessionId, after: $after, maxLatencyMs: $maxLatencyMs) {\n      ...DeltaFields\n    }\n  }\n"): typeof import('./graphql.ts').SlowMessageDeltaDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription SlowSessionEvents($sessionId: ID!, $maxLatencyMs: Int!) {\n    sessionEvents(sessionId: $sessionId, maxLatencyMs: $maxLatencyMs) {\n      cursor\n    }\n  }\n"): typeof import('./graphql.ts').SlowSessionEventsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription SessionStateChanged {\n    sessionsChanged {\n      kind\n      session {\n        id\n        state\n      }\n    }\n  }\n"): typeof import('./graphql.ts').SessionStateChangedDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ReadHistory($id: ID!) {\n    session(id: $id) {\n      cursor\n      messages(last: 100) {\n        nodes {\n          ...MessageFields\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.ts').ReadHistoryDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ReadCleanup {\n    status {\n      gateway {\n        lastCleanup {\n          finishedAt\n          examined\n          deleted\n          dryRun\n          nextAt\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.ts').ReadCleanupDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription AgentEvents($sessionId: ID!, $after: Cursor, $types: [SessionEventType!]) {\n    sessionEvents(sessionId: $sessionId, after: $after, types: $types) {\n      __typename\n      cursor\n      turnId\n      agentId\n      ... on IntentChanged {\n        intent\n      }\n      ... on ModelChanged {\n        model\n        previousModel\n        cause\n      }\n      ... on ModelRetry {\n        reason\n        model\n        statusCode\n        attempt\n      }\n      ... on ContextCompacted {\n        succeeded\n        tokensBefore\n        tokensAfter\n        messagesRemoved\n      }\n      ... on UsageChanged {\n        turnUsage {\n          ...TurnUsageFields\n        }\n        sessionUsage {\n          ...SessionUsageFields\n        }\n      }\n      ... on SubagentChanged {\n        subagent {\n          ...SubagentFields\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.ts').AgentEventsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ReadUsage($id: ID!, $turnId: ID!) {\n    session(id: $id) {\n      usage {\n        ...SessionUsageFields\n      }\n      turn(id: $turnId) {\n        usage {\n          ...TurnUsageFields\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.ts').ReadUsageDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ReadSubagents($id: ID!) {\n    session(id: $id) {\n      subagents {\n        ...SubagentFields\n      }\n    }\n  }\n"): typeof import('./graphql.ts').ReadSubagentsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateCloudSession($input: CreateSessionInput!) {\n    createSession(input: $input) {\n      created\n      session {\n        ...CloudSessionFields\n      }\n    }\n  }\n"): typeof import('./graphql.ts').CreateCloudSessionDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ReadCloudSession($id: ID!) {\n    session(id: $id) {\n      ...CloudSessionFields\n    }\n  }\n"): typeof import('./graphql.ts').ReadCloudSessionDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription MessageDelta($sessionId: ID!, $after: Cursor) {\n    messageDelta(sessionId: $sessionId, after: $after) {\n      ...DeltaFields\n    }\n  }\n"): typeof import('./graphql.ts').MessageDeltaDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription SessionEvents($sessionId: ID!, $after: Cursor, $types: [SessionEventType!]) {\n    sessionEvents(sessionId: $sessionId, after: $after, types: $types) {\n      __typename\n      cursor\n      turnId\n      ... on TurnChanged {\n        turn {\n          ...TurnFields\n        }\n      }\n      ... on UserMessageAdded {\n        userMessage {\n          id\n          content\n        }\n      }\n      ... on AssistantMessageCompleted {\n        assistantMessage {\n          id\n          content\n        }\n      }\n      ...DeltaFields\n      ... on ToolCallChanged {\n        toolCall {\n          id\n          name\n          state\n        }\n      }\n      ... on RequestResolved {\n        resolution\n        feedback\n      }\n      ... on RuntimeChanged {\n        runtimeState\n      }\n      ... on SessionInfo {\n        infoType\n      }\n      ... on TitleChanged {\n        title\n      }\n      ... on SessionDeleted {\n        deletedSessionId\n      }\n    }\n  }\n"): typeof import('./graphql.ts').SessionEventsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription SessionInfo($sessionId: ID!, $infoTypes: [String!]) {\n    sessionInfo(sessionId: $sessionId, infoTypes: $infoTypes) {\n      infoType\n      message\n      url\n    }\n  }\n"): typeof import('./graphql.ts').SessionInfoDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription CredentialsRequired($sessionId: ID!, $after: Cursor) {\n    sessionEvents(sessionId: $sessionId, after: $after, types: [CREDENTIALS_REQUIRED]) {\n      ... on CredentialsRequired {\n        host\n        reason\n      }\n    }\n  }\n"): typeof import('./graphql.ts').CredentialsRequiredDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "fragment SessionFields on Session {\n  id\n  state\n  title\n  model\n  profile\n  reasoningEffort\n  labels {\n    key\n    value\n  }\n}\n\nfragment MessageFields on Message {\n  __typename\n  id\n  turnId\n  ... on UserMessage {\n    content\n  }\n  ... on AssistantMessage {\n    content\n    toolCalls {\n      name\n      state\n    }\n  }\n}\n\nfragment MessagePageFields on MessageConnection {\n  edges {\n    cursor\n    node {\n      id\n      turnId\n      ... on UserMessage {\n        content\n      }\n      ... on AssistantMessage {\n        content\n        toolCalls {\n          state\n          output\n        }\n      }\n    }\n  }\n  pageInfo {\n    hasNextPage\n    hasPreviousPage\n    startCursor\n    endCursor\n  }\n}\n\nfragment DeltaFields on MessageDelta {\n  cursor\n  turnId\n  messageId\n  kind\n  offset\n  text\n  state\n}\n\nfragment TurnFields on Turn {\n  id\n  state\n  startedAt\n  finishedAt\n  reply {\n    id\n    content\n    reasoning\n    turnId\n  }\n  error {\n    code\n    message\n    retryable\n    statusCode\n  }\n}\n\nfragment QueuedMessageFields on QueuedMessage {\n  id\n  prompt\n  queuedAt\n}\n\nfragment RequestFields on PendingRequest {\n  __typename\n  id\n  sessionId\n  turnId\n  agentId\n  toolCallId\n  requestedAt\n  expiresAt\n  ... on PermissionRequest {\n    kind\n    summary\n    command\n    diff\n    paths\n    canApproveForSession\n    arguments\n    toolName\n  }\n  ... on UserInputRequest {\n    question\n    choices\n    allowFreeform\n  }\n  ... on ElicitationRequest {\n    message\n    requestedSchema\n    mcpServer\n    url\n  }\n  ... on ClientToolCall {\n    toolName\n    arguments\n  }\n}\n\nfragment PendingRequestIds on Session {\n  state\n  pendingRequests {\n    id\n  }\n}\n\nfragment StatusFields on Status {\n  healthy\n  gateway {\n    draining\n    activeSubscriptions\n  }\n  runtimes {\n    state\n    lastError\n  }\n}\n\nfragment TurnUsageFields on TurnUsage {\n  inputTokens\n  outputTokens\n  cacheReadTokens\n  cacheWriteTokens\n  premiumRequests\n  durationMs\n  timeToFirstTokenMs\n  model\n}\n\nfragment SessionUsageFields on SessionUsage {\n  turns\n  inputTokens\n  outputTokens\n  cacheReadTokens\n  cacheWriteTokens\n  premiumRequests\n  contextTokens\n  contextLimit\n}\n\nfragment SubagentFields on Subagent {\n  id\n  name\n  displayName\n  description\n  state\n  toolCallId\n  toolCallCount\n  tokens\n  error\n}\n\nfragment CloudSessionFields on Session {\n  id\n  state\n  location\n  repository {\n    owner\n    name\n  }\n  remote {\n    url\n    steerable\n  }\n  queuedMessages {\n    id\n    prompt\n  }\n}"): typeof import('./graphql.ts').SessionFieldsFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ListMessages($id: ID!, $first: Int, $after: String, $last: Int, $before: String) {\n    session(id: $id) {\n      state\n      messages(first: $first, after: $after, last: $last, before: $before) {\n        ...MessagePageFields\n      }\n    }\n  }\n"): typeof import('./graphql.ts').ListMessagesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription RequestEvents($sessionId: ID!, $after: Cursor) {\n    sessionEvents(\n      sessionId: $sessionId\n      after: $after\n      types: [\n        TURN_CHANGED\n        TOOL_CALL_CHANGED\n        REQUEST_PENDING\n        REQUEST_RESOLVED\n        RUNTIME_CHANGED\n        SESSION_WARNING\n        SESSION_DELETED\n      ]\n    ) {\n      __typename\n      cursor\n      turnId\n      ... on TurnChanged {\n        turn {\n          ...TurnFields\n        }\n      }\n      ... on ToolCallChanged {\n        toolCall {\n          id\n          name\n          state\n          output\n          error\n        }\n      }\n      ... on RequestPending {\n        request {\n          ...RequestFields\n        }\n      }\n      ... on RequestResolved {\n        requestId\n        resolution\n        feedback\n      }\n      ... on RuntimeChanged {\n        runtimeState\n      }\n      ... on SessionWarning {\n        warningType\n      }\n    }\n  }\n"): typeof import('./graphql.ts').RequestEventsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ReadRequests($id: ID!) {\n    session(id: $id) {\n      state\n      currentTurn {\n        id\n        state\n      }\n      pendingRequests {\n        ...RequestFields\n      }\n    }\n  }\n"): typeof import('./graphql.ts').ReadRequestsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RespondToPermissionRequest($input: RespondToPermissionRequestInput!) {\n    respondToPermissionRequest(input: $input) {\n      outcome\n      session {\n        ...PendingRequestIds\n      }\n    }\n  }\n"): typeof import('./graphql.ts').RespondToPermissionRequestDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RespondToUserInputRequest($input: RespondToUserInputRequestInput!) {\n    respondToUserInputRequest(input: $input) {\n      outcome\n      session {\n        ...PendingRequestIds\n      }\n    }\n  }\n"): typeof import('./graphql.ts').RespondToUserInputRequestDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RespondToElicitationRequest($input: RespondToElicitationRequestInput!) {\n    respondToElicitationRequest(input: $input) {\n      outcome\n      session {\n        ...PendingRequestIds\n      }\n    }\n  }\n"): typeof import('./graphql.ts').RespondToElicitationRequestDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RespondToToolCall($input: RespondToToolCallInput!) {\n    respondToToolCall(input: $input) {\n      outcome\n      session {\n        ...PendingRequestIds\n      }\n    }\n  }\n"): typeof import('./graphql.ts').RespondToToolCallDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateSession($input: CreateSessionInput!) {\n    createSession(input: $input) {\n      created\n      session {\n        ...SessionFields\n        cursor\n      }\n    }\n  }\n"): typeof import('./graphql.ts').CreateSessionDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ResumeSession($input: ResumeSessionInput!) {\n    resumeSession(input: $input) {\n      session {\n        ...SessionFields\n      }\n    }\n  }\n"): typeof import('./graphql.ts').ResumeSessionDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation UpdateSession($input: UpdateSessionInput!) {\n    updateSession(input: $input) {\n      session {\n        ...SessionFields\n      }\n    }\n  }\n"): typeof import('./graphql.ts').UpdateSessionDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation UpdateSessionCredentials($input: UpdateSessionCredentialsInput!) {\n    updateSessionCredentials(input: $input) {\n      session {\n        id\n      }\n    }\n  }\n"): typeof import('./graphql.ts').UpdateSessionCredentialsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SetSessionRemote($input: SetSessionRemoteInput!) {\n    setSessionRemote(input: $input) {\n      session {\n        id\n        remote {\n          url\n          steerable\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.ts').SetSessionRemoteDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ForkSession($input: ForkSessionInput!) {\n    forkSession(input: $input) {\n      session {\n        ...SessionFields\n        messages {\n          nodes {\n            ...MessageFields\n          }\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.ts').ForkSessionDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DisconnectSession($input: DisconnectSessionInput!) {\n    disconnectSession(input: $input) {\n      session {\n        ...SessionFields\n      }\n    }\n  }\n"): typeof import('./graphql.ts').DisconnectSessionDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DeleteSession($input: DeleteSessionInput!) {\n    deleteSession(input: $input) {\n      deletedSessionId\n    }\n  }\n"): typeof import('./graphql.ts').DeleteSessionDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ReadSession($id: ID!) {\n    session(id: $id) {\n      id\n      state\n      title\n      model\n      reasoningEffort\n      cursor\n      labels {\n        key\n        value\n      }\n      currentTurn {\n        id\n        state\n      }\n      messages {\n        nodes {\n          ...MessageFields\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.ts').ReadSessionDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query SearchSessions($search: String!) {\n    sessions(filter: { search: $search }) {\n      totalCount\n      nodes {\n        id\n        state\n      }\n    }\n  }\n"): typeof import('./graphql.ts').SearchSessionsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription SessionsChanged {\n    sessionsChanged {\n      kind\n      sessionId\n      session {\n        id\n        title\n      }\n    }\n  }\n"): typeof import('./graphql.ts').SessionsChangedDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ReadStatus {\n    status {\n      ...StatusFields\n    }\n  }\n"): typeof import('./graphql.ts').ReadStatusDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription StatusChanged {\n    statusChanged {\n      ...StatusFields\n    }\n  }\n"): typeof import('./graphql.ts').StatusChangedDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ReadOpenSessions {\n    status {\n      gateway {\n        openSessions\n      }\n    }\n  }\n"): typeof import('./graphql.ts').ReadOpenSessionsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription DelegatedEvents($sessionId: ID!, $after: Cursor) {\n    sessionEvents(\n      sessionId: $sessionId\n      after: $after\n      types: [\n        TURN_CHANGED\n        USER_MESSAGE_ADDED\n        MESSAGE_DELTA\n        ASSISTANT_MESSAGE_COMPLETED\n        TOOL_CALL_CHANGED\n      ]\n    ) {\n      __typename\n      cursor\n      turnId\n      agentId\n      ... on TurnChanged {\n        turn {\n          id\n          state\n          reply {\n            content\n          }\n        }\n      }\n      ... on UserMessageAdded {\n        userMessage {\n          id\n          content\n        }\n      }\n      ... on AssistantMessageCompleted {\n        assistantMessage {\n          id\n          content\n        }\n      }\n      ...DeltaFields\n      ... on ToolCallChanged {\n        toolCall {\n          id\n          name\n          state\n          parentToolCallId\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.ts').DelegatedEventsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ReadDelegatedMessages($id: ID!) {\n    session(id: $id) {\n      messages {\n        nodes {\n          turnId\n          ... on AssistantMessage {\n            toolCalls {\n              name\n              state\n              parentToolCallId\n            }\n          }\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.ts').ReadDelegatedMessagesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SendMessage($input: SendMessageInput!) {\n    sendMessage(input: $input) {\n      cursor\n      turn {\n        id\n        state\n      }\n    }\n  }\n"): typeof import('./graphql.ts').SendMessageDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation AskAndWait($input: SendMessageInput!, $timeoutMs: Int! = 15000) {\n    sendMessage(input: $input) {\n      cursor\n      turn {\n        id\n      }\n      finishedTurn(timeoutMs: $timeoutMs) {\n        ...TurnFields\n      }\n    }\n  }\n"): typeof import('./graphql.ts').AskAndWaitDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ReadTurn($id: ID!, $turnId: ID!) {\n    session(id: $id) {\n      turn(id: $turnId) {\n        ...TurnFields\n      }\n    }\n  }\n"): typeof import('./graphql.ts').ReadTurnDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation AbortTurn($input: AbortTurnInput!) {\n    abortTurn(input: $input) {\n      session {\n        id\n        state\n      }\n      abortedTurn {\n        id\n        state\n        finishedAt\n      }\n      discardedMessages {\n        ...QueuedMessageFields\n      }\n    }\n  }\n"): typeof import('./graphql.ts').AbortTurnDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RemoveQueuedMessage($input: RemoveQueuedMessageInput!) {\n    removeQueuedMessage(input: $input) {\n      removedMessage {\n        ...QueuedMessageFields\n      }\n      session {\n        queuedMessages {\n          id\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.ts').RemoveQueuedMessageDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ReadQueue($id: ID!) {\n    session(id: $id) {\n      queuedMessages {\n        ...QueuedMessageFields\n      }\n    }\n  }\n"): typeof import('./graphql.ts').ReadQueueDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription QueueEvents($sessionId: ID!) {\n    sessionEvents(sessionId: $sessionId, types: [QUEUE_CHANGED, TURN_CHANGED]) {\n      __typename\n      cursor\n      ... on QueueChanged {\n        queuedMessages {\n          ...QueuedMessageFields\n        }\n      }\n      ... on TurnChanged {\n        turn {\n          id\n          state\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.ts').QueueEventsDocument;


export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}
