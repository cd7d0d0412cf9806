import { BSON, type Document } from 'mongodb';

import { LARGEST_DOCUMENT, type FeedOptions } from '#libs/ports/change-feed';

/** A BSON document is at most this many times its Extended JSON: lists of short texts carry their indexes. */
const LARGEST_BSON = 4 * LARGEST_DOCUMENT;

const rootOf = (path: string): string => path.split('.', 1)[0] ?? path;

/**
 * Root names whose change is told; missing: any. What decides whether a document is ours counts too, and of a filter
 * with operators at its top nobody can say that.
 */
export const toldNames = (options: FeedOptions): readonly string[] | undefined => {
  const { fields, quietFields = [], groupField, filter = {} } = options;
  const asked = Object.keys(filter);
  if (!fields || asked.some((name) => name.startsWith('$'))) return undefined;
  const quiet = new Set(quietFields);
  const told = fields.filter((path) => !quiet.has(path));
  return [...new Set([...told, ...asked, ...(groupField ? [groupField] : [])].map(rootOf))];
};

/**
 * Identity, kind and time of each change, and nothing of its contents: an event of any size becomes a small one before
 * it is sent. Without `updateLookup` and images, which can kill a stream by their size.
 */
export const watchPipeline = (options: FeedOptions): Document[] => {
  const names = toldNames(options);
  const kept = { operationType: 1, clusterTime: 1, documentKey: 1 };
  if (!names) return [{ $project: kept }];
  const changed = { $concatArrays: [ROOTS_SET, ROOTS_REMOVED, ROOTS_CUT] };
  const isTold = { $ne: [{ $setIntersection: ['$changed', { $literal: names }] }, []] };
  return [
    { $project: { ...kept, changed } },
    { $match: { $or: [{ operationType: { $ne: 'update' } }, { $expr: isTold }] } },
    { $project: kept },
  ];
};

const roots = (list: unknown, name: string) => ({
  $map: { input: list, in: { $arrayElemAt: [{ $split: [name, '.'] }, 0] } },
});

const updated = (part: string, none: unknown) => ({
  $ifNull: [`$updateDescription.${part}`, none],
});

const ROOTS_SET = roots({ $objectToArray: updated('updatedFields', {}) }, '$$this.k');
const ROOTS_REMOVED = roots(updated('removedFields', []), '$$this');
const ROOTS_CUT = roots(updated('truncatedArrays', []), '$$this.field');

/** The white list for a server. It refuses a path beside another that contains it. */
const projection = (fields: readonly string[]): Document => {
  const isInside = (path: string) => fields.some((other) => path.startsWith(`${other}.`));
  return { _id: 1, ...Object.fromEntries(fields.filter((p) => !isInside(p)).map((p) => [p, 1])) };
};

/** A setting's query, in Extended JSON, as the server takes it. */
export const filterOf = ({ filter }: FeedOptions): Document =>
  filter ? (BSON.EJSON.deserialize(filter, { relaxed: false }) as Document) : {};

/** The chosen fields of these documents, each with its size; what is much too large stays there. */
export const readPipeline = (options: FeedOptions, ids: readonly unknown[]): Document[] => [
  { $match: { $and: [{ _id: { $in: ids } }, filterOf(options)] } },
  ...(options.fields ? [{ $project: projection(options.fields) }] : []),
  { $project: { _id: 0, document: '$$ROOT', size: { $bsonSize: '$$ROOT' } } },
  {
    $project: {
      size: 1,
      key: { _id: '$document._id' },
      document: { $cond: [{ $gt: ['$size', LARGEST_BSON] }, '$$REMOVE', '$document'] },
    },
  },
];
