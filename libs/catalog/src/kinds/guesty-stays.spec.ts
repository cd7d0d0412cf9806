import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import type { Fact } from '#libs/contracts';
import type { JsonObject } from '#libs/kernel';

import { bytesOf, foldAll, type Records } from '../../test/folding.js';
import {
  answered,
  answerOf,
  lives,
  RESERVATION,
  tell,
  told,
  type State,
  type Way,
} from '../../test/guesty-stays.js';
import { reordered } from '../../test/histories.js';
import { valuesOf } from '../merge/record-state.js';
import { recordKinds } from './index.js';

const NAME = `reservation/guesty.main.${RESERVATION}`;

const view = (records: Records): JsonObject => {
  const state = records.get(NAME);
  return state ? recordKinds.reservation.view(state) : {};
};

const shuffled = (facts: readonly Fact[]): fc.Arbitrary<readonly Fact[]> =>
  facts.length > 0 ? reordered(facts) : fc.constant(facts);

const waysFor = (states: readonly State[], ...ways: Way[]): fc.Arbitrary<Way[]> =>
  fc.array(fc.constantFrom(...ways), { minLength: states.length, maxLength: states.length });

const tellAll = (states: readonly State[], ways: readonly Way[]): Fact[] =>
  states.flatMap((state, i) => tell(state, ways[i] ?? 'lost', i === 0));

describe('a reservation, told by one envelope, the other, or both, and looked up', () => {
  const life = lives({ apart: 50, late: 9000 });

  it('is one and the same state, whatever was told, lost, repeated and looked up on the way', () => {
    const history = life
      .chain((states) =>
        fc.tuple(
          fc.constant(states),
          fc.oneof(
            waysFor(states, 'old'),
            waysFor(states, 'new'),
            waysFor(states, 'old', 'new', 'new, nested', 'both', 'lost'),
          ),
          fc.subarray(states.slice(0, -1)),
        ),
      )
      .chain(([states, ways, lookedUp]) => {
        const last = states.slice(-1).flatMap(answerOf);
        const facts = [...tellAll(states, ways), ...lookedUp.flatMap(answerOf), ...last];
        return fc.tuple(fc.constant(last), shuffled(facts));
      });
    fc.assert(
      fc.property(history, ([last, facts]) => {
        expect(bytesOf(foldAll(facts))).toBe(bytesOf(foldAll(last)));
      }),
      { numRuns: 300 },
    );
  });

  it('is one and the same state in every order, also before it is looked up', () => {
    const history = life
      .chain((states) =>
        fc.tuple(
          fc.constant(states),
          waysFor(states, 'old', 'new', 'new, nested', 'both'),
          fc.subarray(states),
        ),
      )
      .map(([states, ways, lookedUp]) => [...tellAll(states, ways), ...lookedUp.flatMap(answerOf)])
      .chain((facts) => fc.tuple(fc.constant(facts), shuffled(facts)));
    fc.assert(
      fc.property(history, ([facts, again]) => {
        expect(bytesOf(foldAll(again))).toBe(bytesOf(foldAll(facts)));
      }),
      { numRuns: 300 },
    );
  });
});

/** What both envelopes tell. */
const shared = (records: Records): JsonObject => {
  const { checkInDate, checkOutDate, confirmationCode, guests, listing, status } = view(records);
  return {
    ...{ checkInDate: checkInDate ?? '', checkOutDate: checkOutDate ?? '', status: status ?? '' },
    confirmationCode: confirmationCode ?? '',
    guests: (guests as JsonObject)['total'] ?? 0,
    listing: (listing as JsonObject)['id'] ?? '',
  };
};

describe('a reservation that cannot be looked up', () => {
  it('reads alike by either envelope and by any mixture, in any order', () => {
    // Published before it changes again, as the newest value counts.
    const history = lives({ apart: 1000, late: 999 })
      .chain((states) => fc.tuple(fc.constant(states), waysFor(states, 'old', 'new', 'both')))
      .chain(([states, ways]) => fc.tuple(fc.constant(states), shuffled(tellAll(states, ways))));
    fc.assert(
      fc.property(history, ([states, facts]) => {
        const all = (way: Way) =>
          shared(
            foldAll(
              tellAll(
                states,
                states.map(() => way),
              ),
            ),
          );
        const [old, fresh, mixed] = [all('old'), all('new'), shared(foldAll(facts))];
        expect(fresh).toEqual(old);
        expect(mixed).toEqual(old);
      }),
      { numRuns: 200 },
    );
  });

  it('loses nothing to a later body that leaves fields out or empties them', () => {
    const history = lives({ apart: 1000, late: 0 }).chain((states) =>
      fc.tuple(
        fc.constant(states.slice(0, 1)),
        fc.subarray(Object.keys(states[0]?.whole ?? {}).filter((name) => name !== '_id')),
        fc.boolean(),
      ),
    );
    fc.assert(
      fc.property(history, ([[state], left, nulls]) => {
        if (!state) return;
        const before = foldAll(tell(state, 'old', true));
        const lean = Object.fromEntries(
          Object.entries(state.whole).flatMap(([name, value]) =>
            left.includes(name) ? (nulls ? [[name, null] as const] : []) : [[name, value] as const],
          ),
        );
        const lastUpdatedAt = new Date(state.changedAt + 60_000).toISOString();
        const after = foldAll(
          told({ event: 'reservation.updated', reservation: { ...lean, lastUpdatedAt } }),
          new Map(before),
        );
        expect({ ...view(after), updatedAt: '' }).toEqual({ ...view(before), updatedAt: '' });
      }),
      { numRuns: 200 },
    );
  });

  it('keeps who came, when a lean body counts them only', () => {
    const whole = {
      _id: RESERVATION,
      guestsCount: 3,
      numberOfGuests: { numberOfAdults: 2, numberOfChildren: 1 },
      money: { currency: 'GBP', hostPayout: 591.5, totalPaid: 100 },
      lastUpdatedAt: '2026-09-01T10:00:00.000Z',
    };
    const lean = {
      reservationId: RESERVATION,
      guestsCount: 4,
      money: { currency: 'GBP', totalPaid: 200 },
    };
    const meta = { publishedAt: '2026-09-02T10:00:00.000Z' };
    const facts = [
      ...told({ event: 'reservation.new', reservation: whole }),
      ...told({ event: 'reservation.updated.v2', meta, data: lean }),
    ];
    expect(view(foldAll(facts))).toMatchObject({
      guests: { adults: 2, children: 1, total: 4 },
      money: { currency: 'GBP', hostPayout: 59150, paid: 20000, text: { paid: '200.00 GBP' } },
    });
  });
});

describe('a reservation and the answers about it', () => {
  const at = (second: number) => new Date(Date.UTC(2026, 8, 1, 10, 0, second)).toISOString();
  const whole = (second: number, change: JsonObject = {}): JsonObject => ({
    ...{ _id: RESERVATION, listingId: '65b1c2d3e4f5a6b7c8d9e0f1', status: 'confirmed' },
    ...{ checkInDateLocalized: '2026-09-14', createdAt: at(0), lastUpdatedAt: at(second) },
    money: { currency: 'GBP', hostPayout: 591.5 },
    ...change,
  });
  const lean = (second: number, status: string) =>
    told({
      event: 'reservation.updated.v2',
      meta: { publishedAt: at(second) },
      data: { reservationId: RESERVATION, status },
    });
  const answer = (body: JsonObject | undefined) =>
    answered('reservation', body, { id: RESERVATION, askedAt: Date.parse(at(59)) });

  it('believes an answer before a webhook that was published late with the state before', () => {
    const facts = [...answer(whole(10, { status: 'canceled' })), ...lean(11, 'confirmed')];
    expect(view(foldAll(facts))).toMatchObject({ status: 'canceled', updatedAt: at(10) });
  });

  it('believes a webhook that is newer than the answer', () => {
    const facts = [...lean(40, 'canceled'), ...answer(whole(10))];
    expect(view(foldAll(facts))).toMatchObject({ status: 'canceled', updatedAt: at(40) });
  });

  it('forgets what a whole answer does not say, and nothing for one with a few fields', () => {
    const noted = told({ event: 'reservation.new', reservation: whole(1, { note: 'Two dogs' }) });
    const { money: _money, ...part } = whole(20);
    expect(view(foldAll([...noted, ...answer(part)]))).toMatchObject({
      money: { hostPayout: 59150 },
      notes: { other: 'Two dogs' },
    });
    expect(view(foldAll([...noted, ...answer(whole(20))]))).not.toHaveProperty('notes');
  });

  it('is gone when the provider has it no more, whatever is told afterwards', () => {
    const facts = [...answer(whole(10)), ...answer(undefined), ...lean(90, 'confirmed')];
    const state = foldAll(facts).get(NAME);
    expect(state && recordKinds.reservation.isGone(state)).toBe(true);
    expect(view(foldAll(facts))).toMatchObject({ deleted: true, deletedAt: at(59) });
  });

  it('says when it was canceled only while it is', () => {
    const canceled = whole(10, { status: 'canceled', canceledAt: at(9) });
    const records = foldAll(told({ event: 'reservation.updated', reservation: canceled }));
    expect(view(records)).toMatchObject({ canceledAt: at(9) });
    expect(view(foldAll(lean(30, 'confirmed'), records))).not.toHaveProperty('canceledAt');
  });

  it('is one fact, when the new envelope carries what the old one does', () => {
    const old = told({ event: 'reservation.updated', reservation: whole(10) });
    const meta = { publishedAt: at(11) };
    const event = 'reservation.updated.v2';
    expect(told({ event, meta, data: { reservation: whole(10) } })).toEqual(old);
    expect(told({ event, meta, data: whole(10) })).toEqual(old);
  });
});

describe('a reservation of which something was erased', () => {
  it('is still a reservation, and its guest is still a guest', () => {
    fc.assert(
      fc.property(lives({ apart: 1000, late: 500 }), (states) => {
        const facts = states.flatMap((state, i) => [
          ...tell(state, 'both', i === 0),
          ...answerOf(state),
        ]);
        const erased = foldAll(facts.map((fact) => ({ ...fact, personal: undefined })));
        expect([...erased.keys()].sort()).toEqual([...foldAll(facts).keys()].sort());
        const text = JSON.stringify([...erased.values()].map(valuesOf));
        expect(text).not.toMatch(/Maya|Osei|Late arrival|Hunde/);
      }),
      { numRuns: 50 },
    );
  });
});
