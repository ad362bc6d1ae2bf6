import { gateway, peers, relay } from '../fan-out/variants.ts';
import { Rounds } from '../support/rounds.ts';
import { type Benchmark, figure } from '../support/section.ts';
import { type IdleCost, measureIdle } from './measure-idle.ts';

/** What a subscriber costs to whom nothing is sent. */
export const idle: Benchmark = {
  name: 'idle',
  title: 'Growth: idle subscribers',
  run: async (options, say) => {
    const variants = [relay, gateway, ...peers].filter(({ name }) => name.includes(options.only));
    const rounds = new Rounds<IdleCost>(say);
    await rounds.run(1, variants, (variant) => measureIdle(variant, options.idle));
    const table = {
      caption: `Memory per subscriber, ${options.idle} idle subscribers`,
      columns: ['variant', 'RSS kB', 'heap kB', 'failed'],
      rows: variants.map(({ name }) => [
        name,
        figure(rounds.median(name, ({ rss }) => rss / 1_024)),
        figure(rounds.median(name, ({ heap }) => heap / 1_024)),
        rounds.failuresOf(name),
      ]),
    };
    return { method: method(options.idle), tables: [table], verdicts: [] };
  },
};

function method(subscribers: number): string {
  return `${subscribers} sockets in one process, each with a subscription to the same session. Memory is measured after a garbage
collection, minus the memory with the first 500 sockets. Each socket received one delta, which confirms the subscription.`;
}
