import type { Profile } from '../copilot/profiles/profiles.ts';
import type { Context } from './context.ts';

export function listProfiles({ services }: Context): readonly Profile[] {
  return services.profiles;
}
