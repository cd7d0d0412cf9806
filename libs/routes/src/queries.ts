import { z } from 'zod';

export const limit = z.coerce
  .number()
  .int()
  .min(1)
  .max(200)
  .default(50)
  .meta({ description: 'How many at most.' });

export const cursor = z
  .string()
  .min(1)
  .max(4096)
  .optional()
  .meta({ description: '`next` of the page before. It goes with the filters it came with.' });

/** A time as people and machines write it: ISO 8601, or milliseconds since 1970. */
export const instantText = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform(Number)
  .or(z.iso.datetime({ offset: true }).transform((text) => Date.parse(text)))
  .or(z.iso.date().transform((text) => Date.parse(text)));

export const instant = (description: string) =>
  instantText.optional().meta({ description: `${description} ISO 8601 or milliseconds.` });

export const word = (description: string) =>
  z.string().min(1).max(512).optional().meta({ description });

export const yesOrNo = (description: string) =>
  z
    .enum(['true', 'false'])
    .transform((text) => text === 'true')
    .optional()
    .meta({ description });

/** What a list is asked by. An unknown filter is refused with the names of those there are. */
export const listQuery = <S extends z.ZodRawShape>(filters: S) =>
  z.strictObject({ ...filters, limit, after: cursor });
