import { isDeepStrictEqual } from 'node:util';

import type { Notice } from '../../events/event.ts';
import type { StepOrigin } from '../../events/log-events.ts';
import type { SessionLog } from '../../events/session-log.ts';
import type { TextOrigin } from '../../events/text-assembly.ts';
import type { Turn } from '../../events/turn.ts';
import type { ContextWindow, SessionUsage, TurnUsage } from '../../events/usage.ts';
import type { RecordedEvent, SessionRecord } from '../../store/session-directory.ts';
import { titleFrom } from '../runtime/sdk-values.ts';
import type { SessionServices } from '../services.ts';
import type { Change, TranslatedEvent } from '../translate/change.ts';
import type { TimelineObserver } from './timeline.ts';

type RecordChange = Partial<Omit<SessionRecord, 'id'>>;

/** Keeps the session's record, notices and turns in the directory in step with what the runtime reports. */
export class SessionMemory implements TimelineObserver {
  readonly #sessionId: string;
  readonly #log: SessionLog;
  readonly #services: SessionServices;
  #context: ContextWindow | undefined;

  constructor(log: SessionLog, services: SessionServices) {
    this.#sessionId = log.sessionId;
    this.#log = log;
    this.#services = services;
  }

  turnChanged(turn: Turn): void {
    const occurredAt = turn.finishedAt ?? turn.startedAt ?? turn.queuedAt;
    this.#log.append(
      { occurredAt, turnMessageId: turn.messageId, agentId: null },
      { type: 'turn.changed', turn },
    );
    this.#keep(this.#services.directory.saveTurn(turn));
    this.#update({ updatedAt: occurredAt });
  }

  opened({ kind, id }: TextOrigin): void {
    if (kind === 'TOOL_OUTPUT') return;
    this.#keep(this.#services.directory.saveUnfinished(this.#sessionId, { kind, id }));
  }

  completed({ kind, id }: TextOrigin): void {
    if (kind === 'TOOL_OUTPUT') return;
    this.#keep(this.#services.directory.removeUnfinished(this.#sessionId, { kind, id }));
  }

  intended(intent: string, { occurredAt, turnMessageId, agentId }: StepOrigin): void {
    // What a sub-agent says is over with it.
    if (agentId !== null) return;
    const latest = { turnMessageId, intent, occurredAt };
    this.#keep(this.#services.directory.usage.saveIntent(this.#sessionId, latest));
  }

  called(call: TurnUsage, turn: Turn | undefined, origin: StepOrigin): void {
    const { directory } = this.#services;
    if (turn) this.#keep(directory.saveTurn(turn));
    this.#tellUsage(directory.usage.add(this.#sessionId, call, origin.occurredAt), turn, origin);
  }

  contextFilled(context: ContextWindow, turn: Turn | undefined, origin: StepOrigin): void {
    // It is repeated before each try of a call.
    if (isDeepStrictEqual(this.#context, context)) return;
    this.#context = context;
    const saved = this.#services.directory.usage.saveContext(this.#sessionId, context);
    this.#tellUsage(saved, turn, origin);
  }

  recorded(events: readonly RecordedEvent[]): void {
    this.#keep(this.#services.directory.saveRecorded(this.#sessionId, events));
  }

  remember(event: TranslatedEvent): void {
    for (const change of event.changes) {
      if (change.type === 'title') this.#keep(this.#takeTitle(change.title, event));
      else if (change.type === 'notice') this.#saveNotice(change.notice, event);
      else this.#updateFrom(change, event.agentId);
    }
  }

  #updateFrom(change: Change, agentId: string | null): void {
    if (change.type === 'repository') this.#update({ repository: change.repository });
    else if (change.type === 'remote-steerable') {
      this.#update({ remoteSteerable: change.isSteerable });
    } else if (change.type === 'rewound') this.#rewind();
    else if (change.type === 'model' && agentId === null) {
      this.#update({
        model: change.model,
        ...(change.reasoningEffort && { reasoningEffort: change.reasoningEffort }),
      });
    }
  }

  #rewind(): void {
    this.#log.rewind();
    this.#update({ rewinds: this.#log.rewinds });
  }

  #tellUsage(saved: Promise<SessionUsage>, turn: Turn | undefined, origin: StepOrigin): void {
    const turnUsage = turn?.usage ?? null;
    this.#keep(
      saved.then((sessionUsage) => {
        this.#log.append(origin, { type: 'usage.changed', turnUsage, sessionUsage });
      }),
    );
  }

  async #takeTitle(text: string, { occurredAt, agentId }: TranslatedEvent): Promise<void> {
    const { directory, changed } = this.#services;
    const title = titleFrom(text);
    const record = await directory.find(this.#sessionId);
    if (!record || record.titleChosen || record.title === title) return;
    await directory.update(this.#sessionId, { title });
    this.#log.append(
      { occurredAt, turnMessageId: null, agentId },
      { type: 'title.changed', title },
    );
    changed(this.#sessionId);
  }

  #saveNotice(notice: Notice, { occurredAt }: TranslatedEvent): void {
    this.#keep(this.#services.directory.saveNotice(this.#sessionId, { ...notice, occurredAt }));
    if (notice.infoType === 'remote' && notice.url !== null) {
      this.#update({ remoteUrl: notice.url });
    }
  }

  #update(change: RecordChange): void {
    this.#keep(
      this.#services.directory.update(this.#sessionId, change).then(() => {
        this.#services.changed(this.#sessionId);
      }),
    );
  }

  #keep(write: Promise<unknown>): void {
    write.catch((error: unknown) => {
      this.#services.log.error(
        { err: error, sessionId: this.#sessionId },
        'session directory not written',
      );
    });
  }
}
