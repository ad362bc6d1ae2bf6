import type { NewSession } from './new-session.ts';
import { isFailure } from './runtime-failure.ts';
import type { SessionSnapshot } from './session-snapshot.ts';
import type { Sessions } from './sessions.ts';

/** Made, or resumed when there is one of this name: also when two clients ask for it at once. */
export async function createOrResume(
  input: NewSession,
  sessions: Sessions,
): Promise<{ session: SessionSnapshot; created: boolean }> {
  try {
    return { session: await sessions.create(input), created: true };
  } catch (error) {
    const isTheirs = (await sessions.look(input.id))?.owner === input.owner;
    if (!isFailure(error, 'SESSION_EXISTS') || !isTheirs) throw error;
    const { gitHubToken, provider } = input;
    return { session: await sessions.resume(input.id, { gitHubToken, provider }), created: false };
  }
}
