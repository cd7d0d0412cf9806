import { deliveryStreamOf, type DeadLetter } from '#libs/contracts';
import type { Keys } from '#libs/ports/keys';

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
  for (const stream of [...streams].reverse())
    if (bytes?.length) [bytes] = await keys.open([{ stream, sealed: bytes }]);
  return bytes?.length ? bytes : undefined;
};
