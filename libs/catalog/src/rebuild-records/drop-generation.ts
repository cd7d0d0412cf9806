import type { Documents } from '#libs/ports/documents';

import { identityCollections } from '../identities/collections.js';
import { kindNames } from '../kinds/index.js';
import { formerNamesCollection } from '../project-records/former-names.js';
import { recordCollection } from '../project-records/generation.js';

/** Removes everything that belongs to one generation: its records, what links them, and the names they had. */
export const dropGeneration = async (
  { documents }: { readonly documents: Documents },
  generation: number,
): Promise<void> => {
  for (const kind of kindNames) await documents.drop(recordCollection(kind, generation));
  for (const collection of identityCollections(generation)) await documents.drop(collection);
  await documents.drop(formerNamesCollection(generation));
};
