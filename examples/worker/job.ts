import { ReleaseDocument, RunJobDocument } from '../generated/graphql.ts';
import { OperationFailed, run } from './gateway.ts';

export interface Job {
  /** [A-Za-z0-9_-]{1,100}; the same job has the same id whenever it is tried. */
  readonly id: string;
  readonly prompt: string;
}

export interface JobResult {
  readonly id: string;
  /** COMPLETED, FAILED or ABORTED. */
  readonly state: string;
  readonly reply: string | null;
  readonly error: { readonly code: string; readonly message: string } | null;
}

interface Gateway {
  readonly url: string;
  /** The gateway's default one when absent. */
  readonly profile: string | undefined;
}

const ended = new Set(['COMPLETED', 'FAILED', 'ABORTED']);

/** Runs a job to its end: once, however often it is started. */
export async function runJob(gateway: Gateway, { id, prompt }: Job): Promise<JobResult> {
  const sessionId = `job-${id}`;
  const { url, profile } = gateway;
  const session = { sessionId, ifExists: 'RESUME' as const, ...(profile && { profile }) };
  const message = { sessionId, prompt, clientMessageId: id };
  try {
    for (;;) {
      const { sendMessage } = await run(url, RunJobDocument, { session, message });
      const turn = sendMessage?.finishedTurn;
      if (!turn || !ended.has(turn.state)) continue;
      // The result stands; a session that is not released here is released by itself later.
      await run(url, ReleaseDocument, { sessionId }).catch(() => undefined);
      return { id, state: turn.state, reply: turn.reply?.content ?? null, error: turn.error };
    }
  } catch (error) {
    if (!(error instanceof OperationFailed)) throw error;
    const { code, message: words } = error;
    return { id, state: 'FAILED', reply: null, error: { code, message: words } };
  }
}
