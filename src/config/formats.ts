import { isIP } from 'node:net';

import { z } from 'zod';

/**
 * A text, turned into a value. The problem never repeats the text: it may be a secret in the wrong
 * place.
 */
export function createFormat<T>(parse: (text: string) => T | undefined, problem: string) {
  return z.string().transform((text, context): T => {
    const value = parse(text);
    if (value !== undefined) return value;
    context.addIssue(problem);
    return z.NEVER;
  });
}

const hostNamePattern = /^(?=.{1,253}$)\w([\w-]*\w)?(\.\w([\w-]*\w)?)*$/;
const durationPattern = /^(\d+)(ms|s|m|h)$/;
const durationExamples = 'such as 500ms, 30s, 10m or 1h, longer than 0 and at most 24 days';
const millisecondsPer: ReadonlyMap<string | undefined, number> = new Map([
  ['ms', 1],
  ['s', 1000],
  ['m', 60_000],
  ['h', 3_600_000],
]);
/** A timer that is asked for more fires at once. */
const MAX_TIMER_MS = 2 ** 31 - 1;

export const host = createFormat(
  (text) => (isHost(text) ? text : undefined),
  'must be an IP address or a host name',
);

export const port = createFormat(
  (text) => parseInteger(text, 0, 65_535),
  'must be a number from 0 to 65535',
);

export const count = createFormat(
  (text) => parseInteger(text, 1, Number.MAX_SAFE_INTEGER),
  'must be a whole number, at least 1',
);

export const bytes = createFormat(
  (text) => parseInteger(text, 1, Number.MAX_SAFE_INTEGER),
  'must be a whole number of bytes, at least 1',
);

/** Null for `off`. */
export const countOrOff = createFormat(
  (text) => (text === 'off' ? null : parseInteger(text, 1, Number.MAX_SAFE_INTEGER)),
  'must be off or a whole number, at least 1',
);

export const proxyCount = createFormat(
  (text) => parseInteger(text, 0, 16),
  'must be a number from 0 to 16',
);

export const hostAndPort = createFormat(
  (text) => (isHostAndPort(text) ? text : undefined),
  'must be host:port',
);

export const duration = createFormat(parseDuration, `must be a duration ${durationExamples}`);

/** Null for `off`. */
export const durationOrOff = createFormat(
  (text) => (text === 'off' ? null : parseDuration(text)),
  `must be off or a duration ${durationExamples}`,
);

/** No timer waits for it. Null for `off`. */
export const ageOrOff = createFormat(
  (text) => (text === 'off' ? null : (parseDays(text) ?? parseDuration(text))),
  `must be off, days such as 30d, or a duration ${durationExamples}`,
);

export const httpUrl = createFormat(
  (text) => (parseHttpUrl(text) ? text : undefined),
  'must be an http or https URL without user name, password, query and fragment',
);

/** Comma-separated. */
export const nameList = createFormat((text) => {
  const found = text.split(',').map((name) => name.trim());
  return found.includes('') ? undefined : found;
}, 'must be names, comma-separated');

export const origins = createFormat((text) => {
  const found = text.split(',').map(parseOrigin);
  return found.every((origin) => origin !== undefined) ? found : undefined;
}, 'must be origins such as https://app.example, comma-separated');

/** A host, or all in a domain; without a port any. */
export interface HostPattern {
  /** In small letters; an IPv6 address in brackets. */
  readonly host: string;
  readonly port: string | null;
  /** The names below the host, and not the host itself. */
  readonly isWildcard: boolean;
}

export const hostPatterns = createFormat((text) => {
  const found = text.split(',').map((word) => parseHostPattern(word.trim().toLowerCase()));
  return found.every((pattern) => pattern !== undefined) ? found : undefined;
}, 'must be hosts such as models.example.com, *.example.com, 10.0.0.5:8443 or [::1]:11434, comma-separated');

/** Words without the spaces around them; none is empty. */
export const list = createFormat((text) => {
  const words = text.split(',').map((word) => word.trim());
  return words.every((word) => word !== '') ? words : undefined;
}, 'must be a comma-separated list');

export function createListFormat(allowed: readonly string[]) {
  return list.refine(
    (words) => words.every((word) => allowed.includes(word)),
    `must be some of ${allowed.join(', ')}, comma-separated`,
  );
}

export function createEnumFormat<const T extends readonly string[]>(words: T, problem?: string) {
  return createFormat(
    (text): T[number] | undefined => words.find((word) => word === text),
    problem ?? `must be ${words.join(' or ')}`,
  );
}

function isHost(text: string): boolean {
  return isIP(text) !== 0 || hostNamePattern.test(text);
}

function parseHostPattern(text: string): HostPattern | undefined {
  const [, star, host = '', port] = /^(\*\.)?(\[[\da-f:.]+\]|[\w.-]+)(?::(\d+))?$/.exec(text) ?? [];
  // As URLs write it: addresses have many spellings.
  const url = `http://${host}:${port ?? 80}`;
  if (!URL.canParse(url)) return undefined;
  const { hostname } = new URL(url);
  if (star !== undefined && /^[\d.]+$|^\[/.test(hostname)) return undefined;
  return { host: hostname, port: port ?? null, isWildcard: star !== undefined };
}

function isHostAndPort(text: string): boolean {
  const [, bracketed, plain, portText = ''] = /^(?:\[(.+)\]|([^:]+)):(\d+)$/.exec(text) ?? [];
  const isKnownHost = plain === undefined ? isIP(bracketed ?? '') === 6 : isHost(plain);
  return isKnownHost && parseInteger(portText, 1, 65_535) !== undefined;
}

function parseInteger(text: string, least: number, most: number): number | undefined {
  const value = Number(text);
  return /^\d+$/.test(text) && value >= least && value <= most ? value : undefined;
}

function parseDuration(text: string): number | undefined {
  const [, count, unit] = durationPattern.exec(text) ?? [];
  const milliseconds = Number(count) * (millisecondsPer.get(unit) ?? 0);
  return milliseconds > 0 && milliseconds <= MAX_TIMER_MS ? milliseconds : undefined;
}

function parseDays(text: string): number | undefined {
  const [, days] = /^(\d{1,4})d$/.exec(text) ?? [];
  return Number(days) > 0 ? Number(days) * 86_400_000 : undefined;
}

function parseHttpUrl(text: string): URL | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isPlain = url?.username === '' && url.password === '' && url.search + url.hash === '';
  return isPlain && /^https?:$/.test(url.protocol) ? url : undefined;
}

/** As browsers write it: in small letters and without the port that the scheme implies. */
function parseOrigin(text: string): string | undefined {
  const url = parseHttpUrl(text.trim());
  return url?.pathname === '/' ? url.origin : undefined;
}
