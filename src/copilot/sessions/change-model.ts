import { GatewayError } from '../../errors/gateway-error.ts';
import type { SessionRecord } from '../../store/session-store.ts';
import { checkModelChoice, type ModelChoice } from '../profiles/model-choice.ts';
import { requireSessionProfile } from '../profiles/profiles.ts';
import type { SessionServices } from '../services.ts';
import type { Session } from '../session/session.ts';

type Services = Pick<SessionServices, 'profiles' | 'runtime'>;

/**
 * Of a new session. When nothing is chosen, nothing is looked up.
 * @throws Failure MODEL_NOT_FOUND, BAD_USER_INPUT
 */
export async function checkInitialModel(first: SessionRecord, services: Services): Promise<void> {
  const profile = requireSessionProfile(first, services.profiles);
  const isLeftOpen = first.model === null && first.reasoningEffort === null;
  if (isLeftOpen && first.ownProvider === null) return;
  await checkModelChoice(first, profile, services.runtime);
}

/**
 * Undefined: nothing changes.
 * @throws Failure MODEL_NOT_FOUND, BAD_USER_INPUT
 */
export async function resolveModelChange(
  before: SessionRecord,
  { model, reasoningEffort }: ModelChoice,
  { profiles, runtime }: Services,
): Promise<ModelChoice | undefined> {
  if (model === before.model && reasoningEffort === before.reasoningEffort) return undefined;
  if (before.location === 'cloud') {
    throw new GatewayError('NOT_SUPPORTED', 'model: that of a cloud session cannot be chosen.');
  }
  const choice = { model, reasoningEffort };
  await checkModelChoice(choice, requireSessionProfile(before, profiles), runtime);
  return choice;
}

/**
 * In the runtime first: what it refuses must not be remembered. A session that is not attached
 * gets it when it is.
 * @param change with whatever else is to be remembered at once
 */
export async function changeModel(
  session: Session,
  change: ModelChoice & Partial<Omit<SessionRecord, 'id'>>,
  { store }: Pick<SessionServices, 'store'>,
): Promise<void> {
  if (session.isAttached) await session.setModel(change);
  await store.update(session.id, change);
}
