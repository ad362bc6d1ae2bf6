import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

/** Headings and table rows of the two guides, in their order and in our words. */
const guides: Readonly<Record<string, readonly string[]>> = {
  'Backend services': [
    'a runtime that runs on its own',
    'started by the application, or run beside it',
    'step 1: start it headless on a port',
    'step 1: listen beyond loopback',
    "step 1: an image of one's own",
    'step 1: as a container or a system service',
    'step 2: connect, create a session, send, wait',
    'authentication, over all',
    'authentication: one token in the environment',
    'authentication: a token for each user',
    "authentication: a model provider of one's own",
    'patterns, over all',
    'pattern: a web API that creates or resumes',
    'pattern: a background worker',
    'pattern: Docker Compose',
    'health checks',
    'cleaning up sessions',
    'limits, over all',
    'limit: one runtime is a single point of failure',
    'limit: nobody asks who connects to the runtime',
    'limit: state is on a local disk',
    'limit: idle for 30 minutes',
    'when to move on, over all',
    'next: several runtimes, high availability',
    'next: people sign in with GitHub',
    "next: model keys of one's own",
    'further reading',
  ],
  'Cloud sessions': [
    'what is needed first',
    'create one',
    'send the first prompt',
    'reach its page in Mission Control',
    'associate a repository',
    'repository: owner',
    'repository: name',
    'repository: branch',
    'open one again',
    'policies of the organisation',
    'integration id and routing',
    'another address of Mission Control',
    'cloud and remote compared',
    'compared: where it runs',
    'compared: what Mission Control does',
    'compared: how to ask for it',
    'compared: how to go on with it',
    'compared: the sandbox of Windows',
    'trouble, over all',
    'trouble: a policy forbids it',
    'trouble: no repository in it',
    'trouble: the option counts for new ones only',
    'trouble: taken for the sandbox',
    'trouble: a prompt that is lost',
    'trouble: no text until the end',
    'trouble: the address was missed',
    'see also',
  ],
};

interface Row {
  readonly about: string;
  readonly here: string;
  readonly test: string;
}

const page = readFileSync('docs/from-the-guides.md', 'utf8');

function rowsOf(section: string): Row[] {
  const [, text = ''] = page.split(`## ${section}\n`);
  const lines = text.split('\n## ')[0]?.split('\n') ?? [];
  return lines
    .filter((line) => line.startsWith('|'))
    .slice(2)
    .map((line) =>
      line
        .slice(1, -1)
        .split(' | ')
        .map((cell) => cell.trim()),
    )
    .map((cells) => {
      expect(cells, cells[0]).toHaveLength(3);
      const [about = '', here = '', test = ''] = cells;
      return { about, here, test };
    });
}

/** Whether a test of this name is in the file: `file: name`. */
function isThere(test: string): boolean {
  const [, file = '', name = ''] = /^(\S+\.test\.ts): (.+)$/.exec(test) ?? [];
  const path = join('test', file);
  if (file === '' || !existsSync(path)) return false;
  const text = readFileSync(path, 'utf8');
  return ["'", '"', '`'].some((quote) => text.includes(`${quote}${name}${quote}`));
}

const isRefused = ({ here }: Row): boolean => here.startsWith('not offered');

describe.each(Object.entries(guides))('%s', (section, headings) => {
  const rows = rowsOf(section);

  it('has a row for each heading and each row of the guide', () => {
    expect(rows.map(({ about }) => about)).toEqual(headings);
  });

  it('says with each offer which test shows it, and the test is there', () => {
    const offers = rows.filter((row) => !isRefused(row));
    expect(offers.filter(({ test }) => !isThere(test))).toEqual([]);
  });

  it('gives a reason for what is not offered', () => {
    const refusals = rows.filter(isRefused);
    const isSound = ({ here, test }: Row): boolean =>
      /^not offered: \w.{9,}$/.test(here) && test === '-';
    expect(refusals.filter((row) => !isSound(row))).toEqual([]);
  });
});
