import type { Json } from '#libs/kernel';
import type { Collection, Documents } from '#libs/ports/documents';

import { readKitNote, type KitNote } from './kit-fingerprint.js';

const kitNotes: Collection = { name: 'backup_kits', fields: [] };
const NEWEST = 'newest';

interface KitNotesParts {
  readonly documents: Documents;
}

/** Beside the runs: a kit may be made on a machine that has no data directory. */
export const noteKit = async ({ documents }: KitNotesParts, note: KitNote): Promise<void> => {
  const body: Json = { madeAt: note.madeAt, fingerprint: note.fingerprint };
  for (;;) {
    const [stored] = await documents.get(kitNotes, [NEWEST]);
    const { swapped } = await documents.swap(kitNotes, { id: NEWEST, body }, stored?.version ?? 0);
    if (swapped) return;
  }
};

export const notedKit = async ({ documents }: KitNotesParts): Promise<KitNote | undefined> => {
  const [stored] = await documents.get(kitNotes, [NEWEST]);
  return stored && readKitNote(JSON.stringify(stored.body));
};
