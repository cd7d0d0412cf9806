import { readdirSync, readFileSync } from 'node:fs';

import { eraseStreams, kindNames, recordCollection, type ErasurePlan } from '#libs/catalog';
import type { FactObservation } from '#libs/journal';
import { canonicalJson, utf8 } from '#libs/kernel';
import { aircall } from '#libs/providers/aircall';
import { guesty } from '#libs/providers/guesty';
import { chosenFields, standardWebhooks } from '#libs/providers/generic';
import { stripe } from '#libs/providers/stripe';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { openCatalog, START, type CatalogWorld } from './catalog-world.js';

/** The person of the samples, in every form that a provider sends. */
const PERSON = /Maya|Osei|7700 ?900123/;
const CONTACT = 'contact/aircall.main.77120045';
const GUEST = 'guest/guesty.main.66c2d3e4f5a6b7c8d9e0f1a2';

const bodiesIn = (folder: string): readonly string[] => {
  const url = new URL(`../../../test/fixtures/${folder}/`, import.meta.url);
  return readdirSync(url)
    .filter((name) => name.endsWith('.json') && !name.startsWith('rest.'))
    .map((name) => readFileSync(new URL(name, url), 'utf8'));
};

/** Where a sample names nobody, she is written into a text of it. */
const planted: Readonly<Record<string, readonly string[]>> = {
  aircall: bodiesIn('aircall'),
  guesty: bodiesIn('guesty').map((body) =>
    body.includes('task.') ? body.replace(/"title": "/u, '"title": "Maya Osei: ') : body,
  ),
  stripe: bodiesIn('stripe').map((body) =>
    body.replaceAll(/"name": "[^"]+"/gu, '"name": "Maya Osei"'),
  ),
  'standard-webhooks': bodiesIn('standard-webhooks').map((body) => {
    const said = JSON.parse(body) as { data?: object };
    return JSON.stringify({ ...said, data: { ...said.data, note: 'Maya Osei asked for it' } });
  }),
};
const providers = {
  aircall,
  guesty,
  stripe,
  'standard-webhooks': standardWebhooks('shop', chosenFields),
};

const observationsIn = (): readonly FactObservation[] =>
  Object.entries(providers).flatMap(([name, provider]) =>
    (planted[name] ?? []).flatMap((body, i): FactObservation[] => {
      const headers = { 'webhook-id': `msg_${i}`, 'webhook-timestamp': '1789377124' };
      const told = { account: 'main', headers, body: utf8(body), receivedAt: START };
      const said = provider.normalise(told);
      if (!said.understood || !('observations' in said)) return [];
      const meta = { source: `${name}/main`, causationId: `${name}-${i}`, correlationId: 'c' };
      return said.observations.map((one) => ({ ...one, meta }));
    }),
  );

/** Kinds that the samples of webhooks do not reach. */
const others: readonly FactObservation[] = (
  [
    ['review', { review: 'r' }, { publicText: 'Maya Osei was here' }],
    ['conversation', { conversation: 'c' }, { guestName: 'Maya Osei' }],
  ] as const
).map(([kind, data, personal]) => ({
  type: `intake.${kind}.observed.v1`,
  stream: `${kind}/${Object.values(data)[0] ?? ''}`,
  occurredAt: START,
  data: { event: 'e', normaliser: 1, rank: 10, guest: GUEST.slice('guest/'.length), ...data },
  personal,
  meta: { source: 'guesty/main', causationId: `d-${kind}`, correlationId: 'c' },
}));

describe('a person planted through every way in', () => {
  let world: CatalogWorld;
  let erasing: ReturnType<typeof eraseStreams>;
  let before: ReadonlyMap<string, readonly string[]>;
  let reached = 1;

  const catchUp = async (): Promise<void> => {
    const facts = await world.log.read(reached, 5000);
    await world.project(facts);
    reached = facts.at(-1)?.position ?? reached;
  };

  /** Records that show her, by kind. */
  const showing = async (generation = 1): Promise<ReadonlyMap<string, readonly string[]>> => {
    const found = new Map<string, readonly string[]>();
    for (const kind of kindNames) {
      const { items } = await world.documents.query(recordCollection(kind, generation), {
        limit: 500,
      });
      const some = items.filter(({ body }) => PERSON.test(canonicalJson(body)));
      if (some.length > 0)
        found.set(
          kind,
          some.map(({ id }) => id),
        );
    }
    return found;
  };

  /** As an operator does who takes all that is listed, until nothing more is. */
  const wholePlan = async (): Promise<ErasurePlan> => {
    let also: readonly string[] = [GUEST];
    for (;;) {
      const plan = await erasing.plan(CONTACT, also);
      const more = [...plan.choices, ...plan.finds].map(({ stream }) => stream);
      if (more.length === 0) return plan;
      also = [...also, ...more];
    }
  };

  beforeAll(async () => {
    world = await openCatalog();
    erasing = eraseStreams({
      ...world,
      deliveriesYielding: () => Promise.resolve([]),
      mentioning: () => Promise.resolve({ letters: [], deliveries: [], quarantined: [] }),
      rawOf: () => Promise.resolve(undefined),
    });
    await world.tell(...observationsIn(), ...others);
    await catchUp();
    before = await showing();
  }, 60_000);
  afterAll(() => world.close());

  it('is shown before by every kind of record that people stand in', () => {
    expect([...before.keys()]).toEqual([
      ...['call', 'contact', 'conversation', 'guest', 'guest_message', 'notice', 'payment'],
      ...['phone_message', 'reservation', 'review', 'task'],
    ]);
  });

  it('is nowhere after erasing: in no record, list, link or fact, nor after a rebuild', async () => {
    const plan = await wholePlan();
    const look = await erasing.watch(plan);
    await erasing.erase(plan, 'Zoe');
    await catchUp();
    expect(await showing()).toEqual(new Map());
    expect((await look()).left).toEqual([]);
    const facts = await world.journal.open(await world.log.read(0, 5000));
    expect(facts.filter((fact) => PERSON.test(JSON.stringify(fact)))).toEqual([]);
    await world.project(await world.log.read(0, 5000), { generation: 2, signals: false });
    expect(await showing(2)).toEqual(new Map());
  }, 60_000);
});
