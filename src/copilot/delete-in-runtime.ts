import type { Runtime } from './runtime.ts';
import { isFailure } from './runtime-failure.ts';

/** With its history; one that is gone already is no failure. */
export async function deleteInRuntime(id: string, runtime: Runtime): Promise<void> {
  try {
    await runtime.call((client) => client.deleteSession(id));
  } catch (error) {
    if (!isFailure(error, 'SESSION_NOT_FOUND')) throw error;
  }
}
