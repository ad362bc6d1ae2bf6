import { isDeepStrictEqual } from 'node:util';

import type { TextOrigin } from '../../events/assembled-text.ts';
import type { Notice } from '../../events/event.ts';
import type { StepOrigin } from '../../events/event-factory.ts';
import type { SessionLog } from '../../events/session-log.ts';
import type { Turn } from '../../events/turn.ts';
import type { ContextWindow, SessionUsage, TurnUsage } from '../../events/usage.ts';
import type { RecordedEvent, SessionRecord } from '../../store/session-store.ts';
import { deriveTitle } from '../runtime/sdk-values.ts';
import type { SessionServices } from '../services.ts';
import type { Change, TranslatedEvent } from '../translate/change.ts';
import type { TimelineObserver } from './timeline.ts';

type RecordChange = Partial<Omit<SessionRecord, 'id'>>;

/** Keeps the session's record, notices and turns in the directory in step with what the runtime reports. */
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
    // What a sub-agent says is over with it.
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
    // It is repeated before each try of a call.
    if (isDeepStrictEqual(this.#context, context)) return;
    this.#context = context;
    const saved = this.#services.store.usage.saveContextWindow(this.#sessionId, context);
    this.#emitUsage(saved, turn, origin);
  }

  recordEvents(events: readonly RecordedEvent[]): void {
    this.#catchWriteError(this.#services.store.saveRecordedEvents(this.#sessionId, events));
  }

  record(event: TranslatedEvent): void {
    for (const change of event.changes) {
      if (change.type === 'title') this.#catchWriteError(this.#recordTitle(change.title, event));
      else if (change.type === 'notice') this.#recordNotice(change.notice, event);
      else this.#recordChange(change, event.agentId);
    }
  }

  #recordChange(change: Change, agentId: string | null): void {
    if (change.type === 'repository') this.#updateRecord({ repository: change.repository });
    else if (change.type === 'remote-steerable') {
      this.#updateRecord({ remoteSteerable: change.isSteerable });
    } else if (change.type === 'rewound') this.#rewind();
    else if (change.type === 'model' && agentId === null) {
      this.#updateRecord({
        model: change.model,
        ...(change.reasoningEffort && { reasoningEffort: change.reasoningEffort }),
      });
    }
  }

  #rewind(): void {
    this.#log.rewind();
    this.#updateRecord({ rewinds: this.#log.rewinds });
  }

  #emitUsage(saved: Promise<SessionUsage>, turn: Turn | undefined, origin: StepOrigin): void {
    const turnUsage = turn?.usage ?? null;
    this.#catchWriteError(
      saved.then((sessionUsage) => {
        this.#log.append(origin, { type: 'usage.changed', turnUsage, sessionUsage });
      }),
    );
  }

  async #recordTitle(text: string, { occurredAt, agentId }: TranslatedEvent): Promise<void> {
    const { store, onSessionChanged } = this.#services;
    const title = deriveTitle(text);
    if (!(await store.setRuntimeTitle(this.#sessionId, title))) return;
    this.#log.append(
      { occurredAt, turnMessageId: null, agentId },
      { type: 'title.changed', title },
    );
    onSessionChanged(this.#sessionId);
  }

  #recordNotice(notice: Notice, { occurredAt }: TranslatedEvent): void {
    this.#catchWriteError(
      this.#services.store.saveNotice(this.#sessionId, { ...notice, occurredAt }),
    );
    if (notice.infoType === 'remote' && notice.url !== null) {
      this.#updateRecord({ remoteUrl: notice.url });
    }
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
        'session directory not written',
      );
    });
  }
}
