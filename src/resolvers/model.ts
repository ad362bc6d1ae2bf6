import { accountModels, type Model } from '../copilot/models.ts';
import type { Context } from './context.ts';
import { badInput } from './input.ts';

export async function listModels(
  profile: string | null,
  { services }: Context,
): Promise<readonly Model[]> {
  if (profile !== null && !services.profiles.some(({ name }) => name === profile)) {
    throw badInput('profile', 'there is no such profile');
  }
  return services.ownModels ?? accountModels(services.runtime);
}
