import { fault, Secret, utf8, type Clock } from '#libs/kernel';
import { createKnownSecrets, createTallies } from '#libs/operations';
import type { Documents } from '#libs/ports/documents';
import { openEmbedded, type EmbeddedParts } from '#libs/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** A little after an hour has begun, and far from the end of a slot. */
const NOON = Date.UTC(2026, 8, 14, 12, 1);

let parts: EmbeddedParts;
let now: number;
const clock: Clock = { now: () => now };

beforeEach(async () => {
  parts = await openEmbedded();
  now = NOON;
});
afterEach(() => parts.close());

const talliesOn = (documents: Documents = parts.documents) => createTallies({ documents, clock });
const told = async (source = 'aircall') => (await talliesOn().told([source]))[0];

describe('tallies of a source', () => {
  it('tell the last hour and the last day apart, and forget what is older', async () => {
    const tallies = talliesOn();
    for (const [ago, many] of [
      [25 * HOUR, 1000],
      [23 * HOUR, 100],
      [61 * MINUTE, 10],
      [49 * MINUTE, 2],
      [0, 1],
    ] as const) {
      now = NOON - ago;
      tallies.count('aircall', 'taken', many);
    }
    now = NOON;
    await tallies.write();
    const { hour, day } = (await told()) ?? {};
    expect([hour?.taken, day?.taken]).toEqual([3, 113]);
  });

  it('are told by code where something was refused, each source by itself', async () => {
    const tallies = talliesOn();
    tallies.count('aircall', 'refused.INTAKE_TOKEN_INVALID', 3);
    tallies.count('aircall', 'refused.INTAKE_BUS_UNAVAILABLE');
    tallies.count('guesty', 'repeated', 7);
    await tallies.write();
    const [aircall, guesty, never] = await tallies.told(['aircall', 'guesty', 'rocketchat']);
    expect(aircall?.day.refused).toEqual({ INTAKE_TOKEN_INVALID: 3, INTAKE_BUS_UNAVAILABLE: 1 });
    expect([aircall?.day.repeated, guesty?.day.repeated]).toEqual([0, 7]);
    expect(never).toEqual({ hour: never?.day, day: never?.hour });
  });

  it('remember the last canary, which leaves nothing else', async () => {
    const tallies = talliesOn();
    tallies.count('aircall', 'canaries');
    await tallies.write();
    now += 3 * HOUR;
    expect((await told())?.lastCanary).toBe(NOON);
  });

  it('add up what several replicas count at once', async () => {
    const replicas = [talliesOn(), talliesOn(), talliesOn()];
    for (let round = 0; round < 5; round++) {
      for (const one of replicas) one.count('aircall', 'taken');
      await Promise.all(replicas.map((one) => one.write()));
    }
    expect((await told())?.hour.taken).toBe(15);
  });

  it('keep what could not be written for the next time, and write nothing twice', async () => {
    let down = true;
    const documents: Documents = {
      ...parts.documents,
      get: (...asked) => parts.documents.get(...asked),
      swap: (...asked) =>
        down && asked[1].id.startsWith('guesty')
          ? Promise.reject(fault('DOCUMENTS_UNAVAILABLE'))
          : parts.documents.swap(...asked),
    };
    const tallies = talliesOn(documents);
    for (const source of ['aircall', 'guesty', 'rocketchat']) tallies.count(source, 'taken');
    await expect(tallies.write()).rejects.toMatchObject({ code: 'DOCUMENTS_UNAVAILABLE' });
    tallies.count('guesty', 'taken');
    down = false;
    await tallies.write();
    await tallies.write();
    const all = await tallies.told(['aircall', 'guesty', 'rocketchat']);
    expect(all.map(({ day }) => day.taken)).toEqual([1, 2, 1]);
  });
});

describe('known secrets', () => {
  const makeKey = () => utf8('a key of thirty-two bytes or less');
  const known = () => createKnownSecrets({ ...parts, clock, makeKey });
  const [first, second] = [new Secret('the first secret'), new Secret('the second secret')];

  it('say since when each is live, also after a rotation and for who asks anew', async () => {
    expect(await known().seen('aircall', [first])).toEqual([NOON]);
    now += HOUR;
    expect(await known().seen('aircall', [second, first])).toEqual([NOON + HOUR, NOON]);
    now += HOUR;
    expect(await known().seen('aircall', [second])).toEqual([NOON + HOUR]);
    expect(await known().seen('guesty', [first])).toEqual([now]);
  });

  it('keep nothing of a secret, nor what a guess could be tested with', async () => {
    const kept: string[] = [];
    const documents: Documents = {
      ...parts.documents,
      get: (...asked) => parts.documents.get(...asked),
      put: (collection, all) => {
        kept.push(JSON.stringify([collection, all]));
        return parts.documents.put(collection, all);
      },
      swap: (...asked) => {
        kept.push(...[JSON.stringify(asked), String(asked[1].bytes)]);
        return parts.documents.swap(...asked);
      },
    };
    await createKnownSecrets({ ...parts, documents, clock, makeKey }).seen('aircall', [first]);
    expect(kept).toHaveLength(3);
    const [digest] = await parts.hash([utf8(`aircall\0${first.reveal()}`)]);
    const guess = Buffer.from(digest ?? [])
      .toString('hex')
      .slice(0, 16);
    for (const hidden of [first.reveal(), guess, String(makeKey())])
      expect(kept.join()).not.toContain(hidden);
  });

  it('are seen at the same time by two replicas that begin together', async () => {
    const seen = await Promise.all([
      known().seen('aircall', [first, second]),
      known().seen('aircall', [first, second]),
    ]);
    expect(seen).toEqual([
      [NOON, NOON],
      [NOON, NOON],
    ]);
    now += HOUR;
    expect(await known().seen('aircall', [second])).toEqual([NOON]);
  });

  it('are not told where the key of their fingerprints is destroyed, rather than told wrong', async () => {
    await known().seen('aircall', [first]);
    now += HOUR;
    await parts.keys.destroy(['operations/known-secrets'], now);
    await expect(known().seen('aircall', [first])).rejects.toMatchObject({
      code: 'KEYS_UNAVAILABLE',
    });
  });
});
