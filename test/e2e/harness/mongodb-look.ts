import type { Db } from 'mongodb';

import { marksIn } from './marks.js';

/** What stands in each collection, in the bytes of its documents as the server gives them. */
export const marksInCollections = async (
  database: Db,
): Promise<{ where: string; marks: string[] }[]> => {
  const found: { where: string; marks: string[] }[] = [];
  for (const collection of await database.collections())
    for await (const bson of collection.find({}, { raw: true })) {
      const marks = marksIn(bson as unknown as Uint8Array);
      if (marks.length > 0) found.push({ where: collection.collectionName, marks });
    }
  return found;
};
