import { compress, digest, expand, nodeHash } from '#libs/adapters/node-crypto';
import {
  sqliteBus,
  SqliteDatabase,
  sqliteDocuments,
  sqliteEventLog,
  sqliteKeys,
} from '#libs/adapters/sqlite';
import { allSubscriptions, allTopics, type Subscription, type Topic } from '#libs/contracts';
import { createJournal } from '#libs/journal';
import { Secret, utf8 } from '#libs/kernel';
import type { Bus, Message } from '#libs/ports/bus';

/** Some Monday in September; moved by hand, so that retention and fences can be told apart. */
export class ManualClock {
  #now = Date.UTC(2026, 8, 14, 9);
  readonly now = (): number => this.#now;
  readonly pass = (ms: number): void => void (this.#now += ms);
}

/** Who listens to a topic that no role of ours consumes. */
export const listenerOf = (topic: Topic): Subscription => ({
  name: `${topic.name}--spec`,
  topic,
  consumer: 'spec',
  role: 'spec',
  batch: 256,
  ackDeadlineSeconds: 60,
  backoff: { first: 500, most: 60_000 },
  attempts: 5,
});

/** Takes off a subscription everything that waits there now. */
export const drained = async (bus: Bus, subscription: Subscription): Promise<Message[]> => {
  const waiting = (await bus.backlog(subscription))?.waiting ?? 0;
  const taken: Message[] = [];
  if (waiting === 0) return taken;
  const all = Promise.withResolvers<void>();
  const consumption = await bus.consume(subscription, async (messages) => {
    taken.push(...messages);
    if (taken.length >= waiting) all.resolve();
    return messages.map(() => ({ outcome: 'done' }));
  });
  await all.promise;
  await consumption.close();
  return taken;
};

export type EmbeddedParts = Awaited<ReturnType<typeof openEmbedded>>;

/** The real embedded adapters in memory, for specs of contexts: what one process has, and no role of it. */
export const openEmbedded = async () => {
  const clock = new ManualClock();
  const database = new SqliteDatabase(':memory:');
  const bus = sqliteBus({ database, clock });
  await bus.create(allTopics, [...allSubscriptions, ...allTopics.map(listenerOf)]);
  const masterKey = new Secret(digest(utf8('a master key of the specs')));
  const keys = sqliteKeys({ path: ':memory:', masterKey });
  const log = sqliteEventLog({ database, clock });
  return {
    clock,
    log,
    keys,
    bus,
    documents: sqliteDocuments({ database, clock }),
    journal: createJournal({ log, keys }),
    hash: nodeHash,
    packer: { pack: compress, unpack: expand },
    close: async (): Promise<void> => {
      await bus.close();
      await database.close();
      keys.close();
    },
  };
};
