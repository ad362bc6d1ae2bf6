import type { Model } from '../copilot/profiles/models.ts';
import { listProfileModels } from '../copilot/profiles/profiles.ts';
import { DEFAULT_PROFILE_NAME } from '../copilot/profiles/profiles.ts';
import type { Context } from './context.ts';
import { requireProfile } from './input.ts';

export async function listModels(
  profile: string | null,
  { services }: Context,
): Promise<readonly Model[]> {
  return listProfileModels(
    requireProfile(profile ?? DEFAULT_PROFILE_NAME, services.profiles),
    services.runtime,
  );
}
