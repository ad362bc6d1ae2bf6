import { answerCalls } from '../support/child.ts';
import { now, wait } from '../support/clock.ts';
import { GraphqlSocket } from '../support/graphql-socket.ts';
import { authorizationOf } from './viewers.ts';

export interface FloodOptions {
  readonly url: string;
  readonly sockets: number;
  readonly perSecond: number;
  readonly seconds: number;
}

export interface FloodResult {
  readonly answered: number;
  /** With RATE_LIMITED. */
  readonly refused: number;
  /** With anything else. */
  readonly failed: number;
}

const TICK_MS = 50;

/** Each operation has a document of its own, so that none is known by now. */
function documentOf(index: number): string {
  return `{ sessions(first: 20) { totalCount nodes { id state title } } a${index}: viewer { id } }`;
}

async function flood(options: FloodOptions): Promise<FloodResult> {
  const { url, perSecond, seconds } = options;
  const authorization = authorizationOf('flooder');
  const sockets = await Promise.all(
    Array.from({ length: options.sockets }, () => GraphqlSocket.connect(url, { authorization })),
  );
  const result = { answered: 0, refused: 0, failed: 0 };
  const answered = (): void => {
    result.answered++;
  };
  const failed = (error: unknown): void => {
    if (error instanceof Error && error.message.includes('RATE_LIMITED')) result.refused++;
    else result.failed++;
  };
  const startedAt = now();
  const total = perSecond * seconds;
  const running: Promise<void>[] = [];
  let sent = 0;
  while (sent < total) {
    const due = Math.min(total, ((now() - startedAt) / 1_000) * perSecond);
    for (; sent < due; sent++) {
      const socket = sockets[sent % sockets.length];
      running.push(socket?.run(documentOf(sent), {}).then(answered, failed) ?? Promise.resolve());
    }
    await wait(TICK_MS);
  }
  await Promise.all(running);
  for (const socket of sockets) socket.close();
  return result;
}

const offer = { flood };

export type FloodClient = typeof offer;

answerCalls(offer);
