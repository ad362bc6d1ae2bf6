import { z } from 'zod';

/** Milliseconds since 1970. */
export const timeColumn = z.number().transform((milliseconds) => new Date(milliseconds));
export const flagColumn = z.number().transform((value) => value !== 0);
export const jsonColumn = z.string().transform((text): unknown => JSON.parse(text));
