import { readFileSync } from 'node:fs';
import { setTimeout as turnOfTheNetwork } from 'node:timers/promises';

import { nodeOutbound } from '#libs/adapters/outbound';
import { sqliteLeases, SqliteDatabase } from '#libs/adapters/sqlite';
import { Secret } from '#libs/kernel';
import { repeating } from '#libs/ports/outbound';
import { FakeGuesty, openEmbedded } from '#libs/testing';

import { guestyApi, type GuestyApiOptions } from '../src/api/guesty-api.js';

type Thing = Record<string, unknown>;

const fixtures = new URL('../../../../test/fixtures/guesty/', import.meta.url);
export const sample = (name: string): Thing =>
  JSON.parse(readFileSync(new URL(`${name}.json`, fixtures), 'utf8')) as Thing;
export const firstOf = (name: string, key: string): Thing => {
  const [first] = sample(`api/${name}`)[key] as Thing[];
  if (!first) throw new Error(`nothing in ${name}`);
  return first;
};

const CREDENTIALS = { clientId: 'a-client', clientSecret: 'the-secret-of-the-client' };

/** The client as it runs, against the fake: real HTTP, embedded parts, time that is passed by hand. */
export const guestyWorld = async () => {
  const parts = await openEmbedded();
  const { clock, documents, keys } = parts;
  const leaseFile = new SqliteDatabase(':memory:');
  const leases = sqliteLeases({ database: leaseFile, clock });
  const fake = await FakeGuesty.start({ clock, ...CREDENTIALS });
  const raw = nodeOutbound({ allowed: ['127.0.0.0/8'] });
  // A test that waits for another's request waits for a real one, too.
  const sleep = async (ms: number): Promise<void> => {
    clock.pass(ms);
    await turnOfTheNetwork(2);
  };
  const outbound = repeating({
    outbound: raw,
    clock,
    sleep,
    random: () => 0.5,
    patienceMs: 61_000,
  });
  let started = 0;
  const replica = (over: Partial<GuestyApiOptions> = {}) =>
    guestyApi({
      ...{ outbound, documents, leases, keys, clock, sleep, account: 'main', url: fake.url },
      clientId: CREDENTIALS.clientId,
      clientSecret: new Secret(CREDENTIALS.clientSecret),
      holder: `replica ${++started}`,
      ...over,
    });
  return {
    ...{ clock, fake, documents, leases, keys, sleep, outbound, replica, api: replica() },
    close: async (): Promise<void> => {
      raw.close();
      await fake.close();
      await leaseFile.close();
      await parts.close();
    },
  };
};

export type GuestyWorld = Awaited<ReturnType<typeof guestyWorld>>;
