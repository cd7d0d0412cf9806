import type { Code } from '#libs/kernel';
import type { FencedDocument } from '#libs/ports/documents';
import type { StoredFact } from '#libs/ports/event-log';

type ParkableFact = Pick<StoredFact, 'id' | 'type' | 'stream' | 'era' | 'position'>;

/** A poison fact stops nobody: it is put aside with its cause and shown. */
export const parkedFact = (
  { id, type, stream, era, position }: ParkableFact,
  generation: number,
  code: Code,
): FencedDocument => ({
  id: `${generation}.${id}`,
  body: { fact: id, type, stream, position, generation, code },
  fields: { position, generation },
  fence: { era, position },
});
