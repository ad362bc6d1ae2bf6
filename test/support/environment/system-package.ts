import { execFile } from 'node:child_process';
import { accessSync, constants, readFileSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const INSTALL_TIMEOUT_MS = 10 * 60_000;

/** A problem of the machine, not of the code: it is printed as one line, without a stack. */
export class MissingProgram extends Error {
  override readonly name = 'MissingProgram';

  constructor(message: string) {
    super(message);
    this.stack = message;
  }
}

export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** @returns the path of the first of these programs that is on PATH */
export function findOnPath(names: readonly string[], env = process.env): string | undefined {
  const folders = (env['PATH'] ?? env['Path'] ?? '').split(delimiter).filter(Boolean);
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return names
    .flatMap((name) => folders.map((folder) => join(folder, `${name}${suffix}`)))
    .find(isExecutable);
}

/** The `ID` of `/etc/os-release`, such as `debian` or `ubuntu`; undefined elsewhere. */
export function readLinuxId(): string | undefined {
  try {
    return /^ID="?([^"\n]+)"?$/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1];
  } catch {
    return undefined;
  }
}

export function canInstallPackages(): boolean {
  return process.getuid?.() === 0 && findOnPath(['apt-get']) !== undefined;
}

/** Installs a package of Debian or Ubuntu, and says so: it can take a minute. */
export async function installPackage(name: string, reason: string): Promise<void> {
  report(`${reason}: installing the package ${name} with apt-get, which can take a minute`);
  await runInstaller('apt-get', ['update']);
  // The setup of another project may be installing at the same time.
  const options = ['-o', 'DPkg::Lock::Timeout=300', '--yes', '--no-install-recommends'];
  await runInstaller('apt-get', ['install', ...options, name]);
}

/** @param command for the message: its output is shown only when it fails */
export async function runInstaller(command: string, args: readonly string[]): Promise<void> {
  await promisify(execFile)(command, args, {
    timeout: INSTALL_TIMEOUT_MS,
    maxBuffer: 2 ** 26,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}

export function report(line: string): void {
  process.stderr.write(`${line}\n`);
}

export interface SystemProgram {
  readonly name: string;
  /** Package of Debian and Ubuntu that contains it. */
  readonly debianPackage: string;
}

/**
 * Installs a program that is not there, where that is possible.
 * @throws MissingProgram with a line that says what to install
 */
export async function requireProgram({ name, debianPackage }: SystemProgram): Promise<void> {
  if (findOnPath([name])) return;
  let cause = '';
  if (canInstallPackages()) {
    await installPackage(debianPackage, `${name} was not found`).catch((error: unknown) => {
      cause = ` (apt-get failed: ${lastLine(error)})`;
    });
    if (findOnPath([name])) return;
  }
  throw new MissingProgram(
    `These tests need the program ${name}: install it (Debian and Ubuntu: apt-get install ${debianPackage})${cause}.`,
  );
}

/** What an installer that failed printed last, or why it could not be started. */
export function lastLine(error: unknown): string {
  const { stderr = '', message } = error as { readonly stderr?: string; readonly message: string };
  const printed = stderr.trim();
  return (printed === '' ? message : printed).split('\n').at(-1) ?? '';
}
