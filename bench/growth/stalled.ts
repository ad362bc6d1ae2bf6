import { gateway, peers, relay } from '../fan-out/variants.ts';
import { Rounds } from '../support/rounds.ts';
import { atMost, type Benchmark, figure } from '../support/section.ts';
import {
  DELTAS,
  measureStalled,
  PER_SECOND,
  type StalledCost,
  WARM_UP,
} from './measure-stalled.ts';

const LIMIT_MB = 20;

/** What a reader costs that does not read. */
export const stalled: Benchmark = {
  name: 'stalled',
  title: 'Growth: one stalled reader',
  run: async ({ only }, say) => {
    const variants = [relay, gateway, ...peers].filter(({ name }) => name.includes(only));
    const rounds = new Rounds<StalledCost>(say);
    await rounds.run(1, variants, measureStalled);
    const grown = ({ before, peak }: StalledCost): number => peak - before;
    const table = {
      caption: `RSS in MB while one of two readers does not read, ${DELTAS} deltas`,
      columns: ['variant', 'before', 'peak', 'growth', 'after', 'failed'],
      rows: variants.map(({ name }) => [
        name,
        figure(rounds.median(name, ({ before }) => before)),
        figure(rounds.median(name, ({ peak }) => peak)),
        figure(rounds.median(name, grown)),
        figure(rounds.median(name, ({ after }) => after)),
        rounds.failuresOf(name),
      ]),
    };
    const aim = { aim: 'RSS growth ≤ 20 MB', limit: LIMIT_MB, unit: 'MB' };
    const verdicts = [atMost(aim, rounds.median(gateway.name, grown))];
    return { method, tables: [table], verdicts };
  },
};

const method = `Two readers of one session that receives ${PER_SECOND} deltas per second. After ${WARM_UP} deltas the first reader
stops reading. RSS is measured twice per second, each time after a garbage collection. Growth is the peak after the stop
minus the peak during the quarter before it. A variant that failed was ended by the load.`;
