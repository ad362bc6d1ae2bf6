import type { RunOptions } from '../options.ts';
import { Rounds } from '../support/rounds.ts';
import {
  type Aim,
  atLeast,
  atMost,
  type Benchmark,
  figure,
  type Section,
} from '../support/section.ts';
import { measure, type Measured } from './measure.ts';
import { coalescing, gateway, mercurius, peers, relay, type Variant, yoga } from './variants.ts';

const variants = [relay, gateway, coalescing, ...peers];

/** What one delta costs when many read the same session. */
export const fanOut: Benchmark = {
  name: 'fan-out',
  title: 'Fan-out',
  run: async (options, say) => {
    const rounds = new Rounds<Measured>(say);
    await rounds.run(options.rounds, selected(options), (variant) => measure(variant, options));
    return section(options, rounds);
  },
};

function selected({ only }: RunOptions): readonly Variant[] {
  return variants.filter(({ name }) => name.includes(only));
}

function section(options: RunOptions, rounds: Rounds<Measured>): Section {
  const cost = ({ name }: Variant): number => rounds.median(name, (round) => round.cpuPerDelta);
  return {
    method: method(options),
    tables: [
      {
        caption: `${options.subscribers} subscribers, ${options.perSecond} deltas per second`,
        columns: [
          'variant',
          'CPU µs / delta',
          'x relay',
          'p50 ms',
          'p99 ms',
          'deltas / s',
          'messages / s',
          'server, clients: cores',
          'failed',
        ],
        rows: selected(options).map((variant) => row(variant, rounds, cost(relay))),
      },
    ],
    verdicts: [
      atMost(aim('this gateway ≤ 1.3 x the raw relay', 1.3), cost(gateway) / cost(relay)),
      atLeast(aim('≥ 3 x cheaper than the Yoga recipe', 3), cost(yoga) / cost(gateway)),
      atLeast(aim('≥ 3 x cheaper than Mercurius', 3), cost(mercurius) / cost(gateway)),
      atMost(aim('maxLatencyMs: 50 ≤ 0.4 x the raw relay', 0.4), cost(coalescing) / cost(relay)),
    ],
  };
}

function aim(text: string, limit: number): Aim {
  return { aim: text, limit, unit: 'x' };
}

function row({ name }: Variant, rounds: Rounds<Measured>, floor: number): string[] {
  const median = (read: (round: Measured) => number | undefined): number =>
    rounds.median(name, (round) => read(round) ?? Number.NaN);
  const cpu = median(({ cpuPerDelta }) => cpuPerDelta);
  const loads = [median(({ serverLoad }) => serverLoad), median(({ clientLoad }) => clientLoad)];
  return [
    name,
    figure(cpu, 2),
    figure(cpu / floor, 2),
    figure(median(({ p50 }) => p50)),
    figure(median(({ p99 }) => p99)),
    figure(
      median(({ deltasPerSecond }) => deltasPerSecond),
      0,
    ),
    figure(
      median(({ messagesPerSecond }) => messagesPerSecond),
      0,
    ),
    loads.map((load) => figure(load, 2)).join(', '),
    rounds.failuresOf(name),
  ];
}

function method({ subscribers, perSecond, rounds, seconds, warmUpSeconds }: RunOptions): string {
  return `${subscribers} sockets subscribe to one session that receives ${perSecond} deltas of 24 characters per second.
Every variant delivers the same fields of the same length. The source of the deltas runs inside the server process and
publishes them to its pub/sub; in this gateway it appends them to the session log, as the projections do for events of the
runtime. So model and runtime are not measured, and everything else of the gateway is. CPU is that of the server process
only, divided by the deltas that all subscribers together received. Latency is measured from the moment at which a delta
was due. ${rounds} interleaved rounds of ${seconds} s after ${warmUpSeconds} s of warm-up, each with new processes; medians.
A variant with fewer than ${subscribers * perSecond} deltas / s is saturated: its latency grows with time, while its CPU
per delivered delta stays comparable.`;
}
