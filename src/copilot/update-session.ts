import type { Label, ReasoningEffort, SessionRecord } from '../directory/session-directory.ts';
import { Failure } from '../events/failure.ts';
import { modelsOf } from './profile-models.ts';
import { profileOfSession } from './profiles.ts';
import { isFailure } from './runtime-failure.ts';
import { titleFrom } from './runtime-words.ts';
import type { Session } from './session.ts';
import type { SessionServices } from './session-services.ts';

/** What is absent stays; null resets to the default. */
export interface SessionUpdate {
  readonly title?: string | null | undefined;
  readonly model?: string | null | undefined;
  readonly reasoningEffort?: ReasoningEffort | null | undefined;
  readonly labels?: readonly Label[] | null | undefined;
}

type RecordChange = Partial<Omit<SessionRecord, 'id'>>;

/** A session that is not attached gets its model and effort when it is resumed. */
export async function updateSession(
  session: Session,
  update: SessionUpdate,
  services: Pick<SessionServices, 'directory' | 'runtime' | 'profiles'>,
): Promise<void> {
  const record = await services.directory.find(session.id);
  if (!record) return;
  const change: RecordChange = {
    ...(await titleChange(record, update, services)),
    ...(await modelChange(record, update, services)),
    ...(update.labels === undefined ? {} : { labels: update.labels ?? [] }),
  };
  // First: when the runtime refuses it, nothing has changed.
  if ('model' in change) await session.setModel({ ...record, ...change });
  await services.directory.update(session.id, change);
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

async function modelChange(
  record: SessionRecord,
  update: SessionUpdate,
  { profiles, runtime }: Pick<SessionServices, 'profiles' | 'runtime'>,
): Promise<RecordChange> {
  if (update.model === undefined && update.reasoningEffort === undefined) return {};
  const profile = profileOfSession(record, profiles);
  const { defaultModel } = profile;
  if (update.model != null) {
    const models = await modelsOf(profile, runtime);
    if (!models.some(({ name, enabled }) => enabled && name === update.model)) {
      throw new Failure('MODEL_NOT_FOUND', 'model: the profile offers no such model.');
    }
  }
  return {
    model: update.model === undefined ? record.model : (update.model ?? defaultModel),
    reasoningEffort:
      update.reasoningEffort === undefined ? record.reasoningEffort : update.reasoningEffort,
  };
}
