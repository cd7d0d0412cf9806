import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { createGenerations, recordCollection } from '#libs/catalog';
import { deliveryStreamOf } from '#libs/contracts';
import { deliveriesCollection, type DeliveryRecord } from '#libs/intake';
import { utf8, type JsonObject } from '#libs/kernel';
import type { Parts } from '#libs/platform';
import type { Collection } from '#libs/ports/documents';

import { Comparison, expectNothingLost, nothing, type Findings } from './harness/comparison.js';
import { EmbeddedTopology } from './harness/embedded-topology.js';
import { randomFrom } from './harness/history.js';
import { killWhilePosting } from './harness/kills.js';
import { until } from './harness/outside.js';
import type { Plant } from './harness/planted.js';
import { Senders, type Answered } from './harness/senders.js';

const ROUNDS = 10;

/** A few kills at a time, until it shows: how soon depends on where the kills fall. */
const found = async (planted: Plant, shows: (findings: Findings) => boolean): Promise<Findings> => {
  const topology = new EmbeddedTopology({ PLANTED: planted });
  try {
    await topology.start();
    const random = randomFrom(7);
    const senders = new Senders(topology.token, random, () => topology.door);
    await topology.kill();
    let last = nothing;
    for (let round = 0; round < ROUNDS && !shows(last); round++)
      last = (await killWhilePosting({ topology, senders, random, count: 5 })).at(-1) ?? nothing;
    return last;
  } finally {
    await topology.kill();
    topology.dispose();
  }
};

describe('a fault planted in the platform that is killed', () => {
  it('is found: deliveries that are acknowledged before they are taken in are answered and not kept', async () => {
    const { lost } = await found('loss', (findings) => findings.lost.length > 0);
    expect(lost).not.toEqual([]);
  }, 180_000);

  it('is found: a fact whose id is another after each start is there twice, and no delivery gave the second', async () => {
    const isThere = ({ doubled, unclaimed }: Findings) =>
      doubled.some((id) => unclaimed.includes(id));
    const findings = await found('doubling', isThere);
    expect(findings.lost).toEqual([]);
    expect(isThere(findings)).toBe(true);
  }, 180_000);
});

describe('a store that somebody has changed by hand', () => {
  const topology = new EmbeddedTopology();
  const answered: Answered[] = [];

  beforeAll(async () => {
    await topology.start();
    const senders = new Senders(topology.token, randomFrom(7), () => topology.door);
    senders.start(8);
    await until('there is something to change', async () => senders.answered.length > 40);
    await senders.stop();
    await topology.drained();
    answered.push(...new Map(senders.answered.map((one) => [one.id, one])).values());
  }, 60_000);

  afterAll(() => topology.dispose());

  it('is found, thing by thing, by who reads everything', () =>
    topology.inspect(async (parts) => {
      const early = new Comparison();
      expect(await early.look(parts, answered)).toEqual(nothing);

      const [lost, changed, missing] = answered.map(({ id }) => id);
      if (!lost || !changed || !missing) throw new Error('there is too little');
      const facts = await factsOf(parts, lost);
      await parts.documents.remove(deliveriesCollection, [lost]);
      await rewrite(parts, deliveriesCollection, changed, {
        bytes: await resealed(parts, changed),
      });
      await rewrite(parts, deliveriesCollection, missing, { body: { facts: ['nowhere'] } });
      const calls = recordCollection('call', await createGenerations(parts).live());
      const record = (await parts.documents.query(calls, { limit: 1 })).items[0]?.id ?? '';
      await rewrite(parts, calls, record, { body: { direction: 'sideways' } });

      const whole = await new Comparison().look(parts, answered);
      expect(whole).toMatchObject({ lost: [lost], changed: [changed], missing: ['nowhere'] });
      expect(whole.unclaimed).toEqual(expect.arrayContaining([...facts]));
      expect(whole.differing.map(({ name }) => name)).toEqual([`call/${record}`]);
      // Who has looked before looks at what is new, and at the records. So there is a whole look at the end.
      expect(await early.look(parts, answered)).toEqual({ ...nothing, differing: whole.differing });
      await expect(expectNothingLost(parts, answered)).rejects.toThrow(lost);
    }));
});

const factsOf = async ({ documents }: Parts, id: string): Promise<readonly string[]> => {
  const [stored] = await documents.get(deliveriesCollection, [id]);
  return (stored?.body as unknown as DeliveryRecord).facts;
};

const resealed = async ({ keys, packer }: Parts, id: string): Promise<Uint8Array> => {
  const plain = packer.pack(utf8('{"event":"call.created"}'));
  const [sealed] = await keys.seal([{ stream: deliveryStreamOf(id), plain }]);
  return sealed ?? new Uint8Array();
};

const rewrite = async (
  { documents }: Parts,
  collection: Collection,
  id: string,
  change: { readonly body?: JsonObject; readonly bytes?: Uint8Array },
): Promise<void> => {
  const [stored] = await documents.get(collection, [id]);
  const { version: _version, fence, ...document } = stored ?? { version: 0, id, body: {} };
  const body = { ...(document.body as JsonObject), ...change.body };
  const later = { era: fence?.era ?? 0, position: (fence?.position ?? 0) + 1 };
  await documents.put(collection, [{ ...document, ...change, body, fence: later }]);
};
