import { accountModels, type Model } from '../copilot/models.ts';
import type { Context } from './context.ts';
import { checkProfile } from './input.ts';

export async function listModels(
  profile: string | null,
  { services }: Context,
): Promise<readonly Model[]> {
  if (profile !== null) checkProfile(profile, services.profiles);
  return services.ownModels ?? accountModels(services.runtime);
}
