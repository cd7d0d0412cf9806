import { decodeDelivery, topics, type Delivery } from '#libs/contracts';
import { handInDelivery } from '#libs/intake';
import { textOf, utf8, webHash } from '#libs/kernel';
import { drained, listenerOf, openEmbedded, type EmbeddedParts } from '#libs/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

const note = (said: string, at: number, thing = 'loft.wifi') => ({
  source: 'notes',
  thing,
  said,
  body: utf8(`${said} at ${at}`),
  at,
});

describe('what an operator hands in', () => {
  let parts: EmbeddedParts;
  let published: () => Promise<readonly Delivery[]>;
  let handIn: ReturnType<typeof handInDelivery>;

  beforeEach(async () => {
    parts = await openEmbedded();
    handIn = handInDelivery({ ...parts, hash: webHash });
    const listener = listenerOf(topics.deliveries);
    published = async () =>
      (await drained(parts.bus, listener)).map(({ data }) => decodeDelivery(data));
  });
  afterEach(() => parts.close());

  it('is a delivery of its source, as of then', async () => {
    const { id, outcome } = await handIn(note('Wifi', 1_000));
    expect(outcome).toBe('received');
    const [delivery] = await published();
    expect(delivery).toMatchObject({ id, source: 'notes', receivedAt: 1_000, sourceTime: 1_000 });
    expect(textOf(delivery?.body ?? utf8(''))).toBe('Wifi at 1000');
  });

  it('is nothing new while it says the same', async () => {
    const first = await handIn(note('Wifi', 1_000));
    expect(await handIn(note('Wifi', 2_000))).toEqual({ id: first.id, outcome: 'unchanged' });
    expect(await published()).toHaveLength(1);
  });

  it('is told again when it says again what it said before the last change', async () => {
    for (const [i, said] of ['on', 'off', 'on'].entries()) await handIn(note(said, 1_000 + i));
    const ids = (await published()).map(({ id }) => id);
    expect(new Set(ids).size).toBe(3);
  });

  it('is told apart from another thing that says the same', async () => {
    await handIn(note('Wifi', 1_000));
    await handIn(note('Wifi', 1_000, 'mill.wifi'));
    expect(new Set((await published()).map(({ id }) => id)).size).toBe(2);
  });

  it('is new again to an older log that was put back', async () => {
    await handIn(note('Wifi', 1_000));
    await parts.log.beginEra((await parts.log.head()).era + 1);
    expect(await handIn(note('Wifi', 2_000))).toMatchObject({ outcome: 'received' });
  });

  it('is published before it is noted, so a crash in between repeats it', async () => {
    const { documents } = parts;
    const killed = handInDelivery({
      ...parts,
      hash: webHash,
      documents: {
        ...documents,
        get: documents.get.bind(documents),
        swap: () => Promise.reject(new Error('killed')),
      },
    });
    await expect(killed(note('Wifi', 1_000))).rejects.toThrow('killed');
    expect(await handIn(note('Wifi', 1_000))).toMatchObject({ outcome: 'received' });
    const ids = (await published()).map(({ id }) => id);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
  });
});
