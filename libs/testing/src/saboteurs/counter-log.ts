import { Binary, type Collection, type MongoClient } from 'mongodb';

import type { Clock } from '#libs/kernel';
import { NO_HASH, type DraftFact, type Observed, type StoredFact } from '#libs/ports/event-log';

interface FactDocument extends Omit<StoredFact, 'id' | 'position' | 'personal'> {
  readonly _id: number;
  readonly id: string;
  readonly personal?: Binary;
}

/**
 * What everybody writes first: `$inc` a counter, then insert at the number it gave. The writer with the smaller
 * number may insert later, and a reader that has gone past never comes back for it.
 */
export class CounterLog {
  readonly #facts: Collection<FactDocument>;
  readonly #counter: Collection<{ _id: string; position: number }>;

  constructor(
    client: MongoClient,
    name: string,
    private readonly clock: Clock,
  ) {
    const concerns = { writeConcern: { w: 'majority', journal: true } } as const;
    this.#facts = client.db(name).collection('facts', concerns);
    this.#counter = client.db(name).collection('counter', concerns);
  }

  observe(drafts: readonly DraftFact[]): Promise<readonly Observed[]> {
    return Promise.all(drafts.map((draft) => this.#append(draft)));
  }

  async #append({ personal, ...draft }: DraftFact): Promise<Observed> {
    const counted = await this.#counter.findOneAndUpdate(
      { _id: 'log' },
      { $inc: { position: 1 } },
      { upsert: true, returnDocument: 'after' },
    );
    const position = (counted?.position ?? 0) + 1;
    await this.#facts.insertOne({
      _id: position,
      ...draft,
      ...(personal && { personal: new Binary(personal) }),
      version: position,
      era: 0,
      recordedAt: this.clock.now(),
    });
    return { outcome: 'appended', position };
  }

  async read(after: number, limit: number): Promise<readonly StoredFact[]> {
    const found = await this.#facts
      .find({ _id: { $gt: after } })
      .sort({ _id: 1 })
      .limit(limit)
      .toArray();
    return found.map(({ _id, personal: _, ...fact }) => ({ ...fact, position: _id }));
  }

  async wake(): Promise<void> {
    await this.#counter.findOne({ _id: 'log' });
  }

  async head() {
    const last = await this.#facts.findOne({}, { sort: { _id: -1 } });
    return { era: 0, position: last?._id ?? 1, hash: NO_HASH };
  }
}
