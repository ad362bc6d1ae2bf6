import { accountModels, type Model } from './models.ts';
import type { Profile } from './profiles.ts';
import type { Runtime } from './runtime.ts';

/** The models that sessions of a profile may use. @throws Failure GITHUB_AUTH_REQUIRED */
export async function modelsOf(profile: Profile, runtime: Runtime): Promise<readonly Model[]> {
  if (profile.provider !== null) return profile.models ?? [];
  const models = await accountModels(runtime);
  const allowed = profile.models?.map(({ name }) => name);
  return allowed ? models.filter(({ name }) => allowed.includes(name)) : models;
}
