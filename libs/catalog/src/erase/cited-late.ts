import type { JsonObject } from '#libs/kernel';
import { everyDocument, type Documents } from '#libs/ports/documents';

import { placeOf } from '../identities/identity-index.js';
import { recordKinds } from '../kinds/index.js';
import { formerNamesCollection } from '../project-records/former-names.js';
import { recordCollection } from '../project-records/generation.js';

/**
 * Streams of records that cite one of these streams, and are none of them. Somebody may ask while an erasure runs: the
 * answer quotes what its list did not know of.
 */
export const citedLate = async (
  documents: Documents,
  generation: number,
  streams: readonly string[],
): Promise<readonly string[]> => {
  const known = new Set(streams);
  const late = new Set<string>();
  for (const record of streams)
    for await (const { fields } of everyDocument(documents, formerNamesCollection(generation), {
      where: { record },
    })) {
      const [kind, id] = placeOf(String(fields?.namer));
      const [found] = await documents.get(recordCollection(kind, generation), [id]);
      if (!found) continue;
      const state = found.body as JsonObject;
      const citing = recordKinds[kind];
      const stream = citing.streamOf(state);
      if (citing.citedIn(state).includes(record) && !known.has(stream)) late.add(stream);
    }
  return [...late].sort();
};
