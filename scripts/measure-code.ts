import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { parseArgs } from 'node:util';

import ts from 'typescript';

import { beginsWithVerb } from './verbs.ts';

/**
 * Prints the figures that docs/architecture.md quotes: files per directory, lines per file, lines
 * per function, and the share of named functions whose name begins with a verb.
 *
 * Lines are lines of code: comments and blank lines do not count. Constructors, getters and setters
 * are functions with a length, but their names are not counted: they are nouns by nature.
 *
 *     node --import=tsx scripts/measure-code.ts [--names]   # --names lists the names without a verb
 */

interface NamedFunction {
  readonly file: string;
  readonly line: number;
  readonly name: string;
}

const root = join(import.meta.dirname, '..');
const { values: options } = parseArgs({ options: { names: { type: 'boolean', default: false } } });

const paths = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .map((path) => join(root, 'src', path))
  .sort();
const fileLengths = new Map<string, number>();
const functionLengths: number[] = [];
const named: NamedFunction[] = [];
for (const path of paths) measureFile(path);

const withoutVerb = named.filter(({ name }) => !beginsWithVerb(name));
const withVerb = named.length - withoutVerb.length;
const endingInOf = named.filter(({ name }) => name.endsWith('Of'));
if (options.names) {
  for (const { file, line, name } of withoutVerb) console.log(`${file}:${line} ${name}`);
  console.log();
}
printDirectories();
console.log();
printDistribution('lines of code per file', [...fileLengths.values()]);
printDistribution('lines of code per function', functionLengths);
console.log(
  `named functions: ${named.length}, begin with a verb: ${withVerb} (${percentage(withVerb, named.length)}), end in "Of": ${endingInOf.length}`,
);

function measureFile(path: string): void {
  const source = ts.createSourceFile(
    path,
    readFileSync(path, 'utf8'),
    ts.ScriptTarget.Latest,
    true,
  );
  const codeLines = findCodeLines(source);
  const file = relative(root, path);
  fileLengths.set(file, codeLines.size);
  visit(source);

  function visit(node: ts.Node): void {
    if (ts.isFunctionLike(node) && 'body' in node && node.body) {
      const first = lineAt(node.getStart(source));
      const last = lineAt(node.getEnd());
      functionLengths.push([...codeLines].filter((line) => line >= first && line <= last).length);
      const name = findName(node);
      if (name) named.push({ file, line: first + 1, name });
    }
    ts.forEachChild(node, visit);
  }

  function lineAt(position: number): number {
    return source.getLineAndCharacterOfPosition(position).line;
  }
}

/** Returns the numbers of the lines that hold at least one token; comments are not tokens. */
function findCodeLines(source: ts.SourceFile): Set<number> {
  const lines = new Set<number>();
  const visit = (node: ts.Node): void => {
    const children = node.getChildren(source);
    if (children.length > 0) {
      children.forEach(visit);
      return;
    }
    if (node.getWidth(source) === 0) return;
    const first = source.getLineAndCharacterOfPosition(node.getStart(source)).line;
    const last = source.getLineAndCharacterOfPosition(node.getEnd()).line;
    for (let line = first; line <= last; line += 1) lines.add(line);
  };
  visit(source);
  return lines;
}

/** Returns the name of a declared function, a method or a function that a constant or a property names. */
function findName(node: ts.Node): string | undefined {
  if (ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node))
    return node.name?.getText().replace(/^#/, '');
  if (!ts.isArrowFunction(node) && !ts.isFunctionExpression(node)) return undefined;
  const { parent } = node;
  const isNamed = ts.isVariableDeclaration(parent) || ts.isPropertyDeclaration(parent);
  return isNamed && ts.isIdentifier(parent.name) ? parent.name.text : undefined;
}

function printDirectories(): void {
  const counts = new Map<string, { files: number; lines: number }>();
  for (const [file, lines] of fileLengths) {
    const directory = dirname(file);
    const count = counts.get(directory) ?? { files: 0, lines: 0 };
    counts.set(directory, { files: count.files + 1, lines: count.lines + lines });
  }
  console.log('directory                       files   lines');
  for (const [directory, { files, lines }] of [...counts].sort())
    console.log(`${directory.padEnd(32)}${String(files).padStart(5)}${String(lines).padStart(8)}`);
}

function printDistribution(what: string, values: readonly number[]): void {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  console.log(
    `${what}: ${sorted.length} measured, median ${at(0.5)}, 90th percentile ${at(0.9)}, maximum ${at(1)}`,
  );
}

function percentage(part: number, whole: number): string {
  return `${((100 * part) / whole).toFixed(1)} %`;
}
