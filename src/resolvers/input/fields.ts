import type { Profile } from '../../copilot/profiles/profiles.ts';
import { createInputError } from '../../errors/common-errors.ts';

const SESSION_NAME = /^[A-Za-z0-9_-]{1,128}$/;
/** As it may stand in a header. */
const GITHUB_TOKEN = /^[\x21-\x7e]{1,4096}$/;
const MAX_LABELS = 20;
const MAX_TITLE_CHARACTERS = 200;

export function isSessionName(text: string): boolean {
  return SESSION_NAME.test(text);
}

/** A new session's id. */
export function validateSessionName(id: string): void {
  if (!isSessionName(id))
    throw createInputError('sessionId', 'must be 1 to 128 of the characters A-Z a-z 0-9 _ -');
}

export function validatePrompt(prompt: string, maxBytes: number): void {
  if (!/[^\s\p{Cc}\p{Cf}]/u.test(prompt)) throw createInputError('prompt', 'must not be empty');
  validateByteLength('prompt', prompt, maxBytes);
}

export function validateByteLength(field: string, text: string, max: number): void {
  const bytes = Buffer.byteLength(text);
  if (bytes > max) throw createInputError(field, `must not exceed ${max} bytes; this has ${bytes}`);
}

export function validateRange(
  field: string,
  value: number,
  range: readonly [number, number],
): void {
  const [least, most] = range;
  if (value < least || value > most) throw createInputError(field, `must be ${least} to ${most}`);
}

export function validateTitle(title: string): void {
  if (title.trim() === '' || title.length > MAX_TITLE_CHARACTERS) {
    throw createInputError('title', `must have 1 to ${MAX_TITLE_CHARACTERS} characters`);
  }
}

export function validateLabels(labels: readonly { key: string; value: string }[]): void {
  if (labels.length > MAX_LABELS)
    throw createInputError('labels', `must not be more than ${MAX_LABELS}`);
  if (new Set(labels.map(({ key }) => key)).size < labels.length) {
    throw createInputError('labels', 'must have each key once');
  }
  for (const { key, value } of labels) {
    if (key === '' || key.length > 64)
      throw createInputError('labels.key', 'must have 1 to 64 characters');
    if (value.length > 256)
      throw createInputError('labels.value', 'must not exceed 256 characters');
  }
}

/** Its text appears in no message. */
export function validateGitHubToken(token: string): void {
  if (!GITHUB_TOKEN.test(token)) throw createInputError('gitHubToken', 'must be a GitHub token');
}

export function requireProfile(name: string, profiles: readonly Profile[]): Profile {
  const profile = profiles.find((candidate) => candidate.name === name);
  if (profile) return profile;
  throw createInputError('profile', 'there is no such profile');
}

export function validateClientMessageId(id: string): void {
  if (id === '' || id.length > 128) {
    throw createInputError('clientMessageId', 'must have 1 to 128 characters');
  }
}
