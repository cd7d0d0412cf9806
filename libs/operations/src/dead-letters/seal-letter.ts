import { deliveryStreamOf, type DeadLetter } from '#libs/contracts';
import { asFault } from '#libs/kernel';
import type { Keys, Sealed } from '#libs/ports/keys';

/** Sealing a letter under all its keys adds less than this. */
export const SEAL_ROOM = 1024;

export const streamOf = (id: string): string => `dead/${id}`;

/** Each seals what the one before has sealed: without any one of the keys nothing opens. */
export const streamsOf = ({ id, delivery }: DeadLetter): readonly string[] =>
  delivery === undefined ? [streamOf(id)] : [deliveryStreamOf(delivery), streamOf(id)];

/** Empty where a key is destroyed already. */
export const sealedUnder = async (
  keys: Keys,
  streams: readonly string[],
  plain: Uint8Array,
): Promise<Uint8Array> => {
  let bytes: Uint8Array | undefined = plain;
  for (const stream of streams) if (bytes) [bytes] = await keys.seal([{ stream, plain: bytes }]);
  return bytes ?? new Uint8Array();
};

export const openedUnder = async (
  keys: Keys,
  streams: readonly string[],
  sealed: Uint8Array,
): Promise<Uint8Array | undefined> => {
  let bytes: Uint8Array | undefined = sealed;
  for (const [i, stream] of [...streams].reverse().entries())
    if (bytes?.length) bytes = await openedOnce(keys, { stream, sealed: bytes }, i > 0);
  return bytes?.length ? bytes : undefined;
};

/** A delivery may come again and be taken in well: then its key ages, though an old letter was sealed under it. */
const openedOnce = async (
  keys: Keys,
  item: Sealed,
  mayHaveAged: boolean,
): Promise<Uint8Array | undefined> => {
  try {
    return (await keys.open([item]))[0];
  } catch (thrown) {
    if (mayHaveAged && asFault(thrown).code === 'KEYS_SEALED_BROKEN') return undefined;
    throw thrown;
  }
};
