import { setTimeout as delay } from 'node:timers/promises';

import { afterAll, beforeAll, expect, it } from '@jest/globals';

import type { ErasureAnswer } from '#libs/routes';
import { describePeer, describePeers } from '#libs/testing';

import { FindingWorld } from './harness/finding-world.js';
import {
  guestPosts,
  guestStream,
  sharedMessageStream,
  sharedStream,
} from './harness/guest-posts.js';
import { random, seed } from './harness/killing.js';
import { marksIn } from './harness/marks.js';
import { until } from './harness/outside.js';

const KEYS = 'Where does the silver key hang?';
/** About what the marked guest wrote, in no word that is a mark. */
const WELCOME = 'Who is welcome, the guest asks?';
/** For starting processes and following three servers on a busy machine. */
const PATIENCE_MS = 600_000;

const holds = (word: string) => (text: string) => text.includes(word);

interface Apart {
  /** Where the index is a server: it can stand still while others answer. */
  readonly indexerAlone: boolean;
}

const findsNothingGone = (open: () => Promise<FindingWorld>, { indexerAlone }: Apart): void => {
  let world: FindingWorld;
  /** Words that nobody may meet any more. */
  const gone: string[] = [];
  const goneIn = (text: string) => [
    ...marksIn(text),
    ...gone.filter((word) => text.includes(word)),
  ];
  const remove = async (note: string): Promise<void> => {
    expect((await world.at('operator').delete(`/api/notes/${note}`)).status).toBe(200);
    await until(`${note} is removed`, async () => {
      const { json } = await world.at('viewer').get(`/api/records/note/${note}`);
      return (json as { deleted?: boolean } | undefined)?.deleted !== false;
    });
  };
  const isRecord = (note: string) =>
    until(`${note} is a record`, async () => {
      return (await world.at('viewer').get(`/api/records/note/${note}`)).status === 200;
    });

  beforeAll(async () => {
    world = await open();
    await world.start();
  }, PATIENCE_MS);
  afterAll(() => world.stop(), PATIENCE_MS);

  it(
    'a removed note is found by nobody once it is out of the lists',
    async () => {
      const note = await world.write('attic', 'zephyrquill');
      await world.isShown(KEYS, holds('zephyrquill'));
      await remove(note);
      gone.push('zephyrquill');
      expect(goneIn(await world.shown(KEYS))).toEqual([]);
    },
    PATIENCE_MS,
  );

  it(
    'an erased note is found by nobody from the answer of the erasure on',
    async () => {
      const note = await world.write('cellar', 'brackenwold');
      await world.isShown(KEYS, holds('brackenwold'));
      await world.erase(`note/${note}`);
      gone.push('brackenwold');
      expect(goneIn(await world.shown(KEYS))).toEqual([]);
    },
    PATIENCE_MS,
  );

  it(
    'an erased guest’s words are found by nobody from the answer of the erasure on',
    async () => {
      for (const post of await guestPosts()) expect((await world.deliver(post)).status).toBe(200);
      await world.isShown(WELCOME, (text) => marksIn(text).length > 0);
      const { json } = await world.at('admin').post('/api/erasures', { target: guestStream });
      const finds = (json as ErasureAnswer).finds.map(({ stream }) => stream);
      await world.erase(guestStream, [...finds, sharedStream, sharedMessageStream]);
      expect(goneIn(await world.shown(WELCOME))).toEqual([]);
    },
    PATIENCE_MS,
  );

  it(
    'a note that moved to another home is found about that one alone',
    async () => {
      const loft = await world.addHome('Harbour Loft', 'a');
      const mill = await world.addHome('Castle Mill', 'b');
      const aboutLoft = () => world.searchAbout('silver key', 'Harbour Loft', loft);
      const aboutMill = () => world.searchAbout('silver key', 'Castle Mill', mill);
      const moveTo = (home: string) =>
        until(`${home} can have notes`, () =>
          world.write('garden', 'marrowfen', home).catch(() => undefined),
        );
      await moveTo(loft);
      await until('it is found', async () => holds('marrowfen')(await aboutLoft()));
      await moveTo(mill);
      await until('it moved', async () => holds('marrowfen')(await aboutMill()));
      expect(await aboutLoft()).not.toContain('marrowfen');
    },
    PATIENCE_MS,
  );

  if (indexerAlone)
    it(
      `what goes while the indexer stands still is found at no time (INNKEEPER_TEST_SEED=${seed})`,
      async () => {
        for (let i = 0; i < 6; i++) {
          const word = `thistle${i}brook`;
          const note = await world.write(`shed-${i}`, word);
          await isRecord(note);
          // In the middle of its write, before it or after it.
          await delay(random() * 200);
          world.pauseIndexer();
          await (i % 2 === 0 ? world.erase(`note/${note}`) : remove(note));
          gone.push(word);
          expect(goneIn(await world.shown(KEYS))).toEqual([]);
          world.resumeIndexer();
          expect(goneIn(await world.shown(KEYS))).toEqual([]);
        }
      },
      PATIENCE_MS,
    );

  it(
    'what is there is found still, and the index is as the records are',
    async () => {
      await world.write('porch', 'larkspur');
      await world.isShown(KEYS, holds('larkspur'));
      await until('the index is as the records are', () => world.isIndexEqual());
      const all = `${await world.shown(KEYS)}\n${await world.shown(WELCOME)}`;
      expect(goneIn(all)).toEqual([]);
      expect(all).toContain('larkspur');
    },
    PATIENCE_MS,
  );
};

describePeers(
  ['mongodb', 'pubsub-fake'],
  'who folds and erases in one process, who indexes and answers in another',
  (mongodb, pubsub) => {
    findsNothingGone(
      async () => {
        const [{ url }, { host }] = await Promise.all([mongodb.shared(), pubsub.shared()]);
        return new FindingWorld({ mongodbUrl: url, pubsubHost: host });
      },
      { indexerAlone: false },
    );
  },
);

describePeer('qdrant', 'who folds, who indexes and who answers in one process each', (qdrant) => {
  describePeers(['mongodb', 'pubsub-fake'], 'on servers', (mongodb, pubsub) => {
    findsNothingGone(
      async () => {
        const [{ url }, { host }, index] = await Promise.all([
          mongodb.shared(),
          pubsub.shared(),
          qdrant.shared(),
        ]);
        return new FindingWorld({ mongodbUrl: url, pubsubHost: host }, index.host);
      },
      { indexerAlone: true },
    );
  });
});
