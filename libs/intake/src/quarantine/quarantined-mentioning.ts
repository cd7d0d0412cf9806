import { mentionsOneOf, textOf, type Id } from '#libs/kernel';
import type { Documents } from '#libs/ports/documents';
import type { Keys } from '#libs/ports/keys';

import type { Packer } from '../deliveries/deliveries.js';
import { quarantinePages, quarantineStreamOf } from './capped-store.js';

/** What waits unproved and holds one of these words: it opens all of it, and nothing of that leaves here. */
export const quarantinedMentioning =
  ({
    documents,
    keys,
    packer,
  }: {
    readonly documents: Documents;
    readonly keys: Keys;
    readonly packer: Packer;
  }) =>
  async (words: readonly string[]): Promise<readonly Id[]> => {
    const found: Id[] = [];
    for await (const page of quarantinePages(documents)) {
      const sealed = page.flatMap(({ id, bytes }) =>
        bytes ? [{ id, stream: quarantineStreamOf(id), sealed: bytes }] : [],
      );
      const plains = sealed.length > 0 ? await keys.open(sealed) : [];
      for (const [i, { id }] of sealed.entries()) {
        const plain = plains[i];
        if (plain && mentionsOneOf(textOf(packer.unpack(plain)), words)) found.push(id);
      }
    }
    return found;
  };
