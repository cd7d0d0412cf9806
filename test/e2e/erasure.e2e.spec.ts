import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { subscriptions } from '#libs/contracts';
import { describePeers } from '#libs/testing';

import { DistributedWorld, EmbeddedWorld, type ErasureWorld } from './harness/erasure-world.js';
import { isOfColleague, markedBody, marksIn } from './harness/marks.js';
import { knock, Operator, until } from './harness/outside.js';

const CONTACT = 'aircall.main.77120045';
const CALL = 'aircall.main.4190001001';

interface Plan {
  readonly erased: boolean;
  readonly streams: readonly string[];
  readonly deliveries: readonly string[];
  readonly facts: number;
  readonly position?: number;
  readonly refolded?: boolean;
  readonly looked?: { readonly records: number; readonly left: readonly object[] };
}

const forgetting = (open: () => Promise<ErasureWorld>): void => {
  let world: ErasureWorld;
  let admin: Operator;
  let operator: Operator;
  let bodies: string[];
  let before: ReadonlyMap<number, string>;
  let plan: Plan;
  let erasure: Plan;

  const send = async (body: string): Promise<string> => {
    const { status, json } = await knock(world.door, body);
    expect(status).toBe(200);
    return (json as { id: string }).id;
  };

  /** All that was sent is in facts, all facts are in records. */
  const settled = (deliveries: readonly string[]) =>
    until('everything is in records', async () => {
      for (const id of deliveries)
        if ((await operator.get(`/api/deliveries/${id}`)).status !== 200) return false;
      const { json } = await operator.get('/api/doctor');
      const { consumers } = json as { consumers: { behind?: number }[] };
      return consumers.every(({ behind = 0 }) => behind === 0);
    });

  const handledByIntake = async (): Promise<number> => {
    const { text } = await new Operator(() => world.door, world.signingKey, 'viewer').get(
      '/metrics',
    );
    const { name } = subscriptions.intakeOfDeliveries;
    const counted = text
      .split('\n')
      .find((line) => line.includes(`subscription="${name}",outcome="done"`));
    return Number(counted?.split(' ').at(-1) ?? 0);
  };

  const erase = async (target: string, confirm: boolean): Promise<Plan> => {
    const { status, json } = await admin.post('/api/erasures', { target, confirm });
    expect(status).toBeLessThan(300);
    return json;
  };

  const shownOf = async (...paths: string[]): Promise<string[]> => {
    const answers = await Promise.all(paths.map((path) => operator.get(path)));
    return answers.flatMap(({ text }) => marksIn(text)).filter((mark) => !isOfColleague(mark));
  };

  const everywhereShown = () =>
    shownOf(
      ...['contact', 'call', 'colleague', 'phone_number'].map(
        (kind) => `/api/records/${kind}?limit=200`,
      ),
      `/api/records/contact/${CONTACT}`,
      `/api/records/call/${CALL}`,
      '/api/facts?limit=200',
    );

  const stored = async (): Promise<string[]> =>
    (await world.marks()).filter((mark) => !isOfColleague(mark));

  const rebuilt = async (): Promise<string> => {
    const { json } = await operator.post('/api/rebuilds/catalog');
    return until('rebuilt', async () => {
      const { json: now } = await operator.get(`/api/rebuilds/${(json as { id: string }).id}`);
      const { state } = now as { state: string };
      return ['asked', 'running'].includes(state) ? undefined : state;
    });
  };

  const isWhole = async (): Promise<boolean> => {
    const { text } = await admin.post('/api/verify');
    return (JSON.parse(text.trim().split('\n').at(-1) ?? '') as { whole: boolean }).whole;
  };

  beforeAll(async () => {
    world = await open();
    await world.start();
    const as = (role: 'admin' | 'operator') =>
      new Operator(() => world.api, world.signingKey, role);
    [admin, operator] = [as('admin'), as('operator')];
    const { token } = world;
    bodies = [
      'contact.created',
      'contact.updated',
      'call.created.inbound',
      'call.answered',
      'call.ended.answered',
      'call.commented',
    ].map((sample) => markedBody(sample, token));
    const others = [
      // The colleague who took those calls, heard of by himself; and a guest who never called.
      markedBody('user.connected.v2', token, { id: 910211 }).replaceAll('Tom', 'Oswaldine'),
      markedBody('contact.created', token, { id: 5 })
        .replaceAll(/zephyrine/gi, 'Maya')
        .replaceAll(/quillfeather/gi, 'Lind')
        .replace('900987', '900111')
        .replace('herons', 'dogs'),
    ];
    await settled(await Promise.all([...bodies, ...others].map(send)));
    before = await world.log();
  }, 90_000);

  afterAll(() => world.dispose(), 30_000);

  it('tells what would go, and takes nothing yet', async () => {
    plan = await erase(CONTACT, false);
    expect(plan).toMatchObject({
      erased: false,
      streams: [`call/${CALL}`, `contact/${CONTACT}`],
      facts: bodies.length,
    });
    expect(plan.deliveries.length).toBe(bodies.length);
    expect(await everywhereShown()).toEqual(expect.arrayContaining(['Zephyrine', 'flowerpot']));
    expect(await stored()).toContain('Zephyrine');
  }, 30_000);

  it('is for admins only', async () => {
    const asked = await operator.post('/api/erasures', { target: CONTACT, confirm: true });
    expect(asked.status).toBe(403);
  }, 30_000);

  it('leaves nothing of it to be shown, and no byte in the stores, by the time it answers', async () => {
    // What a rebuild left beside the live records would stay.
    expect(await rebuilt()).toBe('equal');
    erasure = await erase(CONTACT, true);
    expect(erasure).toMatchObject({ erased: true, refolded: true, streams: plan.streams });
    expect(erasure.looked).toMatchObject({ left: [] });
    expect(erasure.looked?.records).toBeGreaterThan(0);
    expect(await everywhereShown()).toEqual([]);
    expect(await stored()).toEqual([]);
    for (const id of plan.deliveries)
      expect((await admin.get(`/api/deliveries/${id}/raw`)).status).toBe(404);
  }, 60_000);

  it('changes no byte of the log, adds what is told again and one fact, and leaves the chain whole', async () => {
    const after = await world.log();
    for (const [position, hash] of before)
      expect([position, after.get(position)]).toEqual([position, hash]);
    // The colleague's and the line's words are told again, then the erasure.
    expect(after.size).toBeGreaterThan(before.size + 1);
    expect(erasure.position).toBe(after.size);
    expect(await isWhole()).toBe(true);
  }, 30_000);

  it('leaves everybody else as they were', async () => {
    const other = await operator.get('/api/records/contact/aircall.main.5');
    expect(other.text).toContain('Maya');
    const { text } = await operator.get('/api/records/colleague?limit=10');
    expect(marksIn(text)).toContain('Oswaldine');
    // What is not personal stays known of the call itself.
    expect((await operator.get(`/api/records/call/${CALL}`)).json).toMatchObject({ id: CALL });
  }, 30_000);

  it('gives the same records when they are rebuilt', async () => {
    expect(await rebuilt()).toBe('equal');
    expect(await everywhereShown()).toEqual([]);
  }, 60_000);

  it('does not learn it again from a provider that repeats', async () => {
    const facts = (await world.log()).size;
    const handled = await handledByIntake();
    await Promise.all(bodies.map(send));
    await until(
      'intake has dealt with them',
      async () => (await handledByIntake()) >= handled + bodies.length,
    );
    expect((await world.log()).size).toBe(facts);
    expect(await everywhereShown()).toEqual([]);
    for (const id of plan.deliveries)
      expect((await admin.get(`/api/deliveries/${id}/raw`)).status).toBe(404);
  }, 60_000);

  it('hears of the same contact again and remembers that it is there, not who it is', async () => {
    const later = markedBody('contact.updated', world.token, { secondsLater: 86_400 });
    await settled([await send(later)]);
    expect(await everywhereShown()).toEqual([]);
    const { json } = await operator.get(`/api/records/contact/${CONTACT}`);
    expect(json).toMatchObject({ id: CONTACT });
    // Its own raw bytes came after the erasure: another one takes them too.
    expect((await erase(CONTACT, true)).refolded).toBe(true);
    expect(await stored()).toEqual([]);
  }, 60_000);

  it('is mended by erasing again when it was killed after the keys and before the fact', async () => {
    const id = 'aircall.main.9';
    await settled([await send(markedBody('contact.created', world.token, { id: 9 }))]);
    const { streams, deliveries } = await erase(id, false);
    expect(await shownOf(`/api/records/contact/${id}`)).toContain('Zephyrine');
    await world.stop();
    // As far as it came.
    await world.inspect(({ keys, clock }) =>
      keys.destroy([...streams, ...deliveries.map((one) => `delivery/${one}`)], clock.now()),
    );
    await world.start();
    expect((await erase(id, true)).refolded).toBe(true);
    expect(await shownOf(`/api/records/contact/${id}`, '/api/facts?limit=200')).toEqual([]);
    expect(await stored()).toEqual([]);
    expect(await isWhole()).toBe(true);
    expect(await rebuilt()).toBe('equal');
  }, 90_000);
};

describe('forgetting a person, embedded', () => {
  forgetting(async () => new EmbeddedWorld());
});

describePeers(['mongodb', 'pubsub-fake'], 'forgetting a person, distributed', (mongodb, pubsub) => {
  describe.each([
    ['the catalog and the API in one process', false],
    ['the catalog in a process of its own', true],
  ])('%s', (_roles, rolesApart) => {
    forgetting(async () => {
      const [{ url }, { host }] = await Promise.all([mongodb.shared(), pubsub.shared()]);
      return new DistributedWorld({ mongodbUrl: url, pubsubHost: host }, rolesApart);
    });
  });
});
