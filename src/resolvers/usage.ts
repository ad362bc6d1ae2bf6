import type { SessionUsage } from '../events/usage.ts';
import type { Context } from './context.ts';

export function sessionUsage(sessionId: string, { services }: Context): Promise<SessionUsage> {
  return services.directory.usage.of(sessionId);
}
