import { collectGarbage } from './garbage.ts';

type Method = (argument: never) => unknown;

/** What a process offers to the one that started it, by name. */
export type Offer<O> = { readonly [K in keyof O]: Method };

export interface Call {
  readonly id: number;
  readonly name: string;
  readonly argument: unknown;
}

export type Answer =
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly error: string };

/** What the process has used since it began, and what it holds now; times in microseconds, sizes in bytes. */
export interface Usage {
  readonly cpu: number;
  readonly wall: number;
  readonly rss: number;
  readonly heap: number;
}

/** Answers calls until the process that started this one goes away. */
export function answerCalls(offer: Readonly<Record<string, Method>>): void {
  const all = new Map<string, Method>(Object.entries(offer));
  all.set('usage', usage);
  process.on('message', (call: Call) => void answer(call, all.get(call.name)));
  process.on('disconnect', () => process.exit());
  // A terminal's Ctrl-C reaches all processes; the first of them ends the others in order.
  process.on('SIGINT', () => undefined);
  tell({ id: 0, result: 'ready' });
}

async function answer({ id, name, argument }: Call, method: Method | undefined): Promise<void> {
  try {
    if (!method) throw new Error(`no such call: ${name}`);
    tell({ id, result: await method(argument as never) });
  } catch (error) {
    tell({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
}

function tell(answer: Answer): void {
  process.send?.(answer, undefined, undefined, () => undefined);
}

/** @param settled memory that nothing refers to is given back first */
function usage({ settled }: { readonly settled: boolean }): Usage {
  if (settled) collectGarbage();
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed } = process.memoryUsage();
  return { cpu: user + system, wall: performance.now() * 1_000, rss, heap: heapUsed };
}
