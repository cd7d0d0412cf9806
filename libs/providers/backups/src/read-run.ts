import { z } from 'zod';

const whole = z.int().min(0);
const word = z.string().regex(/^[\x20-\x7e]{1,200}$/);

/** What of a run is told, by the order of the alphabet. More of it is let pass and not kept. */
const run = z.object({
  drill: z.object({ rpoMs: z.int(), rtoMs: whole, verdict: z.enum(['good', 'bad']) }).optional(),
  endedAt: whole.optional(),
  error: z.object({ code: word, step: word }).optional(),
  id: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/),
  kind: word,
  requestedAt: whole,
  retention: z.object({ kept: whole, removed: whole, unnamed: whole }).optional(),
  sources: z
    .array(
      z.object({
        addedBytes: whole,
        bytes: whole,
        files: whole,
        name: word,
        snapshot: word.optional(),
      }),
    )
    .max(100),
  startedAt: whole.optional(),
  /** Counts the states of one run: of two within a millisecond the higher one is newer. */
  state: whole,
  status: word,
  step: word,
  warnings: z.array(z.object({ code: word, step: word })).max(100),
});
export type ToldRun = z.output<typeof run>;

export const readRun = (value: unknown): ToldRun | undefined => run.safeParse(value).data;
