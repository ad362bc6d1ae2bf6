import type { Profile } from '../copilot/profiles/profiles.ts';
import { Failure } from '../errors/gateway-error.ts';

const SESSION_ID = /^[A-Za-z0-9_-]{1,128}$/;
/** As it may stand in a header. */
const GITHUB_TOKEN = /^[\x21-\x7e]{1,4096}$/;
const MAX_LABELS = 20;
const MAX_TITLE_CHARACTERS = 200;

export function badInput(field: string, problem: string): Failure {
  return new Failure('BAD_USER_INPUT', `${field}: ${problem}`);
}

export function isSessionName(text: string): boolean {
  return SESSION_ID.test(text);
}

/** A new session's id. */
export function checkSessionId(id: string): void {
  if (!isSessionName(id))
    throw badInput('sessionId', 'must be 1 to 128 of the characters A-Z a-z 0-9 _ -');
}

export function checkPrompt(prompt: string, maxBytes: number): void {
  if (!/[^\s\p{Cc}\p{Cf}]/u.test(prompt)) throw badInput('prompt', 'must not be empty');
  checkBytes('prompt', prompt, maxBytes);
}

export function checkBytes(field: string, text: string, max: number): void {
  const bytes = Buffer.byteLength(text);
  if (bytes > max) throw badInput(field, `must not exceed ${max} bytes; this has ${bytes}`);
}

export function checkRange(field: string, value: number, range: readonly [number, number]): void {
  const [least, most] = range;
  if (value < least || value > most) throw badInput(field, `must be ${least} to ${most}`);
}

export function checkTitle(title: string): void {
  if (title.trim() === '' || title.length > MAX_TITLE_CHARACTERS) {
    throw badInput('title', `must have 1 to ${MAX_TITLE_CHARACTERS} characters`);
  }
}

export function checkLabels(labels: readonly { key: string; value: string }[]): void {
  if (labels.length > MAX_LABELS) throw badInput('labels', `must not be more than ${MAX_LABELS}`);
  if (new Set(labels.map(({ key }) => key)).size < labels.length) {
    throw badInput('labels', 'must have each key once');
  }
  for (const { key, value } of labels) {
    if (key === '' || key.length > 64) throw badInput('labels.key', 'must have 1 to 64 characters');
    if (value.length > 256) throw badInput('labels.value', 'must not exceed 256 characters');
  }
}

/** Its text appears in no message. */
export function checkGitHubToken(token: string): void {
  if (!GITHUB_TOKEN.test(token)) throw badInput('gitHubToken', 'must be a GitHub token');
}

export function profileNamed(name: string, profiles: readonly Profile[]): Profile {
  const profile = profiles.find((candidate) => candidate.name === name);
  if (profile) return profile;
  throw badInput('profile', 'there is no such profile');
}

export function checkClientMessageId(id: string): void {
  if (id === '' || id.length > 128) {
    throw badInput('clientMessageId', 'must have 1 to 128 characters');
  }
}
