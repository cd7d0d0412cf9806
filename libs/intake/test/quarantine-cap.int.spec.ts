import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { digest } from '#libs/adapters/node-crypto';
import { SqliteDatabase, sqliteDocuments, sqliteKeys } from '#libs/adapters/sqlite';
import { encodeDelivery, type Delivery } from '#libs/contracts';
import { createQuarantine, ENTRY_OVERHEAD, readQuarantine } from '#libs/intake';
import { derivedId, Secret, utf8 } from '#libs/kernel';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import {
  CURRENT,
  DAY,
  incompressible,
  intakeOn,
  openIntake,
  quarantined,
  type IntakeWorld,
} from './intake-world.js';

/** So much is beside the body of each entry of this spec: its head, its seal, its row. */
const BESIDE = ENTRY_OVERHEAD + 300;
const ROOM = 10 * 1000 + 10 * BESIDE;

let world: IntakeWorld;
beforeEach(async () => {
  world = await openIntake({ maxBytes: ROOM });
});
afterEach(() => world.close());

let made = 0;
/** What no codec makes smaller, and never the same twice. */
const sized = (bytes: number, headers: Record<string, string> = {}): Delivery => {
  made += 1;
  const body = incompressible(bytes + made).subarray(made);
  const receivedAt = world.clock.now();
  const id = derivedId(receivedAt, digest(utf8(`${made}`)));
  return { id, source: 'parrot', receivedAt, sourceTime: 0, headers, body };
};
const keep = (...deliveries: Delivery[]) => world.quarantine.keep(deliveries.map(encodeDelivery));
const idsKept = async () =>
  (await readQuarantine(world).list({ limit: 100 })).items.map(({ id }) => id);
const restarted = (options: Parameters<typeof intakeOn>[1] = {}) =>
  intakeOn(world, { maxBytes: ROOM, ...options });

describe('the cap of quarantine', () => {
  it('drops and counts what comes beyond it, and keeps what still fits', async () => {
    const [first, tooMuch, last] = [sized(14_000), sized(14_000), sized(1_000)];
    expect(await keep(first, tooMuch, last)).toEqual([undefined, undefined, undefined]);
    expect((await idsKept()).toSorted()).toEqual([first.id, last.id].toSorted());
    expect([world.quarantine.dropped(), world.dropped]).toEqual([1, ['cap']]);
  });

  it('counts headers as well as bodies', async () => {
    const header = () => Buffer.from(incompressible(10_000)).toString('base64');
    await keep(...[1, 2, 3].map(() => sized(2, { 'user-agent': header() + String(made) })));
    expect(await idsKept()).toHaveLength(2);
  });

  it('counts what each entry costs beside its bytes, so tiny ones fill it too', async () => {
    await keep(...Array.from({ length: 100 }, () => sized(2)));
    const most = ROOM / ENTRY_OVERHEAD;
    expect((await idsKept()).length).toBeLessThanOrEqual(most);
    expect(world.quarantine.dropped()).toBeGreaterThanOrEqual(100 - most);
  });

  it('does not fill from what the bus repeats, together or one by one', async () => {
    const delivery = sized(6_000);
    await keep(delivery, delivery, delivery);
    for (let i = 0; i < 5; i++) await keep(delivery);
    const others = [sized(6_000), sized(6_000)];
    await keep(...others);
    expect((await idsKept()).toSorted()).toEqual([delivery, ...others].map(({ id }) => id).sort());
  });

  it('counts what was there before this process started, headers and overhead too', async () => {
    const agent = Buffer.from(incompressible(10_000)).toString('base64');
    await keep(sized(2, { 'user-agent': agent }));
    const { quarantine } = restarted();
    await quarantine.keep([encodeDelivery(sized(16_000))]);
    expect(quarantine.dropped()).toBe(1);
    expect(await idsKept()).toHaveLength(1);
    for (let i = 0; i < 20; i++) await restarted().quarantine.keep([encodeDelivery(sized(2))]);
    expect((await idsKept()).length).toBeLessThan(1 + (ROOM - 10_000) / ENTRY_OVERHEAD);
  });

  it('has room again once what was kept has expired', async () => {
    await keep(sized(20_000));
    world.clock.pass(7 * DAY);
    const later = sized(20_000);
    await keep(later);
    expect(await idsKept()).toEqual([later.id]);
  });

  it('has room again after a drop and after a retry', async () => {
    const signed = () => sized(20_000, { 'webhook-signature': CURRENT });
    const [first, second, third] = [signed(), signed(), signed()];
    await keep(first);
    await world.quarantine.drop([first.id]);
    await keep(second);
    expect(await idsKept()).toEqual([second.id]);
    await keep(third);
    expect(world.quarantine.dropped()).toBe(1);
    expect(await world.quarantine.retry()).toEqual({ proved: 1, left: 0 });
    await keep(third);
    expect(await idsKept()).toEqual([third.id]);
  });

  it('makes no key for what it does not keep', async () => {
    const streams: string[] = [];
    const { seal } = world.keys;
    const keys: typeof world.keys = {
      ...world.keys,
      seal: (wanted) => {
        streams.push(...wanted.map(({ stream }) => stream));
        return seal.call(world.keys, wanted);
      },
    };
    const { quarantine, dropped } = intakeOn({ ...world, keys }, { maxBytes: ROOM });
    const [kept, tooLarge, tooMuch] = [sized(20_000), sized(900_000), sized(20_000)];
    await quarantine.keep([kept, tooLarge, tooMuch].map(encodeDelivery));
    expect(dropped.toSorted()).toEqual(['cap', 'size']);
    expect(streams).toEqual([`quarantine/${kept.id}`]);
  });
});

describe('what an entry is said to cost', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'quarantine-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it.each([
    ['2-byte bodies with the longest headers that are kept', 2, 200],
    ['bodies of 2 kB', 2_000, 20],
  ])('is what the embedded files grow by: %s', async (_, bytes, header) => {
    const file = (name: string) => join(folder, name);
    const database = new SqliteDatabase(file('innkeeper.db'));
    const masterKey = new Secret(digest(utf8('a master key of the specs')));
    const keys = sqliteKeys({ path: file('keys.db'), masterKey });
    const documents = sqliteDocuments({ database, clock: world.clock });
    let counted = 0;
    const put: typeof documents.put = (collection, entries) => {
      for (const { body } of entries) counted += (body as { stored: number }).stored;
      return documents.put(collection, entries);
    };
    const guard = { isDiskNearlyFull: () => false, onDropped: () => undefined };
    const stores = {
      keys,
      documents: { ...documents, query: documents.query.bind(documents), put },
    };
    const limits = { retentionMs: DAY, maxBytes: 1e9, guard, sources: new Map() };
    const quarantine = createQuarantine({ ...world, ...stores, ...limits });
    for (let batch = 0; batch < 20; batch++) {
      const some = Array.from({ length: 100 }, () =>
        sized(bytes, { 'user-agent': 'a'.repeat(header) }),
      );
      await quarantine.keep(some.map(encodeDelivery));
    }
    await database.close();
    keys.close();
    const grown = ['innkeeper.db', 'keys.db'].reduce(
      (sum, name) => sum + statSync(file(name)).size,
      0,
    );
    expect(counted).toBeGreaterThan(grown * 0.95);
  });
});

describe('a disk that is nearly full', () => {
  it('keeps nothing of strangers at the door, refuses them all the same, and takes providers', async () => {
    let full = true;
    const door = restarted({ isDiskNearlyFull: () => full });
    const unproved = { headers: { 'webhook-signature': 'a guess' } };
    const refused = { outcome: 'refused', code: 'INTAKE_TOKEN_INVALID' };
    expect(await door.receive(unproved)).toEqual({ ...refused, quarantined: false });
    expect(await quarantined(world)).toEqual([]);
    expect(door.dropped).toEqual(['disk']);
    const proved = await door.receive({ headers: { 'webhook-signature': CURRENT } });
    expect(proved).toMatchObject({ outcome: 'received' });
    full = false;
    expect(await door.receive(unproved)).toEqual({ ...refused, quarantined: true });
  });

  it('keeps nothing that came from the bus, and counts it', async () => {
    let full = true;
    const { quarantine, dropped } = restarted({ isDiskNearlyFull: () => full });
    const message = encodeDelivery(sized(2));
    expect(await quarantine.keep([message])).toEqual([undefined]);
    expect([await idsKept(), quarantine.dropped(), dropped]).toEqual([[], 1, ['disk']]);
    full = false;
    await quarantine.keep([message]);
    expect(await idsKept()).toHaveLength(1);
  });
});
