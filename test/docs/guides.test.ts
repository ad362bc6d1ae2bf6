import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

/** Headings and table rows of the two guides, in their order and in our words. */
const guides: Readonly<Record<string, readonly string[]>> = {
  'Backend services': [
    'independent runtime',
    'started by the application, or separate',
    'step 1: start it headless on a port',
    'step 1: listen beyond loopback',
    'step 1: custom image',
    'step 1: container or system service',
    'step 2: connect, create a session, send, wait',
    'authentication: overview',
    'authentication: one token in the environment',
    'authentication: a token per user',
    'authentication: own model provider (BYOK)',
    'patterns: overview',
    'pattern: web API that creates or resumes',
    'pattern: background worker',
    'pattern: Docker Compose',
    'health checks',
    'session clean-up',
    'limitations: overview',
    'limitation: single point of failure',
    'limitation: no authentication of the runtime',
    'limitation: state on a local disk',
    'limitation: idle timeout of 30 minutes',
    'next steps: overview',
    'next step: several runtimes, high availability',
    'next step: sign-in with GitHub',
    'next step: own model keys',
    'further reading',
  ],
  'Cloud sessions': [
    'prerequisites',
    'create a session',
    'send the first prompt',
    'URL in Mission Control',
    'associate a repository',
    'repository: owner',
    'repository: name',
    'repository: branch',
    'resume a session',
    'policies of the organisation',
    'integration id and routing',
    'another URL of Mission Control',
    'cloud and remote: overview',
    'cloud and remote: where the session runs',
    'cloud and remote: role of Mission Control',
    'cloud and remote: how to enable',
    'cloud and remote: how to resume',
    'cloud and remote: Windows sandbox',
    'troubleshooting: overview',
    'troubleshooting: blocked by policy',
    'troubleshooting: no repository',
    'troubleshooting: option applies to new sessions only',
    'troubleshooting: confused with the sandbox',
    'troubleshooting: lost prompt',
    'troubleshooting: no text until the end',
    'troubleshooting: missed URL',
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

  it('has a row for each heading and each table row of the guide', () => {
    expect(rows.map(({ about }) => about)).toEqual(headings);
  });

  it('names an existing test for each supported item', () => {
    const offers = rows.filter((row) => !isRefused(row));
    expect(offers.filter(({ test }) => !isThere(test))).toEqual([]);
  });

  it('states a reason for each unsupported item', () => {
    const refusals = rows.filter(isRefused);
    const isSound = ({ here, test }: Row): boolean =>
      /^not offered: \w.{9,}$/.test(here) && test === '-';
    expect(refusals.filter((row) => !isSound(row))).toEqual([]);
  });
});
