import * as z from 'zod';

/** What stands on the bus beside the sealed bytes of a message that we put aside ourselves. */
export const deadLetter = z.object({
  id: z.string().min(1).max(1024),
  /** Whose raw bytes it is; sealed under that delivery's key too, so that erasing the one takes the other. */
  delivery: z.string().exactOptional(),
  subscription: z.string().max(1024),
  code: z.string().max(1024),
  attempts: z.number(),
  buriedAt: z.int().nonnegative(),
  /** Of the message before it was sealed. No bus carries more than 10 MB. */
  bytes: z.int().nonnegative().max(10_000_000),
  /** Those of the message; ids, never personal. */
  attributes: z.record(z.string(), z.string()),
});

/** A message nobody could handle, and why. Its bytes are sealed: they may hold personal data. */
export type DeadLetter = Readonly<z.infer<typeof deadLetter>>;

/** The attribute that carries a letter. */
export const LETTER_ATTRIBUTE = 'letter';

/**
 * Pub/Sub adds attributes of this prefix when it moves a message to a dead letter topic itself, after a hundred
 * attempts. Kills, and refusals while a process closes, use attempts up too.
 */
const MOVED_PREFIX = 'CloudPubSubDeadLetterSource';
const MOVED_COUNT = `${MOVED_PREFIX}DeliveryCount`;

/** How often Pub/Sub had delivered a message that it moved itself; `undefined` where it did not move it. */
export const movedAfterAttempts = (
  attributes: Readonly<Record<string, string>>,
): number | undefined => {
  if (!Object.keys(attributes).some((name) => name.startsWith(MOVED_PREFIX))) return undefined;
  const count = Number(attributes[MOVED_COUNT]);
  return Number.isSafeInteger(count) && count > 0 ? count : 0;
};

/** The attributes a message had before Pub/Sub moved it. */
export const attributesBeforeMove = (
  attributes: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(attributes).filter(([name]) => !name.startsWith(MOVED_PREFIX)));
