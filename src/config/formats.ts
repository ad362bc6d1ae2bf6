import { isIP } from 'node:net';

import { z } from 'zod';

import { MAX_TIMER_MS } from '../timing/schedule-at.ts';

/** The values of settings after parsing. */
export type Parsed<Shape extends z.ZodRawShape> = z.output<z.ZodObject<Shape>>;

/** The settings that the environment has, before parsing. */
export type Given<Shape> = { readonly [Name in keyof Shape]?: string | undefined };

/**
 * Creates a format that parses a text to a value. `problem` says what the text must be, and never quotes it: it may be
 * a secret that was put into the wrong variable.
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

/** An age, which may be longer than a timer can wait. Null for `off`. */
export const ageOrOff = createFormat(
  (text) => (text === 'off' ? null : (parseDays(text) ?? parseDuration(text))),
  `must be off, days such as 30d, or a duration ${durationExamples}`,
);

export const httpUrl = createFormat(
  (text) => (parseHttpUrl(text) ? text : undefined),
  'must be an http or https URL without user name, password, query and fragment',
);

export const nameList = createFormat((text) => {
  const found = text.split(',').map((name) => name.trim());
  return found.includes('') ? undefined : found;
}, 'must be names, comma-separated');

export const origins = createFormat((text) => {
  const found = text.split(',').map(parseOrigin);
  return found.every((origin) => origin !== undefined) ? found : undefined;
}, 'must be origins such as https://app.example, comma-separated');

/** A host, or all hosts of a domain, on one port or on any. */
export interface HostPattern {
  /** Lowercase; an IPv6 address is in brackets. */
  readonly host: string;
  /** Null for any port. */
  readonly port: string | null;
  /** Whether the pattern matches the subdomains of the host, and not the host itself. */
  readonly isWildcard: boolean;
}

export const hostPatterns = createFormat((text) => {
  const found = text.split(',').map((word) => parseHostPattern(word.trim().toLowerCase()));
  return found.every((pattern) => pattern !== undefined) ? found : undefined;
}, 'must be hosts such as models.example.com, *.example.com, 10.0.0.5:8443 or [::1]:11434, comma-separated');

/** Comma-separated words, trimmed; none is empty. */
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

export function createEnumFormat<const T extends readonly string[]>(words: T) {
  return createFormat(
    (text): T[number] | undefined => words.find((word) => word === text),
    `must be ${words.join(' or ')}`,
  );
}

export const onOrOff = createEnumFormat(['on', 'off']);

function isHost(text: string): boolean {
  return isIP(text) !== 0 || hostNamePattern.test(text);
}

function parseHostPattern(text: string): HostPattern | undefined {
  const [, star, host = '', port] = /^(\*\.)?(\[[\da-f:.]+\]|[\w.-]+)(?::(\d+))?$/.exec(text) ?? [];
  // Parsed as part of a URL, because an address has many spellings and `hostname` has one.
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

/** Returns the origin as browsers send it: lowercase, and without the default port of the scheme. */
function parseOrigin(text: string): string | undefined {
  const url = parseHttpUrl(text.trim());
  return url?.pathname === '/' ? url.origin : undefined;
}
