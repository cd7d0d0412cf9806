import type { Collection } from 'mongodb';

import type { Leases, LeaseState } from '#libs/ports/documents';

import type { MongoDatabase } from './database.js';

interface LeaseDocument {
  /** The lease's name. */
  readonly _id: string;
  readonly holder: string;
  readonly term: number;
  readonly expiresAt: Date;
}

/** The server's own clock; what a client thinks the time is takes no part. */
const NOW = '$$NOW';

export const mongodbLeases = ({ database }: { readonly database: MongoDatabase }): Leases =>
  new LeasesInMongodb(database);

class LeasesInMongodb implements Leases {
  readonly #leases: Collection<LeaseDocument>;

  constructor(private readonly database: MongoDatabase) {
    this.#leases = database.collection<LeaseDocument>('leases');
  }

  async acquire(name: string, holder: string, ttlMs: number): Promise<LeaseState | undefined> {
    const lease = await this.#run(() =>
      this.#leases.findOneAndUpdate({ _id: name }, takenBy(holder, ttlMs), {
        upsert: true,
        returnDocument: 'after',
      }),
    );
    if (lease?.holder !== holder) return undefined;
    return { name, holder, term: lease.term, expiresInMs: ttlMs };
  }

  async renew(name: string, holder: string, term: number, ttlMs: number): Promise<boolean> {
    return this.#change(name, holder, term, { $add: [NOW, ttlMs] });
  }

  async release(name: string, holder: string, term: number): Promise<void> {
    await this.#change(name, holder, term, NOW);
  }

  list(): Promise<readonly LeaseState[]> {
    return this.#run(() =>
      this.#leases
        .aggregate<LeaseState>([
          { $match: { $expr: { $gt: ['$expiresAt', NOW] } } },
          { $sort: { _id: 1 } },
          {
            $project: {
              ...{ _id: 0, name: '$_id', holder: 1, term: 1 },
              expiresInMs: { $toDouble: { $subtract: ['$expiresAt', NOW] } },
            },
          },
        ])
        .toArray(),
    );
  }

  /** Sets the end of a lease that this holder still has with this term; `false` when it has not. */
  async #change(name: string, holder: string, term: number, expiresAt: unknown): Promise<boolean> {
    const { matchedCount } = await this.#run(() =>
      this.#leases.updateOne({ _id: name, holder, term, $expr: { $gt: ['$expiresAt', NOW] } }, [
        { $set: { expiresAt } },
      ]),
    );
    return matchedCount === 1;
  }

  #run<T>(work: () => Promise<T>): Promise<T> {
    return this.database.run('DOCUMENTS_UNAVAILABLE', work);
  }
}

/** Takes what is free, expired or the holder's own, and leaves anything else as it is: one statement. */
const takenBy = (holder: string, ttlMs: number) => {
  const mine = { $literal: holder };
  const free = {
    $or: [{ $lte: [{ $ifNull: ['$expiresAt', new Date(0)] }, NOW] }, { $eq: ['$holder', mine] }],
  };
  const when = (value: unknown, otherwise: string) => ({ $cond: ['$free', value, otherwise] });
  return [
    { $set: { free } },
    {
      $set: {
        holder: when(mine, '$holder'),
        term: when({ $add: [{ $ifNull: ['$term', 0] }, 1] }, '$term'),
        expiresAt: when({ $add: [NOW, ttlMs] }, '$expiresAt'),
      },
    },
    { $unset: 'free' },
  ];
};
