import { isDeepStrictEqual } from 'node:util';

import type { TextOrigin } from '../../events/assembled-text.ts';
import type { StepOrigin } from '../../events/event-factory.ts';
import type { SessionLog } from '../../events/session-log.ts';
import type { Turn } from '../../events/turn.ts';
import type { ContextWindow, SessionUsage, TurnUsage } from '../../events/usage.ts';
import type { RecordedEvent, SessionRecord } from '../../store/session-store.ts';
import { deriveTitle } from '../runtime/sdk-values.ts';
import type { SessionServices } from '../services.ts';
import type { ChangeHandler, EventOrigin } from '../translate/change.ts';
import type { TimelineObserver } from './timeline.ts';

type RecordChange = Partial<Omit<SessionRecord, 'id'>>;

/**
 * Saves what the runtime reports to the session store: the record of the session, its turns, usage, notices, intent
 * and unfinished texts. Writes are not awaited, and the store applies them in the order of the calls; a failed write
 * is logged and does not stop the session.
 */
export class SessionRecorder implements TimelineObserver {
  readonly #sessionId: string;
  readonly #log: SessionLog;
  readonly #services: SessionServices;
  #context: ContextWindow | undefined;

  constructor(log: SessionLog, services: SessionServices) {
    this.#sessionId = log.sessionId;
    this.#log = log;
    this.#services = services;
  }

  handleTurnChanged(turn: Turn): void {
    const occurredAt = turn.finishedAt ?? turn.startedAt ?? turn.queuedAt;
    this.#log.append(
      { occurredAt, turnMessageId: turn.messageId, agentId: null },
      { type: 'turn.changed', turn },
    );
    this.#catchWriteError(this.#services.store.saveTurn(turn));
    this.#updateRecord({ updatedAt: occurredAt });
  }

  handleTextOpened({ kind, id }: TextOrigin): void {
    if (kind === 'TOOL_OUTPUT') return;
    this.#catchWriteError(this.#services.store.saveUnfinishedText(this.#sessionId, { kind, id }));
  }

  handleTextCompleted({ kind, id }: TextOrigin): void {
    if (kind === 'TOOL_OUTPUT') return;
    this.#catchWriteError(this.#services.store.removeUnfinishedText(this.#sessionId, { kind, id }));
  }

  handleIntent(intent: string, { occurredAt, turnMessageId, agentId }: StepOrigin): void {
    // The intent of a sub-agent ends with the sub-agent.
    if (agentId !== null) return;
    const latest = { turnMessageId, intent, occurredAt };
    this.#catchWriteError(this.#services.store.usage.saveIntent(this.#sessionId, latest));
  }

  handleModelCall(call: TurnUsage, turn: Turn | undefined, origin: StepOrigin): void {
    const { store } = this.#services;
    if (turn) this.#catchWriteError(store.saveTurn(turn));
    this.#emitUsage(store.usage.addCall(this.#sessionId, call, origin.occurredAt), turn, origin);
  }

  handleContextUsage(context: ContextWindow, turn: Turn | undefined, origin: StepOrigin): void {
    // The runtime repeats it before each attempt of a model call.
    if (isDeepStrictEqual(this.#context, context)) return;
    this.#context = context;
    const saved = this.#services.store.usage.saveContextWindow(this.#sessionId, context);
    this.#emitUsage(saved, turn, origin);
  }

  recordEvents(events: readonly RecordedEvent[]): void {
    this.#catchWriteError(this.#services.store.saveRecordedEvents(this.#sessionId, events));
  }

  readonly handleTitleChanged: ChangeHandler<'title-changed'> = ({ title }, event) => {
    this.#catchWriteError(this.#recordTitle(deriveTitle(title), event));
  };

  readonly handleNotice: ChangeHandler<'notice-reported'> = ({ notice }, { occurredAt }) => {
    const saved = this.#services.store.saveNotice(this.#sessionId, { ...notice, occurredAt });
    this.#catchWriteError(saved);
    if (notice.infoType === 'remote' && notice.url !== null) {
      this.#updateRecord({ remoteUrl: notice.url });
    }
  };

  readonly handleRemoteSteerable: ChangeHandler<'remote-steerable-changed'> = ({ isSteerable }) => {
    this.#updateRecord({ remoteSteerable: isSteerable });
  };

  readonly handleRepository: ChangeHandler<'repository-changed'> = ({ repository }) => {
    this.#updateRecord({ repository });
  };

  readonly handleModelChanged: ChangeHandler<'model-changed'> = (change, { agentId }) => {
    // The model of a sub-agent is not that of the session.
    if (agentId !== null) return;
    const { model, reasoningEffort } = change;
    this.#updateRecord({ model, ...(reasoningEffort && { reasoningEffort }) });
  };

  readonly handleRewound: ChangeHandler<'history-rewound'> = () => {
    this.#log.rewind();
    this.#updateRecord({ rewinds: this.#log.rewinds });
  };

  #emitUsage(saved: Promise<SessionUsage>, turn: Turn | undefined, origin: StepOrigin): void {
    const turnUsage = turn?.usage ?? null;
    this.#catchWriteError(
      saved.then((sessionUsage) => {
        this.#log.append(origin, { type: 'usage.changed', turnUsage, sessionUsage });
      }),
    );
  }

  async #recordTitle(title: string, { occurredAt, agentId }: EventOrigin): Promise<void> {
    const { store, onSessionChanged } = this.#services;
    if (!(await store.setRuntimeTitle(this.#sessionId, title))) return;
    this.#log.append(
      { occurredAt, turnMessageId: null, agentId },
      { type: 'title.changed', title },
    );
    onSessionChanged(this.#sessionId);
  }

  #updateRecord(change: RecordChange): void {
    this.#catchWriteError(
      this.#services.store.update(this.#sessionId, change).then(() => {
        this.#services.onSessionChanged(this.#sessionId);
      }),
    );
  }

  #catchWriteError(write: Promise<unknown>): void {
    write.catch((error: unknown) => {
      this.#services.logger.error(
        { err: error, sessionId: this.#sessionId },
        'failed to write session store',
      );
    });
  }
}
