import type { Label, ReasoningEffort, SessionRecord } from '../../store/session-directory.ts';
import type { ModelChoice } from '../profiles/model-choice.ts';
import { profileOfSession } from '../profiles/profiles.ts';
import { isFailure } from '../runtime/sdk-errors.ts';
import { titleFrom } from '../runtime/sdk-values.ts';
import type { SessionServices } from '../services.ts';
import type { Session } from '../session/session.ts';
import { changeModel, chosenModel } from './change-model.ts';

/** What is absent stays; null resets to the default. */
export interface SessionUpdate {
  readonly title?: string | null | undefined;
  readonly model?: string | null | undefined;
  readonly reasoningEffort?: ReasoningEffort | null | undefined;
  readonly labels?: readonly Label[] | null | undefined;
}

type RecordChange = Partial<Omit<SessionRecord, 'id'>>;

/**
 * A session that is not attached gets its model and effort when it is resumed.
 * @throws Failure MODEL_NOT_FOUND, BAD_USER_INPUT, and whatever the runtime refuses: then nothing has changed
 */
export async function updateSession(
  session: Session,
  update: SessionUpdate,
  services: Pick<SessionServices, 'directory' | 'runtime' | 'profiles'>,
): Promise<void> {
  const record = await services.directory.find(session.id);
  if (!record) return;
  const choice = await chosenModel(record, wantedModel(record, update, services), services);
  const change: RecordChange = {
    ...(await titleChange(record, update, services)),
    ...(update.labels === undefined ? {} : { labels: update.labels ?? [] }),
  };
  if (choice) await changeModel(session, { ...change, ...choice }, services);
  else await services.directory.update(session.id, change);
  if (change.title != null && change.title !== record.title) session.titleChanged(change.title);
}

async function titleChange(
  { id }: SessionRecord,
  { title }: SessionUpdate,
  { runtime }: Pick<SessionServices, 'runtime'>,
): Promise<RecordChange> {
  if (title === undefined) return {};
  if (title !== null) return { title, titleChosen: true };
  try {
    const metadata = await runtime.call((client) => client.getSessionMetadata(id));
    return {
      title: metadata?.summary ? titleFrom(metadata.summary) : null,
      titleChosen: false,
    };
  } catch (error) {
    // It tells its summary again with the next message.
    if (isFailure(error, 'RUNTIME_UNAVAILABLE')) return { title: null, titleChosen: false };
    throw error;
  }
}

function wantedModel(
  record: SessionRecord,
  { model, reasoningEffort }: SessionUpdate,
  { profiles }: Pick<SessionServices, 'profiles'>,
): ModelChoice {
  return {
    model:
      model === null ? profileOfSession(record, profiles).defaultModel : (model ?? record.model),
    reasoningEffort: reasoningEffort === undefined ? record.reasoningEffort : reasoningEffort,
  };
}
