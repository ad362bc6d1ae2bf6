import { isIP } from 'node:net';

import { z } from 'zod';

/**
 * A text, turned into a value. The problem never repeats the text: it may be a secret in the wrong
 * place.
 */
export function format<T>(parse: (text: string) => T | undefined, problem: string) {
  return z.string().transform((text, context): T => {
    const value = parse(text);
    if (value !== undefined) return value;
    context.addIssue(problem);
    return z.NEVER;
  });
}

const hostName = /^(?=.{1,253}$)\w([\w-]*\w)?(\.\w([\w-]*\w)?)*$/;
const durationForm = /^(\d+)(ms|s|m|h)$/;
const durationExamples = 'such as 500ms, 30s, 10m or 1h, longer than 0 and at most 24 days';
const millisecondsPer: ReadonlyMap<string | undefined, number> = new Map([
  ['ms', 1],
  ['s', 1000],
  ['m', 60_000],
  ['h', 3_600_000],
]);
/** A timer that is asked for more fires at once. */
const longestTimer = 2 ** 31 - 1;

export const host = format(
  (text) => (isHost(text) ? text : undefined),
  'must be an IP address or a host name',
);

export const port = format((text) => integer(text, 0, 65_535), 'must be a number from 0 to 65535');

export const count = format(
  (text) => integer(text, 1, Number.MAX_SAFE_INTEGER),
  'must be a whole number, at least 1',
);

export const bytes = format(
  (text) => integer(text, 1, Number.MAX_SAFE_INTEGER),
  'must be a whole number of bytes, at least 1',
);

/** Null for `off`. */
export const countOrOff = format(
  (text) => (text === 'off' ? null : integer(text, 1, Number.MAX_SAFE_INTEGER)),
  'must be off or a whole number, at least 1',
);

export const proxies = format((text) => integer(text, 0, 16), 'must be a number from 0 to 16');

export const hostAndPort = format(
  (text) => (isHostAndPort(text) ? text : undefined),
  'must be host:port',
);

export const duration = format(millisecondsOf, `must be a duration ${durationExamples}`);

/** Null for `off`. */
export const durationOrOff = format(
  (text) => (text === 'off' ? null : millisecondsOf(text)),
  `must be off or a duration ${durationExamples}`,
);

/** No timer waits for it. Null for `off`. */
export const ageOrOff = format(
  (text) => (text === 'off' ? null : (daysOf(text) ?? millisecondsOf(text))),
  `must be off, days such as 30d, or a duration ${durationExamples}`,
);

export const httpUrl = format(
  (text) => (httpUrlOf(text) ? text : undefined),
  'must be an http or https URL without user name, password, query and fragment',
);

/** Comma-separated. */
export const names = format((text) => {
  const found = text.split(',').map((name) => name.trim());
  return found.includes('') ? undefined : found;
}, 'must be names, comma-separated');

export const origins = format((text) => {
  const found = text.split(',').map(originOf);
  return found.every((origin) => origin !== undefined) ? found : undefined;
}, 'must be origins such as https://app.example, comma-separated');

/** A host, or all in a domain; without a port any. */
export interface HostPattern {
  /** In small letters; an IPv6 address in brackets. */
  readonly host: string;
  readonly port: string | null;
  /** The names below the host, and not the host itself. */
  readonly isDomain: boolean;
}

export const hostPatterns = format((text) => {
  const found = text.split(',').map((word) => hostPatternOf(word.trim().toLowerCase()));
  return found.every((pattern) => pattern !== undefined) ? found : undefined;
}, 'must be hosts such as models.example.com, *.example.com, 10.0.0.5:8443 or [::1]:11434, comma-separated');

/** Words without the spaces around them; none is empty. */
export const list = format((text) => {
  const words = text.split(',').map((word) => word.trim());
  return words.every((word) => word !== '') ? words : undefined;
}, 'must be a comma-separated list');

export function listOf(allowed: readonly string[]) {
  return list.refine(
    (words) => words.every((word) => allowed.includes(word)),
    `must be some of ${allowed.join(', ')}, comma-separated`,
  );
}

export function oneOf<const T extends readonly string[]>(words: T, problem?: string) {
  return format(
    (text): T[number] | undefined => words.find((word) => word === text),
    problem ?? `must be ${words.join(' or ')}`,
  );
}

function isHost(text: string): boolean {
  return isIP(text) !== 0 || hostName.test(text);
}

function hostPatternOf(text: string): HostPattern | undefined {
  const [, star, host = '', port] = /^(\*\.)?(\[[\da-f:.]+\]|[\w.-]+)(?::(\d+))?$/.exec(text) ?? [];
  // As URLs write it: addresses have many spellings.
  const url = `http://${host}:${port ?? 80}`;
  if (!URL.canParse(url)) return undefined;
  const { hostname } = new URL(url);
  if (star !== undefined && /^[\d.]+$|^\[/.test(hostname)) return undefined;
  return { host: hostname, port: port ?? null, isDomain: star !== undefined };
}

function isHostAndPort(text: string): boolean {
  const [, bracketed, plain, portText = ''] = /^(?:\[(.+)\]|([^:]+)):(\d+)$/.exec(text) ?? [];
  const isKnownHost = plain === undefined ? isIP(bracketed ?? '') === 6 : isHost(plain);
  return isKnownHost && integer(portText, 1, 65_535) !== undefined;
}

function integer(text: string, least: number, most: number): number | undefined {
  const value = Number(text);
  return /^\d+$/.test(text) && value >= least && value <= most ? value : undefined;
}

function millisecondsOf(text: string): number | undefined {
  const [, count, unit] = durationForm.exec(text) ?? [];
  const milliseconds = Number(count) * (millisecondsPer.get(unit) ?? 0);
  return milliseconds > 0 && milliseconds <= longestTimer ? milliseconds : undefined;
}

function daysOf(text: string): number | undefined {
  const [, days] = /^(\d{1,4})d$/.exec(text) ?? [];
  return Number(days) > 0 ? Number(days) * 86_400_000 : undefined;
}

function httpUrlOf(text: string): URL | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isPlain = url?.username === '' && url.password === '' && url.search + url.hash === '';
  return isPlain && /^https?:$/.test(url.protocol) ? url : undefined;
}

/** As browsers write it: in small letters and without the port that the scheme implies. */
function originOf(text: string): string | undefined {
  const url = httpUrlOf(text.trim());
  return url?.pathname === '/' ? url.origin : undefined;
}
