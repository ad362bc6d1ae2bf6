import { z } from 'zod';

/** Unix milliseconds. */
export const timeColumn = z.number().transform((milliseconds) => new Date(milliseconds));
export const flagColumn = z.number().transform((value) => value !== 0);
export const jsonColumn = z.string().transform((text): unknown => JSON.parse(text));

export function parseSessionIdColumn(row: unknown): string {
  return z.object({ session_id: z.string() }).parse(row).session_id;
}
