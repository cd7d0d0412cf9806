import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';

import type { FactDefinition } from '../fact.js';
import { freezeFact, schemasOf, type FrozenFact } from './freeze-fact.js';

const lock = {
  id: z.string(),
  locked: z.boolean().optional(),
  state: z.enum(['open', 'shut']).optional(),
};
const data = { lock: z.strictObject(lock), tags: z.array(z.strictObject({ name: z.string() })) };
const personal = { usedBy: z.string().optional() };

const factOf = (
  shape: z.core.$ZodShape = data,
  people: z.core.$ZodShape | undefined = personal,
): FactDefinition => ({
  ...{ type: 'intake.lock.observed.v1', kind: 'observed' },
  data: z.strictObject(shape),
  ...(people && { personal: z.strictObject(people) }),
});
const withLock = (changed: z.core.$ZodShape): FactDefinition =>
  factOf({ ...data, lock: z.strictObject({ ...lock, ...changed }) });

const released: FrozenFact = {
  type: 'intake.lock.observed.v1',
  data: { lock: { id: 'lockbox.main.7', locked: true }, tags: [{ name: 'a' }] },
  personal: { usedBy: 'Maya Osei' },
  schemas: schemasOf(factOf()),
};

/** The frozen fact after it was widened to what the schema says now. */
const widened = (definition: FactDefinition, frozen = released): FrozenFact => {
  const outcome = freezeFact(definition, frozen);
  if (outcome.outcome !== 'frozen') throw new Error(JSON.stringify(outcome));
  expect(outcome.frozen.schemas).toEqual(schemasOf(definition));
  return outcome.frozen;
};
const addsOf = ({ widened: samples = [] }: FrozenFact) => samples.map(({ adds }) => adds);

describe('a frozen fact may gain', () => {
  it('nothing at all', () => {
    expect(freezeFact(factOf(), released)).toEqual({ outcome: 'same' });
  });

  it('an optional field of data, deep in it too, with a sample that says it', () => {
    const battery = z.strictObject({ percent: z.int().min(5), low: z.boolean().optional() });
    const after = widened(withLock({ battery: battery.optional() }));
    expect(after).toMatchObject({ data: released.data, personal: released.personal });
    expect(after.widened).toEqual([
      {
        adds: ['data.lock.battery'],
        data: {
          lock: { ...(released.data.lock as object), battery: { percent: 5, low: true } },
          tags: [{ name: 'a' }],
        },
        personal: released.personal,
      },
    ]);
  });

  it('an optional field of what stands in a list', () => {
    const tag = z.strictObject({ name: z.string(), day: z.literal('monday').optional() });
    const after = widened(factOf({ ...data, tags: z.array(tag) }));
    expect(addsOf(after)).toEqual([['data.tags[].day']]);
    expect(after.widened?.[0]?.data.tags).toEqual([{ name: 'a', day: 'monday' }]);
  });

  it('an optional field about people, also where nothing was about people', () => {
    const more = widened(factOf(data, { ...personal, phone: z.string().optional() }));
    expect(more.widened?.[0]?.personal).toEqual({ usedBy: 'Maya Osei', phone: 'text' });
    const { type, data: sample } = released;
    const impersonal = {
      ...{ type, data: sample },
      schemas: schemasOf({ ...factOf(), personal: undefined }),
    };
    expect(addsOf(widened(factOf(), impersonal))).toEqual([['personal.usedBy']]);
  });

  it('one after the other, each with a sample of its own', () => {
    const once = widened(withLock({ a: z.string().optional() }));
    const twice = widened(withLock({ a: z.string().optional(), b: z.int().optional() }), once);
    expect(addsOf(twice)).toEqual([['data.lock.a'], ['data.lock.b']]);
    expect(twice.widened?.[0]).toEqual(once.widened?.[0]);
  });
});

describe('a frozen fact refuses', () => {
  const { id: _id, ...withoutId } = lock;
  const { locked: _locked, ...withoutLocked } = lock;
  const cases: readonly [string, FactDefinition, string][] = [
    [
      'a field that is gone',
      factOf({ ...data, lock: z.strictObject(withoutLocked) }),
      'data.lock.locked is gone: a field is never removed or renamed.',
    ],
    [
      'a field with another name',
      factOf({ ...data, lock: z.strictObject({ ...withoutLocked, shut: lock.locked }) }),
      'data.lock.locked is gone: a field is never removed or renamed.',
    ],
    [
      'a new field that is required',
      withLock({ battery: z.int() }),
      'data.lock.battery is new and required: stored facts lack it.',
    ],
    [
      'an optional field that becomes required',
      withLock({ locked: z.boolean() }),
      'data.lock.locked is required now: stored facts may lack it.',
    ],
    [
      'a required field that becomes optional',
      factOf({ ...data, lock: z.strictObject({ ...withoutId, id: z.string().optional() }) }),
      'data.lock.id is optional now: readers rely on it.',
    ],
    [
      'a field of another type',
      withLock({ id: z.int() }),
      'data.lock.id had the type "string" and has "integer".',
    ],
    [
      'a narrowed enum',
      withLock({ state: z.enum(['open']).optional() }),
      'data.lock.state no longer takes "shut".',
    ],
    [
      'a widened enum, which readers of before do not know',
      withLock({ state: z.enum(['open', 'shut', 'ajar']).optional() }),
      'data.lock.state has another rule now (enum).',
    ],
    [
      'another rule for the same type',
      withLock({ id: z.string().regex(/^l/) }),
      'data.lock.id has another rule now (pattern).',
    ],
    [
      'a personal field that moves into the open',
      factOf({ ...data, usedBy: z.string().optional() }, {}),
      'data.usedBy was in the other part: what is personal never changes.',
    ],
    [
      'a personal field that stands in the open besides',
      factOf({ ...data, usedBy: z.string().optional() }),
      'data.usedBy was in the other part: what is personal never changes.',
    ],
    [
      'an open field that becomes personal',
      factOf(
        { ...data, lock: z.strictObject(withoutLocked) },
        { ...personal, locked: lock.locked },
      ),
      'personal.locked was in the other part: what is personal never changes.',
    ],
    [
      'a list that becomes looser about what else it takes',
      factOf({ ...data, lock: z.looseObject(lock) }),
      'data.lock[] takes other values now.',
    ],
  ];

  it.each(cases)('%s', (_, definition, reason) => {
    const outcome = freezeFact(definition, released);
    expect(outcome).toMatchObject({ outcome: 'refused' });
    expect(outcome.outcome === 'refused' ? outcome.reasons : []).toContain(
      `${reason} Make intake.lock.observed.v2 with an upcast instead.`,
    );
  });

  it('its personal part when that goes as a whole', () => {
    const outcome = freezeFact({ ...factOf(), personal: undefined }, released);
    expect(outcome).toMatchObject({ outcome: 'refused' });
  });
});

describe('a new fact', () => {
  const { schemas: _, ...sample } = released;

  it('is frozen with its schema from a sample', () => {
    expect(widened(factOf(), sample)).toEqual(released);
  });

  it('is refused where its sample is none of it', () => {
    expect(freezeFact(factOf(), { ...sample, data: {} })).toEqual({
      ...{ outcome: 'refused', reasons: ['Its sample does not fit its schema.'] },
    });
  });
});
