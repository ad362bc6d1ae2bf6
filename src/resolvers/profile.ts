import type { Model } from '../copilot/profiles/models.ts';
import {
  DEFAULT_PROFILE_NAME,
  listProfileModels,
  type Profile,
} from '../copilot/profiles/profiles.ts';
import type { Context } from './context.ts';
import { requireProfile } from './input/fields.ts';

export function listProfiles({ services }: Context): readonly Profile[] {
  return services.profiles;
}

export async function listModels(
  profile: string | null,
  { services }: Context,
): Promise<readonly Model[]> {
  return listProfileModels(
    requireProfile(profile ?? DEFAULT_PROFILE_NAME, services.profiles),
    services.runtime,
  );
}
