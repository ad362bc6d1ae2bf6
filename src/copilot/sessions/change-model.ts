import { GatewayError } from '../../errors/gateway-error.ts';
import type { SessionRecord } from '../../store/session-store.ts';
import { checkModelChoice, type ModelChoice } from '../profiles/model-choice.ts';
import { requireSessionProfile } from '../profiles/profiles.ts';
import type { SessionServices } from '../services.ts';
import type { Session } from '../session/session.ts';

type Services = Pick<SessionServices, 'profiles' | 'runtime'>;

/**
 * Checks the model of a new session. Without a choice there is nothing to look up.
 *
 * @throws {GatewayError} MODEL_NOT_FOUND, BAD_USER_INPUT
 */
export async function checkInitialModel(record: SessionRecord, services: Services): Promise<void> {
  const profile = requireSessionProfile(record, services.profiles);
  const isLeftOpen = record.model === null && record.reasoningEffort === null;
  if (isLeftOpen && record.ownProvider === null) return;
  await checkModelChoice(record, profile, services.runtime);
}

/**
 * Returns the checked choice, or undefined when it changes nothing.
 *
 * @throws {GatewayError} MODEL_NOT_FOUND, BAD_USER_INPUT, NOT_SUPPORTED for a cloud session
 */
export async function resolveModelChange(
  before: SessionRecord,
  { model, reasoningEffort }: ModelChoice,
  { profiles, runtime }: Services,
): Promise<ModelChoice | undefined> {
  if (model === before.model && reasoningEffort === before.reasoningEffort) return undefined;
  if (before.location === 'cloud') {
    throw new GatewayError('NOT_SUPPORTED', 'model: cannot be set for a cloud session');
  }
  const choice = { model, reasoningEffort };
  await checkModelChoice(choice, requireSessionProfile(before, profiles), runtime);
  return choice;
}

/**
 * Changes the model in the runtime first, so that a choice that it rejects is not stored. A session that is not attached
 * gets the model when it is.
 *
 * @param change may have other values that are stored in the same step
 */
export async function changeModel(
  session: Session,
  change: ModelChoice & Partial<Omit<SessionRecord, 'id'>>,
  { store }: Pick<SessionServices, 'store'>,
): Promise<void> {
  if (session.isAttached) await session.setModel(change);
  await store.update(session.id, change);
}
