import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

import { type Browser, chromium } from 'playwright-core';
import type { TestProject } from 'vitest/node';

import {
  canInstallPackages,
  findOnPath,
  installPackage,
  isExecutable,
  lastLine,
  MissingProgram,
  readLinuxId,
  report,
  runInstaller,
} from './system-package.ts';

/*
 * The browser of the browser tests: `CHROME_PATH`, else Chrome or Chromium by its usual names on PATH, in its usual
 * places, or in Playwright's cache. If there is none it is installed once, before the first test:
 * with apt-get on Debian as root, else by Playwright into its cache.
 */

declare module 'vitest' {
  export interface ProvidedContext {
    /** The executable of Chrome or Chromium that this project's tests start. */
    browserPath: string;
  }
}

type Env = Readonly<Record<string, string | undefined>>;

const NAMES = [
  'google-chrome',
  'google-chrome-stable',
  'chromium',
  'chromium-browser',
  'chrome',
  'microsoft-edge',
];
const VERSION_TIMEOUT_MS = 30_000;
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The setup of a project of browser tests. */
export async function setup(project: TestProject): Promise<void> {
  project.provide('browserPath', await requireBrowser());
}

/** Starts the browser with an empty profile, which is removed with it. */
export async function launchBrowser(executablePath: string): Promise<Browser> {
  return chromium.launch({ executablePath, headless: true, args: FLAGS });
}

/** @throws MissingProgram with a line that says what to install */
export async function requireBrowser(env: Env = process.env): Promise<string> {
  const found = await findBrowser(env);
  if (found !== undefined) return found;
  const causes = new Set<string>();
  for (const install of installers()) {
    await install().catch((error: unknown) => causes.add(lastLine(error)));
    const installed = await findBrowser(env);
    if (installed !== undefined) return installed;
  }
  throw new MissingProgram(
    `The browser tests need Chrome or Chromium: install it (Debian: apt-get install chromium; elsewhere: npx playwright-core install --with-deps chromium), or set CHROME_PATH to its executable. Installing it failed: ${[...causes].join('; ')}.`,
  );
}

/** @returns the path of the first browser that runs */
export async function findBrowser(env: Env): Promise<string | undefined> {
  const chosen = env['CHROME_PATH'];
  if (chosen) {
    if (await runs(chosen)) return chosen;
    throw new MissingProgram(`CHROME_PATH: ${chosen} is not an executable of Chrome or Chromium.`);
  }
  for (const candidate of candidates(env)) {
    if (await runs(candidate)) return candidate;
  }
  return undefined;
}

function candidates(env: Env): string[] {
  const onPath = NAMES.flatMap((name) => findOnPath([name], env) ?? []);
  return [...new Set([...onPath, ...usualPaths(env), ...cachedByPlaywright(env)])];
}

function usualPaths(env: Env): string[] {
  if (process.platform === 'win32') {
    const roots = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap(
      (name) => env[name] ?? [],
    );
    const products = ['Google/Chrome', 'Chromium', 'Microsoft/Edge'];
    return products.flatMap((product) =>
      roots.map((root) =>
        join(root, product, 'Application', product.endsWith('Edge') ? 'msedge.exe' : 'chrome.exe'),
      ),
    );
  }
  if (process.platform === 'darwin') {
    return ['Google Chrome', 'Chromium', 'Microsoft Edge'].flatMap((name) =>
      ['/', env['HOME'] ?? homedir()].map((root) =>
        join(root, `Applications/${name}.app/Contents/MacOS/${name}`),
      ),
    );
  }
  return [
    ...NAMES.map((name) => `/usr/bin/${name}`),
    '/opt/google/chrome/chrome',
    '/usr/lib/chromium/chromium',
    '/snap/bin/chromium',
  ];
}

/** Playwright's own choice first, then whatever its other releases have downloaded, the newest first. */
function cachedByPlaywright(env: Env): string[] {
  const folder = playwrightCache(env);
  const releases = existsSync(folder) ? readdirSync(folder) : [];
  const others = releases
    .filter((release) => /^chromium(_headless_shell)?-\d+$/.test(release))
    .sort((a, b) => Number(b.split('-')[1]) - Number(a.split('-')[1]));
  return [
    chromium.executablePath(),
    ...others.flatMap((each) => executablesIn(join(folder, each))),
  ];
}

function playwrightCache(env: Env): string {
  const chosen = env['PLAYWRIGHT_BROWSERS_PATH'];
  if (chosen === '0') return resolve('node_modules/playwright-core/.local-browsers');
  if (chosen) return resolve(chosen);
  const home = env['HOME'] ?? homedir();
  if (process.platform === 'win32')
    return join(env['LOCALAPPDATA'] ?? join(home, 'AppData/Local'), 'ms-playwright');
  if (process.platform === 'darwin') return join(home, 'Library/Caches/ms-playwright');
  return join(env['XDG_CACHE_HOME'] ?? join(home, '.cache'), 'ms-playwright');
}

/** Of one release: `<platform>/<executable>`, on macOS inside of an app. */
function executablesIn(release: string): string[] {
  const names = [
    'chrome',
    'chrome.exe',
    'headless_shell',
    'chrome-headless-shell',
    'chrome-headless-shell.exe',
    'Chromium.app/Contents/MacOS/Chromium',
    'Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing',
  ];
  return readdirSync(release, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name: platform }) => names.map((name) => join(release, platform, name)));
}

/** Ubuntu's `chromium-browser` may be a script that only says what to install, and a download may lack libraries. */
async function runs(executable: string): Promise<boolean> {
  if (!isExecutable(executable)) return false;
  // With this option Chrome opens a window there.
  if (process.platform === 'win32') return true;
  return promisify(execFile)(executable, ['--version'], { timeout: VERSION_TIMEOUT_MS }).then(
    () => true,
    () => false,
  );
}

/** The ways to install a browser on this machine, the preferred one first. Ubuntu's package is a snap. */
function installers(): (() => Promise<void>)[] {
  const missing = 'Chrome or Chromium was not found';
  const isRoot = canInstallPackages();
  const byApt = () => installPackage('chromium', missing);
  const byPlaywright = async (): Promise<void> => {
    report(`${missing}: downloading Chromium with Playwright, which can take a minute`);
    const cli = resolve('node_modules/playwright-core/cli.js');
    const libraries = isRoot ? ['--with-deps'] : [];
    await runInstaller(process.execPath, [cli, 'install', ...libraries, 'chromium']);
  };
  return isRoot && readLinuxId() !== 'ubuntu' ? [byApt, byPlaywright] : [byPlaywright];
}
