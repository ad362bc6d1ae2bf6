import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';

import { format } from 'prettier';

import { machine, versions } from './machine.ts';
import type { Section, Table, Verdict } from './section.ts';

const RESULTS = 'bench/RESULTS.md';
const NOTES = 'bench/NOTES.md';
const HEADING = /^## /m;

export interface Run {
  readonly title: string;
  readonly section: Section;
  /** When it was run, for how long, and how busy the machine was. */
  readonly circumstances: string;
}

export function markdown({ title, section, circumstances }: Run): string {
  const { method, tables, verdicts } = section;
  const parts = [`## ${title}`, circumstances, method, ...tables.map(tableText)];
  if (verdicts.length > 0) parts.push(verdictText(verdicts));
  return parts.join('\n\n');
}

/** Replaces the sections of these runs, in the order of `titles`, and leaves the others as they are. */
export async function writeResults(runs: readonly Run[], titles: readonly string[]): Promise<void> {
  const sections = new Map(earlierSections());
  for (const run of runs) sections.set(run.title, markdown(run));
  const kept = titles.flatMap((title) => sections.get(title) ?? []);
  const text = [head(), ...kept, readFileSync(NOTES, 'utf8')].join('\n\n');
  await writeFile(RESULTS, await format(text, { parser: 'markdown', printWidth: 100 }));
}

function earlierSections(): [title: string, text: string][] {
  const sections = readOr(RESULTS, '').split(HEADING).slice(1);
  return sections.map((text) => [text.split('\n', 1)[0] ?? '', `## ${text.trim()}`]);
}

function readOr(path: string, otherwise: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return otherwise;
  }
}

function head(): string {
  return `# Results

Written by \`npm run bench\`; each section describes its benchmark, and the notes at the end explain the figures.

Machine: ${machine()}.

Packages: ${versions()}.`;
}

function tableText({ caption, columns, rows }: Table): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const rule = columns.map((_column, index) => (index === 0 ? '---' : '---:'));
  return [`${caption}:`, '', line(columns), line(rule), ...rows.map(line)].join('\n');
}

function verdictText(verdicts: readonly Verdict[]): string {
  const rows = verdicts.map(({ aim, measured, met }) => [aim, measured, metText(met)]);
  return tableText({ caption: 'Aims', columns: ['aim', 'measured', 'met'], rows });
}

function metText(met: boolean | null): string {
  if (met === null) return 'not measured';
  return met ? 'yes' : '**no**';
}
