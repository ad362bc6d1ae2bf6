import type { Subagent } from '../events/subagent.ts';
import type { Context } from './context.ts';

export function listSubagents(sessionId: string, { services }: Context): Promise<Subagent[]> {
  return services.reader.subagents(sessionId);
}
