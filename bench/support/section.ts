import type { RunOptions } from '../options.ts';

/** What one benchmark has to say. */
export interface Section {
  /** What was measured, and how. */
  readonly method: string;
  readonly tables: readonly Table[];
  readonly verdicts: readonly Verdict[];
}

export interface Table {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export interface Verdict {
  readonly aim: string;
  readonly measured: string;
  /** Null: it could not be measured. */
  readonly met: boolean | null;
}

export interface Benchmark {
  readonly name: string;
  readonly title: string;
  /** @param say tells what is under way */
  run(options: RunOptions, say: (line: string) => void): Promise<Section>;
}

/** A number for a table; a dash for none. */
export function figure(value: number | undefined, digits = 1): string {
  return value === undefined || !Number.isFinite(value) ? '-' : value.toFixed(digits);
}

export interface Aim {
  readonly aim: string;
  readonly limit: number;
  readonly unit: string;
}

/** How `value` compares with a limit that it should not exceed. */
export function atMost({ aim, limit, unit }: Aim, value: number): Verdict {
  return { aim, measured: withUnit(value, unit), met: isNaN(value) ? null : value <= limit };
}

/** How `value` compares with a limit that it should reach. */
export function atLeast({ aim, limit, unit }: Aim, value: number): Verdict {
  return { aim, measured: withUnit(value, unit), met: isNaN(value) ? null : value >= limit };
}

function withUnit(value: number, unit: string): string {
  return `${figure(value, 2)} ${unit}`;
}
