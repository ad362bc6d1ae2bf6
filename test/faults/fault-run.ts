import { expect } from 'vitest';

import type {
  MessageDeltaSubscription,
  MessageDeltaSubscriptionVariables,
} from '../generated/operations/graphql.ts';
import { createRandom } from '../support/assertions/random.ts';
import { waitUntil } from '../support/assertions/until.ts';
import type {
  ResumableOperation,
  ResumingSubscription,
} from '../support/clients/resuming-client.ts';
import type { Client } from '../support/clients/transports.ts';
import { KillableGateway } from '../support/gateway/killable-gateway.ts';
import { type HeldCall, prompts } from '../support/models/scripted-model.ts';
import { type LiveDelta, messageDelta } from '../support/operations/events.ts';
import { createTestSession, fetchSession } from '../support/operations/sessions.ts';
import { ask, send } from '../support/operations/turns.ts';
import { TcpProxy } from '../support/services/tcp-proxy.ts';
import { Screen } from './screen.ts';

const IN_MID_STREAM = 20;
const AFTER_THE_END = 3;
const ROUNDS_PER_SESSION = 10;
/** How long the client waits until it tries again. */
const RETRY_MS = 50;

export const seed = Number(process.env['FAULTS_SEED'] ?? Date.now() % 1_000_000);

interface Scene {
  readonly gateway: KillableGateway;
  readonly line: TcpProxy;
  readonly client: Client;
  readonly random: () => number;
  readonly subscribe: Subscribe;
}

interface Talk {
  readonly sessionId: string;
  readonly screen: Screen;
}

export type Subscribe = (
  operation: ResumableOperation<MessageDeltaSubscription, MessageDeltaSubscriptionVariables>,
) => ResumingSubscription<{ readonly messageDelta: LiveDelta }>;

/** Does what the model does meanwhile once it has happened, and leaves everything running again. */
type Fault = (scene: Scene & Talk, meanwhile: () => void) => Promise<void>;

const faults = {
  'gateway killed': async ({ gateway }, meanwhile) => {
    await gateway.kill();
    meanwhile();
    await gateway.startAgain();
  },
  'runtime killed': async ({ gateway }, meanwhile) => {
    expect(await gateway.killRuntime()).toBeGreaterThan(0);
    meanwhile();
  },
  'line cut': async ({ line }, meanwhile) => {
    line.cut();
    meanwhile();
  },
  'line stalled': async ({ line, client, sessionId }, meanwhile) => {
    line.stall();
    meanwhile();
    // The gateway goes on as if the client were only slow.
    await waitUntil(async () => (await fetchSession(client, sessionId)).currentTurn === null, {
      what: () => 'the end of the turn',
    });
    line.resume();
  },
} as const satisfies Record<string, Fault>;

type FaultName = keyof typeof faults;

interface Planned {
  readonly name: FaultName;
  readonly isAfterEnd: boolean;
}

/** Lets everything fail, again and again, and looks each time whether the client has the texts of the history. */
export async function surviveFaults(transport: string, subscribe: Subscribe): Promise<void> {
  const random = createRandom(seed);
  await using gateway = await KillableGateway.start({ runtime: 'own' });
  await using line = await TcpProxy.start(Number(new URL(gateway.url).port));
  const scene: Scene = { gateway, line, client: gateway.client, random, subscribe };
  const happened: string[] = [];
  const counts = new Map<string, number>();
  let expired = 0;
  const rest = plan(random);
  while (rest.length > 0) {
    const talk = await begin(scene);
    for (const planned of rest.splice(0, ROUNDS_PER_SESSION)) {
      const what = `${planned.name}${planned.isAfterEnd ? ' after the end' : ''}`;
      await round({ ...scene, ...talk }, { ...planned, number: happened.push(what) }).catch(
        (error: unknown) => {
          throw new Error(`${happened.join(', ')}: ${gateway.current.output()}`, { cause: error });
        },
      );
      counts.set(what, (counts.get(what) ?? 0) + 1);
    }
    expect(talk.screen.problems).toEqual([]);
    talk.screen.leave();
    expired += talk.screen.expired;
  }
  const summary = Object.fromEntries([...counts].sort());
  console.log(
    `${transport}, FAULTS_SEED=${seed}: ${JSON.stringify(summary)}; ${expired} times CURSOR_EXPIRED; 0 torn texts`,
  );
  for (const name of Object.keys(faults)) {
    expect(summary).toMatchObject({
      [name]: IN_MID_STREAM,
      [`${name} after the end`]: AFTER_THE_END,
    });
  }
}

function plan(random: () => number): Planned[] {
  const names = Object.keys(faults) as FaultName[];
  return names
    .flatMap((name) =>
      Array.from({ length: IN_MID_STREAM + AFTER_THE_END }, (_, index) => ({
        name,
        isAfterEnd: index >= IN_MID_STREAM,
        order: random(),
      })),
    )
    .sort((one, other) => one.order - other.order);
}

async function begin({ gateway, line, client, subscribe }: Scene): Promise<Talk> {
  const sessionId = await createTestSession(gateway, client);
  const { cursor } = await fetchSession(client, sessionId);
  const screen = new Screen({
    client,
    sessionId,
    cursor,
    subscribe: (after) =>
      subscribe({
        url: line.toProxyUrl(gateway.url),
        operation: messageDelta,
        variables: { sessionId, after },
        retryWaitMs: RETRY_MS,
      }),
  });
  return { sessionId, screen };
}

async function round(
  scene: Scene & Talk,
  { name, isAfterEnd, number }: Planned & { readonly number: number },
): Promise<void> {
  const { gateway, client, sessionId, screen } = scene;
  const held = gateway.model.hold();
  await send(client, sessionId, held.prompt);
  const call = await held.nextCall();
  await writeSome(call, scene, number);
  const finish = (): void => {
    call.write('The end.');
    call.finish();
  };
  if (isAfterEnd) finish();
  await faults[name](scene, isAfterEnd ? () => undefined : finish);
  await answered(client, sessionId);
  await screen.isRight();
}

/** Some of the pieces are seen before the next ones come, the newest ones may still be under way. */
async function writeSome(
  call: HeldCall,
  { random, screen }: Scene & Talk,
  round: number,
): Promise<void> {
  const count = 1 + Math.floor(random() * 20);
  const seen = Math.floor(random() * count);
  for (let piece = 0; piece < count; piece++) {
    const text = `r${round}.${piece} `;
    call.write(text);
    if (piece === seen || random() < 0.3) await screen.shows(text);
  }
}

/** As a client does it that was told to try again; each time is a message of its own. */
async function answered(client: Client, sessionId: string): Promise<void> {
  let last: unknown;
  await waitUntil(
    async () => {
      const turn = await ask(client, sessionId, prompts.short).catch((error: unknown) => {
        last = error;
        return undefined;
      });
      last = turn ?? last;
      if (turn?.error?.retryable === false) throw new Error(JSON.stringify(turn));
      return turn?.state === 'COMPLETED';
    },
    { what: () => `an answer; instead came ${JSON.stringify(last)}`, timeoutMs: 30_000 },
  );
}
