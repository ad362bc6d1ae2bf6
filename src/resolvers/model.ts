import type { Model } from '../copilot/models.ts';
import { modelsOf } from '../copilot/profile-models.ts';
import { DEFAULT_PROFILE } from '../copilot/profiles.ts';
import type { Context } from './context.ts';
import { profileNamed } from './input.ts';

export async function listModels(
  profile: string | null,
  { services }: Context,
): Promise<readonly Model[]> {
  return modelsOf(profileNamed(profile ?? DEFAULT_PROFILE, services.profiles), services.runtime);
}
