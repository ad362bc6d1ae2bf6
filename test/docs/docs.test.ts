import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

import { parse, validate } from 'graphql';
import { expect, it } from 'vitest';

import { schema } from '../../src/schema/index.ts';

const pages = ['docs', 'bench', '.'].flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .map((name) => {
      const path = normalize(join(folder, name));
      return { path, text: readFileSync(path, 'utf8') };
    }),
);

const operations = pages
  .filter(({ path }) => path.startsWith('docs'))
  .flatMap(({ path, text }) =>
    [...text.matchAll(/```graphql\n([^]*?)```/g)].map(([, operation = '']) => ({
      path,
      operation,
    })),
  );

it.each(operations)('$path shows a valid operation: $operation', ({ operation }) => {
  expect(validate(schema, parse(operation))).toEqual([]);
});

it('docs/interaction.md contains every operation of the interaction model', () => {
  const count = operations.filter(({ path }) => path.endsWith('interaction.md')).length;
  expect(count).toBeGreaterThanOrEqual(8);
});

/** As GitHub derives the anchor of a heading. */
function anchorOf(heading: string): string {
  return heading
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
}

function anchorsIn(text: string): string[] {
  const prose = text.replaceAll(/```[^]*?```/g, '');
  return [...prose.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading));
}

function isBroken(page: string, link: string): boolean {
  const [file = '', anchor] = link.split('#');
  const path = file === '' ? page : normalize(join(dirname(page), file));
  if (!existsSync(path)) return true;
  return anchor !== undefined && !anchorsIn(readFileSync(path, 'utf8')).includes(anchor);
}

it.each(pages)('every relative link in $path resolves', ({ path, text }) => {
  const links = [...text.matchAll(/\]\((?!https?:)([^)\s]+)\)/g)].map(([, link = '']) => link);
  expect(links.filter((link) => isBroken(path, link))).toEqual([]);
});

const streaming = pages.find(({ path }) => path.endsWith('streaming.md'))?.text ?? '';
const invariants = [...streaming.matchAll(/^\| S(\d+) /gm)].map(([, number]) => Number(number));

it('the invariants of docs/streaming.md are numbered without gaps', () => {
  expect(invariants.length).toBeGreaterThan(20);
  expect(invariants).toEqual(invariants.map((_number, index) => index + 1));
});

it('the source refers to invariants of docs/streaming.md that exist', () => {
  const sources = readdirSync('src', { encoding: 'utf8', recursive: true });
  const references = sources
    .filter((path) => path.endsWith('.ts'))
    .flatMap((path) =>
      [
        ...readFileSync(join('src', path), 'utf8').matchAll(/\bS(\d+)\b(?=[^\n]*streaming\.md)/g),
      ].map(([, number]) => ({ path, number: Number(number) })),
    );
  expect(references.filter(({ number }) => !invariants.includes(number))).toEqual([]);
});
