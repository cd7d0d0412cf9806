import { z } from 'zod';

export const isoTime = z.iso.datetime();

export const pageOf = <S extends z.ZodType>(item: S) =>
  z.object({ items: z.array(item), next: z.string().nullable() });

/** One of the words that there are today. A caller must expect others: a later version may add one. */
export const oneOf = (words: readonly string[]) => z.string().meta({ enum: [...words] });
