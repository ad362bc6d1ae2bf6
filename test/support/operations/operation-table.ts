/** One operation for each root field; `$id` is the name of a session. */
interface Row {
  readonly document: string;
  /** SESSION: of one session, and for its owner only. VIEWER: everybody who is known may ask, and gets what is theirs. */
  readonly reach: 'SESSION' | 'VIEWER';
}

const ofSession = (type: string, field: string): Row => ({
  document: `${type} ($id: ID!) { ${field} }`,
  reach: 'SESSION',
});
const ofViewer = (document: string): Row => ({ document, reach: 'VIEWER' });

/** A root field without a row here fails the tests: whoever adds one says who may use it. */
export const operations: Readonly<Record<string, Row>> = {
  'Query.viewer': ofViewer('{ viewer { id } }'),
  'Query.status': ofViewer('{ status { healthy } }'),
  'Query.session': ofSession('query', 'session(id: $id) { id }'),
  'Query.sessions': ofViewer('{ sessions { totalCount } }'),
  'Query.models': ofViewer('{ models { name } }'),
  'Query.profiles': ofViewer('{ profiles { name } }'),
  'Query.node': ofViewer('{ node(id: "status:gateway") { id } }'),
  'Mutation.createSession': ofViewer('mutation { createSession(input: {}) { created } }'),
  'Mutation.resumeSession': ofSession(
    'mutation',
    'resumeSession(input: { sessionId: $id }) { session { id } }',
  ),
  'Mutation.sendMessage': ofSession(
    'mutation',
    'sendMessage(input: { sessionId: $id, prompt: "Say hello" }) { cursor }',
  ),
  'Mutation.disconnectSession': ofSession(
    'mutation',
    'disconnectSession(input: { sessionId: $id }) { session { id } }',
  ),
  'Mutation.deleteSession': ofSession(
    'mutation',
    'deleteSession(input: { sessionId: $id }) { deletedSessionId }',
  ),
  'Mutation.abortTurn': ofSession(
    'mutation',
    'abortTurn(input: { sessionId: $id }) { session { id } }',
  ),
  'Mutation.updateSession': ofSession(
    'mutation',
    'updateSession(input: { sessionId: $id, title: "Mine" }) { session { id } }',
  ),
  'Mutation.updateSessionCredentials': ofSession(
    'mutation',
    'updateSessionCredentials(input: { sessionId: $id, gitHubToken: "x" }) { session { id } }',
  ),
  'Mutation.setSessionRemote': ofSession(
    'mutation',
    'setSessionRemote(input: { sessionId: $id, mode: OFF }) { session { id } }',
  ),
  'Mutation.respondToPermissionRequest': ofSession(
    'mutation',
    'respondToPermissionRequest(input: { sessionId: $id, requestId: "request:x", decision: REJECT }) { outcome }',
  ),
  'Mutation.respondToUserInputRequest': ofSession(
    'mutation',
    'respondToUserInputRequest(input: { sessionId: $id, requestId: "request:x", answer: "x" }) { outcome }',
  ),
  'Mutation.respondToElicitationRequest': ofSession(
    'mutation',
    'respondToElicitationRequest(input: { sessionId: $id, requestId: "request:x", action: DECLINE }) { outcome }',
  ),
  'Mutation.respondToToolCall': ofSession(
    'mutation',
    'respondToToolCall(input: { sessionId: $id, requestId: "request:x", error: "x" }) { outcome }',
  ),
  'Mutation.forkSession': ofSession(
    'mutation',
    'forkSession(input: { sessionId: $id }) { session { id } }',
  ),
  'Mutation.removeQueuedMessage': ofSession(
    'mutation',
    'removeQueuedMessage(input: { sessionId: $id, messageId: "x" }) { session { id } }',
  ),
  'Subscription.messageDelta': ofSession('subscription', 'messageDelta(sessionId: $id) { cursor }'),
  'Subscription.sessionInfo': ofSession('subscription', 'sessionInfo(sessionId: $id) { cursor }'),
  'Subscription.sessionEvents': ofSession(
    'subscription',
    'sessionEvents(sessionId: $id) { cursor }',
  ),
  'Subscription.sessionsChanged': ofViewer('subscription { sessionsChanged { kind } }'),
  'Subscription.statusChanged': ofViewer('subscription { statusChanged { healthy } }'),
};
