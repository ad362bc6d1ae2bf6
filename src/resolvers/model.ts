import type { Model } from '../copilot/profiles/models.ts';
import { listProfileModels } from '../copilot/profiles/profiles.ts';
import { DEFAULT_PROFILE } from '../copilot/profiles/profiles.ts';
import type { Context } from './context.ts';
import { profileNamed } from './input.ts';

export async function listModels(
  profile: string | null,
  { services }: Context,
): Promise<readonly Model[]> {
  return listProfileModels(
    profileNamed(profile ?? DEFAULT_PROFILE, services.profiles),
    services.runtime,
  );
}
