import { gateway, rawRelay } from '../end-to-end/start-chat.ts';
import { Rounds } from '../support/rounds.ts';
import { type Benchmark, figure } from '../support/section.ts';
import { measureSessions, type Stage } from './measure-sessions.ts';

const STAGES = [10, 100, 1_000];

const modes = [rawRelay, gateway].flatMap((variant) => [
  { variant, name: `${variant.name}, all open`, open: true },
  { variant, name: `${variant.name}, on disk`, open: false },
]);

/** What the number of sessions costs. */
export const sessions: Benchmark = {
  name: 'sessions',
  title: 'Growth: sessions',
  run: async ({ stored }, say) => {
    const stages = STAGES.filter((count) => count <= stored);
    const rounds = new Rounds<Stage[]>(say);
    await rounds.run(1, modes, ({ variant, open }) => measureSessions(variant, { stages, open }));
    const table = {
      caption: 'The list of sessions and a turn, by the number of sessions',
      columns: [
        'variant',
        'sessions',
        'list ms',
        'list CPU ms',
        'turn ms',
        'turn CPU ms',
        'RSS MB',
        'failed',
      ],
      rows: modes.flatMap(({ name }) =>
        stages.map((count, index) => [
          name,
          String(count),
          ...cells(name, index, rounds),
          rounds.failuresOf(name),
        ]),
      ),
    };
    return { method, tables: [table], verdicts: [] };
  },
};

function cells(name: string, index: number, rounds: Rounds<Stage[]>): string[] {
  const median = (read: (stage: Stage) => number): number =>
    rounds.median(name, (round) => {
      const stage = round[index];
      return stage ? read(stage) : Number.NaN;
    });
  return [
    figure(
      median(({ list }) => list.latency),
      2,
    ),
    figure(
      median(({ list }) => list.cpu),
      2,
    ),
    figure(median(({ turn }) => turn.latency)),
    figure(median(({ turn }) => turn.cpu)),
    figure(median(({ rss }) => rss)),
  ];
}

const method = `Each session has had one turn. Then \`sessions(first: 20)\` is queried (the SDK has no pages and returns all sessions), and a turn of
one token runs on the first session: medians of 50 lists and of 20 turns. CPU and RSS are those of the server without its
runtime. "On disk": all sessions but that one are disconnected.`;
