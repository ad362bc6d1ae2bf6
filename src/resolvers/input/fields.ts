import type { Profile } from '../../copilot/profiles/profiles.ts';
import { createInputError } from '../../errors/common-errors.ts';

const SESSION_NAME = /^[A-Za-z0-9_-]{1,128}$/;
/** The characters that are allowed in an HTTP header. */
const GITHUB_TOKEN = /^[\x21-\x7e]{1,4096}$/;
const MAX_LABELS = 20;
const MAX_LABEL_KEY_CHARACTERS = 64;
const MAX_LABEL_VALUE_CHARACTERS = 256;
const MAX_TITLE_CHARACTERS = 200;

export function isSessionName(text: string): boolean {
  return SESSION_NAME.test(text);
}

export function validateSessionName(id: string): void {
  if (!isSessionName(id)) {
    throw createInputError('sessionId', 'must have 1 to 128 characters, each of A-Z a-z 0-9 _ -');
  }
}

export function validatePrompt(prompt: string, maxBytes: number): void {
  if (!/[^\s\p{Cc}\p{Cf}]/u.test(prompt)) throw createInputError('prompt', 'must not be empty');
  validateByteLength('prompt', prompt, maxBytes);
}

export function validateByteLength(field: string, text: string, max: number): void {
  const bytes = Buffer.byteLength(text);
  if (bytes > max) {
    throw createInputError(field, `must have at most ${max} bytes (got ${bytes})`);
  }
}

export function validateRange(
  field: string,
  value: number,
  [min, max]: readonly [number, number],
): void {
  if (value < min || value > max) {
    throw createInputError(field, `must be between ${min} and ${max}`);
  }
}

export function validateTitle(title: string): void {
  if (title.trim() === '' || title.length > MAX_TITLE_CHARACTERS) {
    throw createInputError('title', `must have 1 to ${MAX_TITLE_CHARACTERS} characters`);
  }
}

export function validateLabels(labels: readonly { key: string; value: string }[]): void {
  if (labels.length > MAX_LABELS) {
    throw createInputError('labels', `must have at most ${MAX_LABELS} items`);
  }
  if (new Set(labels.map(({ key }) => key)).size < labels.length) {
    throw createInputError('labels', 'keys must be unique');
  }
  for (const { key, value } of labels) {
    if (key === '' || key.length > MAX_LABEL_KEY_CHARACTERS) {
      throw createInputError('labels.key', `must have 1 to ${MAX_LABEL_KEY_CHARACTERS} characters`);
    }
    if (value.length > MAX_LABEL_VALUE_CHARACTERS) {
      throw createInputError(
        'labels.value',
        `must have at most ${MAX_LABEL_VALUE_CHARACTERS} characters`,
      );
    }
  }
}

/** The token itself never appears in the error message. */
export function validateGitHubToken(token: string): void {
  if (!GITHUB_TOKEN.test(token)) {
    throw createInputError('gitHubToken', 'must be a GitHub token');
  }
}

export function requireProfile(name: string, profiles: readonly Profile[]): Profile {
  const profile = profiles.find((candidate) => candidate.name === name);
  if (profile) return profile;
  throw createInputError('profile', 'must be the name of an existing profile');
}

export function validateClientMessageId(id: string): void {
  if (id === '' || id.length > 128) {
    throw createInputError('clientMessageId', 'must have 1 to 128 characters');
  }
}
