import { readdirSync, readFileSync } from 'node:fs';

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import type { Fact } from '#libs/contracts';
import { canonicalJson, type JsonObject } from '#libs/kernel';

import { bytesOf, foldAll } from '../../test/folding.js';
import { answered, GUEST, RESERVATION, told } from '../../test/guesty-stays.js';
import { reordered } from '../../test/histories.js';
import { fold, stateOf } from '../merge/record-state.js';
import { changesOf, recordKinds, type KindName } from './index.js';

const folder = new URL('../../../../test/fixtures/guesty/', import.meta.url);
const sample = (name: string): JsonObject =>
  JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')) as JsonObject;
const samples = (...names: string[]): Fact[] => names.flatMap((name) => told(sample(name)));

const LISTING = '65b1c2d3e4f5a6b7c8d9e0f1';

const viewOf = (kind: KindName, id: string, facts: readonly Fact[]): JsonObject => {
  const state = foldAll(facts).get(`${kind}/guesty.main.${id}`);
  return state ? recordKinds[kind].view(state) : {};
};

const expectOneState = (facts: readonly Fact[]): void => {
  const expected = bytesOf(foldAll(facts));
  fc.assert(
    fc.property(reordered(facts), (again) => {
      expect(bytesOf(foldAll(again))).toBe(expected);
    }),
    { numRuns: 50 },
  );
};

const everything = readdirSync(folder)
  .filter((name) =>
    /^(reservation\.(new|updated|created)|guest|listing|calendar).*json$/.test(name),
  )
  .flatMap((name) => samples(name.slice(0, -'.json'.length)));

describe('records of Guesty', () => {
  it('are one and the same for every order and repetition of the recorded history', () => {
    expectOneState(everything);
  });

  it('are written in canonical order as they are, stored or not', () => {
    const records = foldAll(everything);
    expect(new Set([...records.keys()].map((name) => name.split('/')[0]))).toEqual(
      new Set(['calendar_day', 'guest', 'listing', 'reservation']),
    );
    for (const state of records.values()) {
      expect(JSON.stringify(state)).toBe(canonicalJson(state));
      expect(JSON.parse(JSON.stringify(state))).toEqual(state);
    }
  });

  it('come back as the very same when a fact says nothing new', () => {
    const whole = answered(
      'reservation',
      sample('reservation.new.legacy')['reservation'] as JsonObject,
      {
        id: RESERVATION,
        askedAt: 2e12,
      },
    );
    const records = foldAll([...everything, ...whole]);
    for (const change of [...everything, ...whole].flatMap(changesOf)) {
      const state = stateOf(records.get(`${change.kind}/${change.id}`));
      expect(fold(state, change)).toBe(state);
    }
  });

  it('hold nothing personal when everything was erased', () => {
    const records = foldAll(everything.map((fact) => ({ ...fact, personal: undefined })));
    const shown = [...records].map(([name, state]) => {
      const kind = recordKinds[name.slice(0, name.indexOf('/')) as KindName];
      return [state, kind.view(state), kind.fieldsOf(state), kind.scopeOf(state, (phone) => phone)];
    });
    expect(shown).toHaveLength(foldAll(everything).size);
    expect(JSON.stringify(shown)).not.toMatch(
      /Maya|Osei|@|https|7700|Quay|QUAY|Bristol|Leeds|late|Cleaning fee/,
    );
  });
});

describe('a guest', () => {
  const life = samples('guest.created', 'guest.updated', 'reservation.new.legacy');

  it('is what the last that happened says, with the phones it can be linked by', () => {
    expect(viewOf('guest', GUEST, life)).toMatchObject({
      displayName: 'Maya Osei',
      mails: ['maya.osei@example.com', 'm.osei@example.org'],
      notes: 'Prefers late check-out',
      phones: [{ e164: '+447700900123' }],
      source: 'guesty',
    });
    const state = foldAll(life).get(`guest/guesty.main.${GUEST}`) ?? {};
    expect(recordKinds.guest.phonesOf(state)).toEqual(['+447700900123']);
    expectOneState(life);
  });

  it('is known by name from a reservation alone', () => {
    expect(viewOf('guest', GUEST, samples('reservation.new.legacy'))).toMatchObject({
      displayName: 'Maya Osei',
    });
  });

  it('is named by its own facts before any reservation, however new that is', () => {
    const guest = { _id: GUEST, fullName: 'Maya Osei-Bonsu' };
    const own = told({ event: 'guest.updated', guest });
    expect(viewOf('guest', GUEST, [...samples('reservation.new.legacy'), ...own])).toMatchObject({
      displayName: 'Maya Osei-Bonsu',
    });
  });

  it('is as the API says now, and as a later webhook says after that', () => {
    const now = answered(
      'guest',
      { _id: GUEST, fullName: 'M. Osei' },
      { id: GUEST, askedAt: 2e12 },
    );
    expect(viewOf('guest', GUEST, [...now, ...life])).toMatchObject({ fullName: 'M. Osei' });
    const later = told({
      event: 'guest.updated',
      meta: { publishedAt: new Date(2e12 + 1000).toISOString() },
      data: { guest: { _id: GUEST, fullName: 'Maya O.' } },
    });
    expect(viewOf('guest', GUEST, [...later, ...now])).toMatchObject({ fullName: 'Maya O.' });
  });

  it('stays deleted, whatever is told and answered afterwards', () => {
    const late = answered(
      'guest',
      { _id: GUEST, fullName: 'M. Osei' },
      { id: GUEST, askedAt: 2e12 },
    );
    const facts = [...samples('guest.deleted'), ...life, ...late];
    const state = foldAll(facts).get(`guest/guesty.main.${GUEST}`) ?? {};
    expect(recordKinds.guest.isGone(state)).toBe(true);
    expectOneState(facts);
  });
});

describe('a listing', () => {
  const life = samples('listing.new', 'listing.updated');

  it('is what its last update says, in its own time zone and currency', () => {
    expect(viewOf('listing', LISTING, life)).toMatchObject({
      address: { city: 'Bristol', full: '12 Example Quay, Bristol BS1 5AA, UK' },
      cleaning: { at: '2026-09-18T10:30:00.000Z', status: 'dirty' },
      displayName: 'Quay Loft',
      prices: { base: 16000, currency: 'GBP', weekend: 18500 },
      timeZone: 'Europe/London',
      updatedAt: '2026-09-18T10:30:01.000Z',
    });
    expectOneState(life);
  });

  it('keeps the prices that a lean body leaves out', () => {
    const lean = {
      _id: LISTING,
      prices: { currency: 'GBP', basePrice: 170 },
      lastUpdatedAt: '2026-09-19T10:30:01.000Z',
    };
    const facts = [...life, ...told({ event: 'listing.updated', listing: lean })];
    expect(viewOf('listing', LISTING, facts)).toMatchObject({
      prices: { base: 17000, weekend: 18500 },
      title: 'Quay Loft',
    });
  });

  it('has what guests are told of it, and what it offers', () => {
    const described = {
      _id: LISTING,
      amenities: ['WIRELESS_INTERNET', 'Free parking', 7],
      publicDescription: { houseRules: 'No parties.', interactionWithGuests: ' ', space: null },
      lastUpdatedAt: '2026-09-19T10:30:01.000Z',
    };
    const facts = [...life, ...told({ event: 'listing.updated', listing: described })];
    expect(viewOf('listing', LISTING, facts)).toMatchObject({
      amenities: ['WIRELESS_INTERNET', 'Free parking'],
      descriptions: { houseRules: 'No parties.' },
    });
    expect(JSON.stringify(facts.map(({ data }) => data))).not.toContain('parties');
    expectOneState(facts);
  });

  it('stays removed, also when what was told before comes after', () => {
    const facts = [...samples('listing.removed'), ...life];
    const state = foldAll(facts).get(`listing/guesty.main.${LISTING}`) ?? {};
    expect(recordKinds.listing.isGone(state)).toBe(true);
    expectOneState(facts);
  });
});

describe('a day of a calendar', () => {
  const day = (status: string, more: JsonObject = {}): JsonObject => ({
    data: { days: [{ date: '2026-09-14', listingId: LISTING, status, ...more }] },
  });
  const asked = (body: JsonObject, askedAt: number) =>
    answered('calendar', body, { id: `${LISTING}/2026-09-14/2026-09-14`, askedAt });
  const ID = `${LISTING}.2026-09-14`;

  it('is told with its price, and who holds it', () => {
    expect(viewOf('calendar_day', ID, samples('listing.calendar.updated'))).toEqual({
      arrivalsClosed: false,
      blocks: ['booked'],
      date: '2026-09-14',
      deleted: false,
      departuresClosed: false,
      displayName: '2026-09-14 booked',
      id: `guesty.main.${ID}`,
      kind: 'calendar_day',
      listing: `guesty.main.${LISTING}`,
      minNights: 2,
      price: { amount: 16000, currency: 'GBP' },
      reservation: 'guesty.main.66d3e4f5a6b7c8d9e0f1a2b3',
      source: 'guesty',
      status: 'booked',
      updatedAt: '2024-01-25T02:09:23.000Z',
    });
  });

  it('has no reservation any more when it is free again, and keeps its price', () => {
    const facts = [...samples('listing.calendar.updated'), ...asked(day('available'), 2e12)];
    const view = viewOf('calendar_day', ID, facts);
    expect(view).toMatchObject({ status: 'available', price: { amount: 16000 } });
    expect(view).not.toHaveProperty('reservation');
    expectOneState(facts);
  });

  it('is the same by either envelope, once it is looked up', () => {
    const answers = [
      ...asked(day('booked'), 2e12),
      ...asked(day('available', { minNights: 3 }), 3e12),
    ];
    const fresh = samples('calendar.updated.v2');
    expect(fresh).toEqual([]);
    const of = (facts: readonly Fact[]) => viewOf('calendar_day', ID, facts);
    const old = of([
      ...told({
        event: 'listing.calendar.updated',
        calendar: [{ date: '2026-09-14', listingId: LISTING, status: 'booked' }],
      }),
      ...answers,
    ]);
    expect(old).toEqual(of([...fresh, ...answers]));
  });

  it('can be listed by its date, its listing and what holds it', () => {
    const state = foldAll(samples('listing.calendar.updated')).get(
      `calendar_day/guesty.main.${ID}`,
    );
    const fields = recordKinds.calendar_day.fieldsOf(state ?? {});
    expect(Object.keys(fields).sort()).toEqual([...recordKinds.calendar_day.fields].sort());
  });
});
