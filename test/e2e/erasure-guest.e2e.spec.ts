import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { receiveAnswers } from '#libs/intake';
import type { ErasureAnswer } from '#libs/routes';
import { describePeers } from '#libs/testing';

import { DistributedWorld, EmbeddedWorld, type ErasureWorld } from './harness/erasure-world.js';
import {
  guestAnswers,
  guestPosts,
  guestStream,
  otherGuestStream,
  sharedMessageStream,
  sharedStream,
} from './harness/guest-posts.js';
import { isOfColleague, markedBody } from './harness/marks.js';
import { deliver, knock, Operator, until } from './harness/outside.js';
import { everythingShown, placesShowing } from './harness/shown-places.js';

const aircallSamples = ['contact.created', 'call.ended.answered', 'message.received.sms'];
/** Of these the person stands in records before. */
const kindsOfPerson = [
  ...['call', 'contact', 'conversation', 'guest', 'guest_message', 'payment', 'phone_message'],
  ...['reservation', 'review', 'task'],
];

const kindIn = (path: string): string | undefined => /^\/api\/records\/(\w+)\//.exec(path)?.[1];
const recordsIn = (paths: readonly string[]): readonly string[] =>
  paths.filter((path) => kindIn(path)).map((path) => path.slice('/api/records/'.length));

const forgettingGuest = (open: () => Promise<ErasureWorld>): void => {
  let world: ErasureWorld;
  let admin: Operator;
  let operator: Operator;

  const plan = async (also: readonly string[] = [], confirm = false): Promise<ErasureAnswer> => {
    const asked = { target: guestStream, also, confirm };
    const { status, json } = await admin.post('/api/erasures', asked);
    expect(status).toBeLessThan(300);
    return json;
  };
  const erase = (also: readonly string[]): Promise<ErasureAnswer> => plan(also, true);

  const stored = async (): Promise<readonly string[]> =>
    (await world.marks()).filter((mark) => !isOfColleague(mark));

  const post = async (): Promise<readonly string[]> => {
    const answers = [
      ...(await Promise.all((await guestPosts()).map((one) => deliver(world.door, one)))),
      ...(await Promise.all(
        aircallSamples.map((sample) => knock(world.door, markedBody(sample, world.token))),
      )),
    ];
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    return answers.map(({ json }) => (json as { id: string }).id);
  };

  const settled = (deliveries: readonly string[]) =>
    until('everything is in records', async () => {
      for (const id of deliveries)
        if ((await operator.get(`/api/deliveries/${id}`)).status !== 200) return false;
      const reviews = (await operator.get('/api/records/review')).json as { items: object[] };
      const { consumers } = (await operator.get('/api/doctor')).json as {
        consumers: { behind?: number }[];
      };
      return reviews.items.length > 0 && consumers.every(({ behind = 0 }) => behind === 0);
    });

  beforeAll(async () => {
    world = await open();
    await world.start();
    [admin, operator] = (['admin', 'operator'] as const).map(
      (role) => new Operator(() => world.api, world.signingKey, role),
    ) as [Operator, Operator];
    const deliveries = await post();
    await world.stop();
    // As `provider-sync` hands on what the API answered: embedded, nobody else may hold the directory.
    const { fresh } = await world.inspect((parts) =>
      receiveAnswers(parts)({ provider: 'guesty', backfilled: false }, guestAnswers()),
    );
    expect(fresh).toBe(1);
    await world.start();
    await settled(deliveries);
  }, 120_000);

  afterAll(() => world.dispose(), 30_000);

  it('lists all that is hers, and as choices what is somebody else’s too', async () => {
    const shown = await placesShowing(operator);
    expect([...new Set(shown.map(kindIn).filter((kind) => kind !== undefined))].sort()).toEqual(
      kindsOfPerson,
    );
    expect(await stored()).not.toEqual([]);
    const { choices, finds, kinds, streams } = await plan();
    expect(Object.keys(kinds).sort()).toEqual(kindsOfPerson);
    expect(choices).toContainEqual({ stream: sharedStream, reason: 'names_others' });
    // Stripe knows no guest: it is found by what stands in it.
    expect(finds.map(({ stream }) => stream).filter((one) => one.includes('stripe'))).not.toEqual(
      [],
    );
    for (const other of [otherGuestStream, sharedStream, sharedMessageStream])
      expect(streams).not.toContain(other);
  }, 60_000);

  it('takes what it listed, and of the rest what was asked for only', async () => {
    const { finds } = await plan();
    const stripe = finds.map(({ stream }) => stream).filter((one) => one.includes('stripe'));
    const { looked, refolded } = await erase(stripe);
    expect(refolded).toBe(true);
    expect(looked?.left.filter(({ known }) => !known)).toEqual([]);
    expect(recordsIn(await placesShowing(operator)).toSorted()).toEqual([
      sharedStream,
      sharedMessageStream,
    ]);
  }, 60_000);

  it('is in nothing that is shown or stored once what was shared is taken, too', async () => {
    expect((await erase([sharedStream, sharedMessageStream])).refolded).toBe(true);
    expect(await placesShowing(operator)).toEqual([]);
    expect(await stored()).toEqual([]);
  }, 60_000);

  it('leaves whom she shared it with', async () => {
    const shown = await everythingShown(operator);
    expect(shown.get(`/api/records/${otherGuestStream}`)).toContain('Otto Lind');
    // What is not personal stays known of her stay.
    expect(shown.get(`/api/records/${guestStream}`)).toContain('"deleted":false');
  }, 60_000);

  it('is not back when the records are rebuilt, and the log is whole', async () => {
    const { json } = await operator.post('/api/rebuilds/catalog', { switch: true });
    const state = await until('rebuilt', async () => {
      const now = await operator.get(`/api/rebuilds/${(json as { id: string }).id}`);
      const { state: at } = now.json as { state: string };
      return ['asked', 'running'].includes(at) ? undefined : at;
    });
    expect(state).toBe('switched');
    expect(await placesShowing(operator)).toEqual([]);
    expect(await stored()).toEqual([]);
    const { text } = await operator.post('/api/verify');
    expect(JSON.parse(text.trim().split('\n').at(-1) ?? '')).toMatchObject({ whole: true });
  }, 90_000);
};

describe('forgetting a guest, embedded', () => {
  forgettingGuest(async () => new EmbeddedWorld());
});

describePeers(
  ['mongodb', 'pubsub-fake'],
  'forgetting a guest, the catalog in a process of its own',
  (mongodb, pubsub) => {
    forgettingGuest(async () => {
      const [{ url }, { host }] = await Promise.all([mongodb.shared(), pubsub.shared()]);
      return new DistributedWorld({ mongodbUrl: url, pubsubHost: host }, true);
    });
  },
);
