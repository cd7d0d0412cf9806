import type { Documents } from '#libs/ports/documents';

import { identityCollections } from '../identities/collections.js';
import { kindNames } from '../kinds/index.js';
import { formerNamesCollection } from '../project-records/former-names.js';
import { createGenerations, recordCollection } from '../project-records/generation.js';

/**
 * Removes everything that belongs to one generation: its records, what links them, and the names they had. Doing it
 * again changes nothing. The live one stays.
 */
export const dropGeneration = async (
  { documents }: { readonly documents: Documents },
  generation: number,
): Promise<void> => {
  const generations = createGenerations({ documents });
  if (!(await generations.beginDrop(generation))) return;
  for (const kind of kindNames) await documents.drop(recordCollection(kind, generation));
  for (const collection of identityCollections(generation)) await documents.drop(collection);
  await documents.drop(formerNamesCollection(generation));
  await generations.dropped(generation);
};

/**
 * Removes what rebuilds left that were broken off: clear text that no erasure reaches. Only for who leads the
 * projection and rebuilds nothing at the moment. Answers how many there were.
 */
export const dropLeftGenerations = async (ports: {
  readonly documents: Documents;
}): Promise<number> => {
  const left = await createGenerations(ports).left();
  for (const generation of left) await dropGeneration(ports, generation);
  return left.length;
};
