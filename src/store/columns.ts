import { z } from 'zod';

/** Milliseconds since 1970. */
export const time = z.number().transform((milliseconds) => new Date(milliseconds));
export const flag = z.number().transform((value) => value !== 0);
export const json = z.string().transform((text): unknown => JSON.parse(text));
