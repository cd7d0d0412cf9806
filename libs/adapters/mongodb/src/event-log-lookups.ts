import type { Id } from '#libs/kernel';
import { streamKey, type DraftFact, type Head } from '#libs/ports/event-log';

import {
  bytesOf,
  ID_INDEX,
  idBinary,
  idText,
  KEY_INDEX,
  type CommitCollection,
} from './event-log-documents.js';
import type { AppendItem, KnownFacts } from './event-log-plan.js';

/** Questions a writer asks before or between attempts. All with majority reads. */
export class LogLookups {
  constructor(private readonly commits: CommitCollection) {}

  async head(): Promise<Head | undefined> {
    const last = await this.commits.findOne(
      {},
      { sort: { _id: -1 }, projection: { count: 1, era: 1, hash: 1 } },
    );
    if (!last) return undefined;
    return { era: last.era, position: last._id + last.count - 1, hash: bytesOf(last.hash) };
  }

  /** Adds what the store holds of these items: where known ids stand, and how far decided streams are. */
  async learn(known: KnownFacts, items: readonly AppendItem[]): Promise<void> {
    const ids = items.flatMap(draftsOf).map(({ id }) => id);
    const streams = new Map<string, number>();
    for (const item of items)
      if (item.kind === 'decide' && !streams.has(item.stream))
        streams.set(item.stream, known.versions.get(item.stream) ?? item.expectedVersion);
    await Promise.all([
      this.#learnIds(known, ids),
      ...[...streams].map(async ([stream, hint]) => {
        known.versions.set(stream, await this.version(stream, hint));
      }),
    ]);
  }

  async #learnIds(known: KnownFacts, ids: readonly Id[]): Promise<void> {
    if (ids.length === 0) return;
    const wanted = new Set(ids);
    const holders = this.commits
      .find({ 'facts.id': { $in: ids.map(idBinary) } })
      .hint(ID_INDEX)
      .project<{ _id: number; facts: readonly { id: Parameters<typeof idText>[0] }[] }>({
        'facts.id': 1,
      });
    for await (const { _id, facts } of holders)
      facts.forEach(({ id }, i) => {
        const text = idText(id);
        if (wanted.has(text)) known.ids.set(text, _id + i);
      });
  }

  /**
   * The latest version of a decided stream, near a guess. Versions are dense, so single look-ups in the
   * unique index find it; sorting on a multikey path would walk the whole stream.
   */
  async version(stream: string, guess: number): Promise<number> {
    let low = 0;
    let high = Number.POSITIVE_INFINITY;
    for (let probe = Math.max(1, guess), stride = 1; high - low > 1;) {
      if (await this.#holds(stream, probe)) low = probe;
      else high = probe;
      // Upwards from the guess in growing strides until a version is missing, then by halves.
      probe = high === Number.POSITIVE_INFINITY ? low + stride : (low + high) >> 1;
      stride *= 2;
    }
    return low;
  }

  async #holds(stream: string, version: number): Promise<boolean> {
    const found = await this.commits.findOne(
      { 'facts.key': streamKey(stream, version) },
      { projection: { _id: 1 }, hint: KEY_INDEX },
    );
    return found !== null;
  }
}

const draftsOf = (item: AppendItem): readonly DraftFact[] => {
  switch (item.kind) {
    case 'observe':
      return [item.draft];
    case 'decide':
      return item.facts;
    case 'era':
      return [];
  }
};
