import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';

import { type Job, runJob } from './job.ts';

// Jobs come in as lines of JSON, {"id": "...", "prompt": "..."}, from a file (--jobs) or from standard input, and
// results go out as lines of JSON.
const { values } = parseArgs({
  options: {
    url: { type: 'string', default: 'http://127.0.0.1:4000/graphql' },
    profile: { type: 'string' },
    jobs: { type: 'string' },
  },
});

const input = values.jobs === undefined ? process.stdin : createReadStream(values.jobs);

for await (const line of createInterface({ input })) {
  if (line.trim() === '') continue;
  const job = parse(line);
  if (job) print(await runJob({ url: values.url, profile: values.profile }, job));
  else print({ line, error: 'not a job: {"id": "...", "prompt": "..."}' });
}

function parse(line: string): Job | undefined {
  try {
    const job = JSON.parse(line) as Partial<Record<keyof Job, unknown>> | null;
    const { id, prompt } = job ?? {};
    const isJob = typeof prompt === 'string' && typeof id === 'string';
    return isJob && /^[\w-]{1,100}$/.test(id) ? { id, prompt } : undefined;
  } catch {
    return undefined;
  }
}

function print(result: object): void {
  process.stdout.write(`${JSON.stringify(result)}\n`);
}
