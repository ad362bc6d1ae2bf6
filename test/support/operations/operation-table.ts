/** One operation for each root field, in which `$id` is the id of a session. */
interface Row {
  readonly document: string;
  /** SESSION: only the owner of the session may use it. VIEWER: every viewer may use it, and gets their own data. */
  readonly reach: 'SESSION' | 'VIEWER';
}

const defineSessionRow = (type: string, field: string): Row => ({
  document: `${type} ($id: ID!) { ${field} }`,
  reach: 'SESSION',
});
const defineViewerRow = (document: string): Row => ({ document, reach: 'VIEWER' });

/** Every root field needs a row, which states who may use it: a missing one fails the tests. */
export const operations: Readonly<Record<string, Row>> = {
  'Query.viewer': defineViewerRow('{ viewer { id } }'),
  'Query.status': defineViewerRow('{ status { healthy } }'),
  'Query.session': defineSessionRow('query', 'session(id: $id) { id }'),
  'Query.sessions': defineViewerRow('{ sessions { totalCount } }'),
  'Query.models': defineViewerRow('{ models { name } }'),
  'Query.profiles': defineViewerRow('{ profiles { name } }'),
  'Query.node': defineViewerRow('{ node(id: "status:gateway") { id } }'),
  'Mutation.createSession': defineViewerRow('mutation { createSession(input: {}) { created } }'),
  'Mutation.resumeSession': defineSessionRow(
    'mutation',
    'resumeSession(input: { sessionId: $id }) { session { id } }',
  ),
  'Mutation.sendMessage': defineSessionRow(
    'mutation',
    'sendMessage(input: { sessionId: $id, prompt: "Say hello" }) { cursor }',
  ),
  'Mutation.disconnectSession': defineSessionRow(
    'mutation',
    'disconnectSession(input: { sessionId: $id }) { session { id } }',
  ),
  'Mutation.deleteSession': defineSessionRow(
    'mutation',
    'deleteSession(input: { sessionId: $id }) { deletedSessionId }',
  ),
  'Mutation.abortTurn': defineSessionRow(
    'mutation',
    'abortTurn(input: { sessionId: $id }) { session { id } }',
  ),
  'Mutation.updateSession': defineSessionRow(
    'mutation',
    'updateSession(input: { sessionId: $id, title: "Mine" }) { session { id } }',
  ),
  'Mutation.updateSessionCredentials': defineSessionRow(
    'mutation',
    'updateSessionCredentials(input: { sessionId: $id, gitHubToken: "x" }) { session { id } }',
  ),
  'Mutation.setSessionRemote': defineSessionRow(
    'mutation',
    'setSessionRemote(input: { sessionId: $id, mode: OFF }) { session { id } }',
  ),
  'Mutation.respondToPermissionRequest': defineSessionRow(
    'mutation',
    'respondToPermissionRequest(input: { sessionId: $id, requestId: "request:x", decision: REJECT }) { outcome }',
  ),
  'Mutation.respondToUserInputRequest': defineSessionRow(
    'mutation',
    'respondToUserInputRequest(input: { sessionId: $id, requestId: "request:x", answer: "x" }) { outcome }',
  ),
  'Mutation.respondToElicitationRequest': defineSessionRow(
    'mutation',
    'respondToElicitationRequest(input: { sessionId: $id, requestId: "request:x", action: DECLINE }) { outcome }',
  ),
  'Mutation.respondToToolCall': defineSessionRow(
    'mutation',
    'respondToToolCall(input: { sessionId: $id, requestId: "request:x", error: "x" }) { outcome }',
  ),
  'Mutation.forkSession': defineSessionRow(
    'mutation',
    'forkSession(input: { sessionId: $id }) { session { id } }',
  ),
  'Mutation.removeQueuedMessage': defineSessionRow(
    'mutation',
    'removeQueuedMessage(input: { sessionId: $id, messageId: "x" }) { session { id } }',
  ),
  'Subscription.messageDelta': defineSessionRow(
    'subscription',
    'messageDelta(sessionId: $id) { cursor }',
  ),
  'Subscription.sessionInfo': defineSessionRow(
    'subscription',
    'sessionInfo(sessionId: $id) { cursor }',
  ),
  'Subscription.sessionEvents': defineSessionRow(
    'subscription',
    'sessionEvents(sessionId: $id) { cursor }',
  ),
  'Subscription.sessionsChanged': defineViewerRow('subscription { sessionsChanged { kind } }'),
  'Subscription.statusChanged': defineViewerRow('subscription { statusChanged { healthy } }'),
};
