import { existsSync, readFileSync } from 'node:fs';

import type { z } from 'zod';

import { createProfilesFormat, type ProfileConfig } from './profile-format.ts';

export type { ProfileConfig } from './profile-format.ts';

export interface ProfilesFile {
  readonly profiles: Readonly<Record<string, ProfileConfig>>;
  /** Names of the environment variables that the file refers to. */
  readonly secretVariables: ReadonlySet<string>;
}

/** The file cannot be used. The message lists the problems, each with its path in the JSON and without any value. */
export class ProfilesFileError extends Error {
  override readonly name = 'ProfilesFileError';
}

type Environment = Readonly<Record<string, string | undefined>>;

/** @throws {ProfilesFileError} */
export function readProfilesFile(file: string, env: Environment): ProfilesFile {
  const secretVariables = new Set<string>();
  const format = createProfilesFormat((variable) => {
    secretVariables.add(variable);
    return env[variable];
  });
  const parsed = format.safeParse(readJson(file));
  if (!parsed.success) throw new ProfilesFileError(listProblems(parsed.error.issues).join(', '));
  const { profiles } = parsed.data;
  // With CLI_URL the paths are those of another machine.
  const problems = env['CLI_URL'] === undefined ? listMissingDirectories(profiles) : [];
  if (problems.length > 0) throw new ProfilesFileError(problems.join(', '));
  return { profiles, secretVariables };
}

function listMissingDirectories(profiles: ProfilesFile['profiles']): string[] {
  return (
    Object.entries(profiles)
      .filter(([, { workingDirectory }]) => !['fresh', 'runtime'].includes(workingDirectory))
      // The dot makes a regular file of this name count as missing.
      .filter(([, { workingDirectory }]) => !existsSync(`${workingDirectory}/.`))
      .map(([name]) => `profiles.${name}.workingDirectory.shared: the directory does not exist`)
  );
}

function readJson(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new ProfilesFileError('the file cannot be read', { cause: error });
  }
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    // The parser's message quotes the text, which may be a secret in the wrong place.
    throw new ProfilesFileError('the file is not JSON', { cause: error });
  }
}

type Issue = z.core.$ZodIssue;

function listProblems(issues: readonly Issue[], base: readonly PropertyKey[] = []): string[] {
  return issues.flatMap((issue) => {
    const place = [...base, ...issue.path];
    const closest = issue.code === 'invalid_union' ? findClosestForm(issue.errors) : undefined;
    return closest ? listProblems(closest, place) : [`${formatPath(place)}${issue.message}`];
  });
}

/**
 * Returns the issues of the union member that the value was meant for: a member of the right type, whose issues lie
 * inside of the value, or else a list of literals.
 */
function findClosestForm(forms: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  const findFormWithout = (...codes: readonly Issue['code'][]) =>
    forms.find((issues) =>
      issues.every(({ code, path }) => path.length > 0 || !codes.includes(code)),
    );
  return findFormWithout('invalid_type', 'invalid_value') ?? findFormWithout('invalid_type');
}

function formatPath(path: readonly PropertyKey[]): string {
  const place = path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('');
  return place === '' ? '' : `${place.replace(/^\./, '')}: `;
}
