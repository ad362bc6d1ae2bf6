import { persistedTypes } from './persisted-events.ts';
import { translatedTypes } from './translate-event.ts';

/** What has a translation, and what tells a position. */
const taken = new Set<string>([...translatedTypes, ...persistedTypes]);

export const takenTypes = [...taken] as [string, ...string[]];

export function isTaken(type: string): boolean {
  return taken.has(type);
}
