import { isGatewayError } from '../../errors/gateway-error.ts';
import type { Label, ReasoningEffort, SessionRecord } from '../../store/session-store.ts';
import type { ModelChoice } from '../profiles/model-choice.ts';
import { requireSessionProfile } from '../profiles/profiles.ts';
import { deriveTitle } from '../runtime/sdk-values.ts';
import type { SessionServices } from '../services.ts';
import { changeModel, resolveModelChange } from './change-model.ts';
import type { SessionInUse } from './open-sessions.ts';

/** Values that are absent stay; null resets to the default. */
export interface SessionUpdate {
  readonly title?: string | null | undefined;
  readonly model?: string | null | undefined;
  readonly reasoningEffort?: ReasoningEffort | null | undefined;
  readonly labels?: readonly Label[] | null | undefined;
}

type RecordChange = Partial<Omit<SessionRecord, 'id'>>;

/**
 * Applies an update. A session that is not attached gets its model and effort when it is attached.
 *
 * @throws {GatewayError} MODEL_NOT_FOUND, BAD_USER_INPUT, and whatever the runtime rejects: then nothing has changed
 */
export async function applyUpdate(
  { session, record }: SessionInUse,
  update: SessionUpdate,
  services: Pick<SessionServices, 'store' | 'runtime' | 'profiles'>,
): Promise<void> {
  const choice = await resolveModelChange(
    record,
    resolveModelChoice(record, update, services),
    services,
  );
  const change: RecordChange = {
    ...(await resolveTitleChange(record, update, services)),
    ...(update.labels === undefined ? {} : { labels: update.labels ?? [] }),
  };
  if (choice) await changeModel(session, { ...change, ...choice }, services);
  else await services.store.update(session.id, change);
  if (change.title != null && change.title !== record.title) session.announceTitle(change.title);
}

async function resolveTitleChange(
  { id }: SessionRecord,
  { title }: SessionUpdate,
  { runtime }: Pick<SessionServices, 'runtime'>,
): Promise<RecordChange> {
  if (title === undefined) return {};
  if (title !== null) return { title, titleChosen: true };
  try {
    const metadata = await runtime.call((client) => client.getSessionMetadata(id));
    return {
      title: metadata?.summary ? deriveTitle(metadata.summary) : null,
      titleChosen: false,
    };
  } catch (error) {
    // The runtime reports its summary again with the next message.
    if (isGatewayError(error, 'RUNTIME_UNAVAILABLE')) return { title: null, titleChosen: false };
    throw error;
  }
}

function resolveModelChoice(
  record: SessionRecord,
  { model, reasoningEffort }: SessionUpdate,
  { profiles }: Pick<SessionServices, 'profiles'>,
): ModelChoice {
  return {
    model:
      model === null
        ? requireSessionProfile(record, profiles).defaultModel
        : (model ?? record.model),
    reasoningEffort: reasoningEffort === undefined ? record.reasoningEffort : reasoningEffort,
  };
}
