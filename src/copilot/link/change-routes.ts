import type { SessionRecorder } from '../projections/session-recorder.ts';
import type { Timeline } from '../projections/timeline.ts';
import type { PendingRequests } from '../requests/pending-requests.ts';
import type { Change, ChangeHandler, ChangeType, TranslatedEvent } from '../translate/change.ts';
import type { SessionEmitter } from './session-emitter.ts';

/** The handlers of every type of change, in the order in which they are called. */
export type ChangeRoutes = {
  readonly [T in ChangeType]: readonly (ChangeHandler<T> | undefined)[];
};

interface RoutedSession {
  readonly timeline: Timeline;
  readonly requests: PendingRequests;
}

/** The parts that only a live session has: a replay saves nothing, and sends nothing to the runtime. */
interface LiveSession {
  readonly recorder: SessionRecorder;
  readonly emitter: SessionEmitter;
}

/**
 * Routes the changes of runtime events to the projections of one session. Adding a type of change takes a row here;
 * without one, it does not compile.
 *
 * Order within a row: requests first, because a request is resolved before its turn ends; the log before the store.
 */
export function createChangeRoutes(
  { timeline, requests }: RoutedSession,
  live?: LiveSession,
): ChangeRoutes {
  const { texts, activity } = timeline;
  return {
    'user-message-added': [timeline.handleUserMessageAdded],
    'model-call-started': [texts.handleModelCallStarted, activity.handleModelCallStarted],
    'model-call-attempted': [activity.handleModelCallAttempted],
    'model-call-failed': [texts.handleModelCallEnded, activity.handleModelCallFailed],
    'model-call-ended': [texts.handleModelCallEnded],
    'text-started': [texts.handleTextStarted],
    'text-appended': [texts.handleTextAppended],
    'reasoning-appended': [texts.handleReasoningAppended],
    'message-completed': [timeline.handleMessageCompleted],
    'tool-call-changed': [timeline.handleToolCallChanged],
    'tool-output-changed': [timeline.handleToolOutputChanged],
    'turn-failed': [ofMainAgent(timeline.handleTurnFailed)],
    'turn-aborted': [
      ofMainAgent(requests.handleTurnEnded),
      ofMainAgent(timeline.handleTurnAborted),
    ],
    'session-idle': [ofMainAgent(requests.handleTurnEnded), ofMainAgent(timeline.handleIdle)],
    'history-rewound': [live?.recorder.handleRewound],
    'queue-changed': [() => live?.emitter.emit('queueChanged')],
    'request-created': [requests.handleCreated],
    'request-resolved': [requests.handleResolved],
    'client-tool-resolved': [requests.handleClientToolResolved],
    'sampling-requested': [({ requestId }) => live?.emitter.emit('samplingRequested', requestId)],
    'title-changed': [live?.recorder.handleTitleChanged],
    'notice-reported': [activity.handleNotice, live?.recorder.handleNotice],
    'warning-reported': [activity.handleWarning],
    'remote-steerable-changed': [live?.recorder.handleRemoteSteerable],
    'repository-changed': [live?.recorder.handleRepository],
    'model-changed': [activity.handleModelChanged, live?.recorder.handleModelChanged],
    'context-compacted': [activity.handleContextCompacted],
    'intent-changed': [activity.handleIntent],
    'usage-reported': [activity.handleUsage],
    'context-usage-reported': [activity.handleContextUsage],
    'subagent-changed': [activity.handleSubagentChanged],
  };
}

/** Calls the handlers of each change of the event. */
export function routeChanges(event: TranslatedEvent, routes: ChangeRoutes): void {
  for (const change of event.changes) routeChange(change, event, routes);
}

function routeChange<T extends ChangeType>(
  change: Change<T>,
  event: TranslatedEvent,
  routes: ChangeRoutes,
): void {
  for (const handle of routes[change.type]) handle?.(change, event);
}

/** Ignores events of sub-agents: the end of a sub-agent's work says nothing about the turn. */
function ofMainAgent<T extends ChangeType>(handle: ChangeHandler<T>): ChangeHandler<T> {
  return (change, event) => {
    if (event.agentId === null) handle(change, event);
  };
}
