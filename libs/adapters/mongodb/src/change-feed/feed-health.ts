import type { Timestamp } from 'mongodb';

import { Fault } from '#libs/kernel';
import type { FeedHealth, FeedObstacle } from '#libs/ports/change-feed';

import { watchPipeline } from './feed-pipelines.js';
import type { FollowedSource } from './followed-source.js';

/** Tries what following takes, and says what it met. It throws only where nobody answers. */
export const examined = async (source: FollowedSource): Promise<FeedHealth> => {
  const info = await unlessForbidden(source.info());
  const settings = [...(await settingsOf(source)), ...kindOf(source, info?.type)];
  // What is no followable collection answers as if it were forbidden.
  const refused = settings.length > 0 ? [] : await refusedRights(source);
  const historyMs = await unlessForbidden(historyOf(source));
  const obstacles = [
    ...settings,
    ...refused,
    ...(refused.length > 0 || info ? [] : [absent(source)]),
    ...(historyMs === undefined ? [unknownHistory] : []),
  ];
  return {
    obstacles,
    preImages: info?.preImages ?? false,
    ...(historyMs !== undefined && { historyMs }),
  };
};

const nameOf = ({ options: { database, collection } }: FollowedSource): string =>
  `${database}.${collection}`;

const settingsOf = async (source: FollowedSource): Promise<FeedObstacle[]> => {
  const hello = await source.run(() => source.db.admin().command({ hello: 1 }));
  if (hello['setName'] !== undefined || hello['msg'] === 'isdbgrid') return [];
  const text =
    'That MongoDB is a single server. Only a replica set tells changes: start it with `--replSet`; one member is enough.';
  return [{ kind: 'setting', text }];
};

const refusedRights = async (source: FollowedSource): Promise<FeedObstacle[]> => {
  const { collection, db, options } = source;
  const tried: Readonly<Record<string, () => Promise<unknown>>> = {
    find: () => collection.findOne({}, { projection: { _id: 1 } }),
    changeStream: async () => {
      const pipeline = [{ $changeStream: {} }, ...watchPipeline(options)];
      const stream = db.runCursorCommand({
        ...{ aggregate: options.collection, pipeline, cursor: { batchSize: 0 } },
      });
      try {
        await stream.tryNext();
      } finally {
        await stream.close();
      }
    },
  };
  const refused: FeedObstacle[] = [];
  for (const [right, work] of Object.entries(tried)) {
    const isRefused = await source.run(work).then(() => false, isForbidden);
    if (isRefused) refused.push({ kind: 'right', text: missingRight(source, right) });
  }
  return refused;
};

const isForbidden = (error: unknown): boolean => {
  if (error instanceof Fault && error.code === 'CAPTURE_FORBIDDEN') return true;
  throw error;
};

const unlessForbidden = <T>(asked: Promise<T>): Promise<T | undefined> =>
  asked.catch((error: unknown) => {
    isForbidden(error);
    return undefined;
  });

const missingRight = (source: FollowedSource, right: string): string =>
  `In that MongoDB our user has no right to \`${right}\` on ${nameOf(source)}. Its role \`read\` on the database ${source.options.database} has it.`;

const absent = (source: FollowedSource): FeedObstacle => ({
  kind: 'place',
  text: `That MongoDB has no collection ${nameOf(source)}.`,
});

const kindOf = (source: FollowedSource, type = 'collection'): FeedObstacle[] =>
  type === 'collection'
    ? []
    : [
        {
          kind: 'setting',
          text: `${nameOf(source)} is a ${type}. Only a collection can be followed.`,
        },
      ];

const unknownHistory: FeedObstacle = {
  kind: 'advice',
  text: 'We may not read how long that MongoDB keeps its history. Look there with `rs.printReplicationInfo()`: an absence longer than this makes us read all again.',
};

interface OplogEntry {
  readonly ts: Timestamp;
}

/** The span of the oplog, from its first entry to its last. */
const historyOf = (source: FollowedSource): Promise<number | undefined> => {
  const oplog = source.database.named('local').collection<OplogEntry>('oplog.rs');
  const at = (natural: 1 | -1) =>
    oplog.findOne({}, { sort: { $natural: natural }, projection: { ts: 1 } });
  return source.run(async () => {
    const [first, last] = await Promise.all([at(1), at(-1)]);
    return first && last ? (last.ts.t - first.ts.t) * 1000 : undefined;
  });
};
