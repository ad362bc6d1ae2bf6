import { atMost, type Benchmark, figure, type Verdict } from '../support/section.ts';
import { runSoak, type Soaked } from './run-soak.ts';

const GROWTH_LIMIT_MB = 20;
const SHOWN_FAULTS = 10;

/** Whether all stays right, and nothing grows, when readers and processes come and go. */
export const soak: Benchmark = {
  name: 'soak',
  title: 'Soak',
  run: async ({ soakSeconds, seed }, say) => {
    const soaked = await runSoak({ seconds: soakSeconds, seed });
    say(`seed ${soaked.seed}`);
    for (const fault of soaked.record.faults.slice(0, SHOWN_FAULTS)) say(fault);
    return {
      method: method(soakSeconds, soaked.seed),
      tables: [
        {
          caption: 'Counts',
          columns: ['what', 'count'],
          rows: Object.entries({
            ...soaked.record.counts,
            completedReads: soaked.record.completed,
            messagesRead: soaked.record.messagesRead,
            messagesReadThatAreInTheHistory: soaked.inHistory,
          }).map(([what, count]) => [inWords(what), String(count)]),
        },
      ],
      verdicts: verdicts(soaked),
    };
  },
};

function verdicts({ record, rss, openSubscriptions, exitCode }: Soaked): Verdict[] {
  const { faults, completed } = record;
  return [
    {
      aim: 'merged text equals the final message in every completed read',
      measured: `${faults.length} errors in ${completed} reads`,
      met: completed > 0 ? faults.length === 0 : null,
    },
    atMost({ aim: 'no open subscription at the end', limit: 0, unit: 'open' }, openSubscriptions),
    {
      ...atMost(
        { aim: 'RSS does not grow by more than 20 MB', limit: GROWTH_LIMIT_MB, unit: 'MB' },
        rss.late - rss.early,
      ),
      measured: `${figure(rss.early)} MB, then ${figure(rss.late)} MB`,
    },
    { aim: 'orderly shutdown', measured: `exit code ${exitCode ?? 'none'}`, met: exitCode === 0 },
  ];
}

function inWords(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function method(seconds: number, seed: number): string {
  return `${seconds} s, seed ${seed}. Eight sessions receive messages sequentially. Up to 60 readers join, disconnect, lose their connection
and resume with their cursor, or stop reading for up to 3 s. In the first half, the gateway process is killed 5 times and
its runtime 10 times. Every text that a reader received completely is compared with the text of the model, and with the
history at the end. RSS is that of the gateway process of the second half: medians of the second and of the last quarter of
that time. Logs hold 64 kB, so that readers are also served from the journal.`;
}
