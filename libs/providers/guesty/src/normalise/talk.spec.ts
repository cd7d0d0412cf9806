import { readdirSync, readFileSync } from 'node:fs';

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { factDefinitions } from '#libs/contracts';
import { canonicalJson, utf8, type Json, type JsonObject } from '#libs/kernel';
import type { Normalised, Observation } from '#libs/ports/provider';

import { guesty } from '../guesty.js';
import { normaliseAnswer } from './normalise-answer.js';

const folder = new URL('../../../../../test/fixtures/guesty/', import.meta.url);
const json = (name: string): JsonObject =>
  JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as JsonObject;

const OURS = /^(?:reservation\.message|payments\.|task\.).*\.json$/;
const samples = readdirSync(folder).filter((name) => OURS.test(name));

const ASKED_AT = 1789900000000;
const lists = new Map<string, readonly JsonObject[]>([
  ['conversation', itemsIn('rest.conversations.list.json', 'conversations')],
  ['post', itemsIn('rest.conversation.posts.list.json', 'posts')],
  ['review', json('api/rest.reviews.list.json').data as JsonObject[]],
  ['task', [json('api/rest.task.get.json')]],
]);
const answers = [...lists].flatMap(([entity, items]) =>
  items.map((item, i) => [`${entity}.${i + 1}`, entity, item] as const),
);

function itemsIn(name: string, list: string): JsonObject[] {
  return (json(`api/${name}`).data as Record<string, JsonObject[]>)[list] ?? [];
}

const told = (payload: Json, headers: Record<string, string> = {}): Normalised =>
  guesty.normalise({
    account: 'main',
    headers,
    body: utf8(JSON.stringify(payload)),
    receivedAt: 0,
  });

const answered = (entity: string, item: JsonObject): Normalised =>
  normaliseAnswer({
    account: 'main',
    headers: {
      'innkeeper-asked-at': String(ASKED_AT),
      'innkeeper-entity': entity,
      'innkeeper-id': typeof item['_id'] === 'string' ? item['_id'] : '',
    },
    body: utf8(JSON.stringify(item)),
    receivedAt: 0,
  });

const observed = (said: Normalised): readonly Observation[] =>
  said.understood && 'observations' in said ? said.observations : [];

describe('what Guesty says of messages, payments, tasks and reviews, in our words', () => {
  it.each(samples)('reads %s field by field as reviewed', (name) => {
    expect(told(json(name))).toEqual(json(`golden/${name}`));
  });

  it.each(answers)('reads the answer %s field by field as reviewed', (name, entity, item) => {
    expect(answered(entity, item)).toEqual(json(`golden/api/${name}.json`));
  });

  it('reads the new envelope, whole or spread out, as the old one', () => {
    const spread: string[] = [];
    for (const name of samples) {
      const { event, ...things } = json(name);
      const once = told(json(name));
      expect(told({ event: event ?? null, meta: { eventId: 'x' }, data: things })).toEqual(once);
      const [thing] = ['payment', 'task'].flatMap((key) => things[key] ?? []);
      if (thing === undefined) continue;
      expect(told({ event: event ?? null, data: thing })).toEqual(once);
      spread.push(name.split('.')[0] ?? '');
    }
    expect([...new Set(spread)].sort()).toEqual(['payments', 'task']);
  });

  it('keeps out of open words what could name or reach somebody', () => {
    const personal = ['Maya', 'Osei', 'Ines', 'Carvalho', 'Novak', 'key safe', 'dogs', '4417', '@'];
    const said = [
      ...samples.map((name) => told(json(name))),
      ...answers.map(([, entity, item]) => answered(entity, item)),
    ];
    const open = said.flatMap(observed).map(({ personal: _sealed, ...rest }) => rest);
    expect(open.length).toBeGreaterThan(samples.length);
    for (const word of [...personal, 'Great stay', 'Thank you', '4242', 'battery', 'HMXQ2P9T4R s'])
      expect(JSON.stringify(open)).not.toContain(word);
  });
});

describe('odd answers', () => {
  const oddity = fc.oneof(
    fc.constantFrom<Json>(null, {}, [], '', -1, 0.5, 1e300, '\ud800', '__proto__', [[{}]], true),
    fc.jsonValue() as fc.Arbitrary<Json>,
  );

  it('never crash, and say only what can be stored', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...answers),
        fc.nat(),
        fc.nat(),
        oddity,
        (answer, at, in_, odd) => {
          const [, entity, item] = answer;
          for (const { type, data, personal } of observed(
            answered(entity, withOdd(item, at, in_, odd)),
          )) {
            const definition = factDefinitions.get(type);
            expect(definition?.data.safeParse(data).error).toBeUndefined();
            expect(JSON.stringify(data)).toBe(canonicalJson(data));
            if (personal) expect(definition?.personal?.safeParse(personal).error).toBeUndefined();
          }
        },
      ),
      { numRuns: 1000 },
    );
  });
});

/** One field, or one inside of it, turned into something odd. */
const withOdd = (item: JsonObject, at: number, inner: number, odd: Json): JsonObject => {
  const names = Object.keys(item);
  const name = names[at % names.length] ?? '';
  const value = item[name];
  if (typeof value !== 'object' || value === null || Array.isArray(value) || inner % 2 === 0)
    return { ...item, [name]: odd };
  return { ...item, [name]: withOdd(value as JsonObject, inner, 0, odd) };
};
