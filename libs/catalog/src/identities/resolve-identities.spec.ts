import { describe, expect, it } from '@jest/globals';

import { generatedSet, type GeneratedSet } from '../../test/generated-people.js';
import { misspeltSet } from '../../test/misspelt-people.js';
import { mailHandle, phoneHandle } from './handles.js';
import { compareNames } from './names.js';
import { resolveIdentities, type Bearer, type Ruling } from './resolve-identities.js';

const PHONE = 'tel:+447700900123';
const OTHER = 'tel:+447700900456';

const bearer = (record: string, name: string | undefined, ...handles: string[]): Bearer => ({
  record,
  ...(name !== undefined && { name }),
  handles: handles.length > 0 ? handles : [PHONE],
});

const membersOf = (bearers: Bearer[], record: string, rulings?: Ruling[]): readonly string[] =>
  resolveIdentities(bearers, rulings).personOf(record).members;

describe('a handle', () => {
  it.each([
    ['+447700900123', 'tel:+447700900123'],
    ['118', undefined],
    ['anonymous', undefined],
  ])('of the number %s is %s', (number, handle) => {
    expect(phoneHandle(number)).toBe(handle);
  });

  it.each([
    ['Maya.Osei+booking@Gmail.com ', 'mailto:mayaosei@gmail.com'],
    ['maya.osei@googlemail.com', 'mailto:mayaosei@gmail.com'],
    ['maya.osei@example.com', 'mailto:maya.osei@example.com'],
    ['mosei.123456@guest.booking.com', undefined],
    ['abc123@guest.airbnb.com', undefined],
    ['x@m.expediapartnercentral.com', undefined],
    ['info@example.com', undefined],
    ['no-reply@example.com', undefined],
    ['not a mail', undefined],
  ])('of the mail %s is %s', (mail, handle) => {
    expect(mailHandle(mail)).toBe(handle);
  });
});

describe('two names', () => {
  it.each([
    ['Anna Svensson', 'ANNA SVENSSON', 'same'],
    ['Svensson Anna', 'Anna Maria Svensson', 'same'],
    ['Jürgen Müller', 'Juergen Mueller', 'same'],
    ['Bob Smith', 'Robert Smith', 'same'],
    ['Maria López (Booking)', 'Maria Lopez', 'same'],
    ['Alessandra Cannell', 'Alessandra Canhell', 'same'],
    ['Alessandra Cannell', 'Alessadra Cannell', 'same'],
    ['Nicholas Campbell', 'Nichloas Campbel', 'same'],
    ['Annamaria Rossi', 'Anna Maria Rossi', 'same'],
    ['Hamish MacDonald', 'Hamish Mac Donald', 'same'],
    ['Alessadra', 'Alessandra Cannell', 'near'],
    ['Anna', 'Anna Svensson', 'near'],
    ['Anna Airbnb 12 Aug', 'Anna Svensson', 'near'],
    ['A. Svensson', 'Anna Svensson', 'unclear'],
    ['Guest 12', 'Anna Svensson', 'unclear'],
    [undefined, 'Anna Svensson', 'unclear'],
    ['Иван Петров', 'Ivan Petrov', 'unclear'],
    ['Anna Svensson', 'Erik Svensson', 'apart'],
    ['Anna Svensson', 'Anna Berg', 'apart'],
    ['Alexander Berg', 'Alexandra Berg', 'apart'],
    ['Mario Rossi', 'Maria Rossi', 'apart'],
    ['Daniel Weber', 'Daniela Weber', 'apart'],
    ['Julia Weber', 'Julie Weber', 'apart'],
    ['Christian Berg', 'Christina Berg', 'apart'],
    ['Ilario Zanotto', 'Ilaria Zanotto', 'apart'],
    ['Karina Berg', 'Katina Berg', 'apart'],
    ['Anna Weber', 'Anna Wever', 'apart'],
    ['Ivan Petrov', 'Ivan Petrova', 'apart'],
    ['Anna Cannell', 'Jane Canhell', 'apart'],
    ['Cannell', 'Canhell', 'apart'],
    ['Canhell Jane', 'Cannell Jane Alessandra', 'apart'],
    ['Lena Osei', 'Lina Osei', 'apart'],
  ])('%s and %s are %s', (a, b, verdict) => {
    expect(compareNames(a, b)).toBe(verdict);
    expect(compareNames(b, a)).toBe(verdict);
  });
});

describe('who is who', () => {
  it('joins a contact and a guest of one number whose names agree, and says by what', () => {
    const bearers = [bearer('contact/1', 'Anna'), bearer('guest/1', 'Anna Svensson')];
    const person = resolveIdentities(bearers).personOf('contact/1');
    expect(person.members).toEqual(['contact/1', 'guest/1']);
    expect(person.evidence).toEqual([
      { records: ['contact/1', 'guest/1'], by: 'handle', handle: PHONE },
    ]);
  });

  it('asks whose number it is that two people share', () => {
    const bearers = [
      bearer('contact/1', undefined),
      bearer('guest/1', 'Anna Svensson'),
      bearer('guest/2', 'Erik Svensson'),
    ];
    const { personOf, ownerOf, questions } = resolveIdentities(bearers);
    expect(personOf('contact/1').members).toEqual(['contact/1']);
    expect(ownerOf(PHONE)).toBeUndefined();
    expect(questions).toEqual([{ handle: PHONE, candidates: ['contact/1', 'guest/1', 'guest/2'] }]);
  });

  it('joins a lone first name there with the only one who bears it', () => {
    const couple = [bearer('guest/1', 'Anna Svensson'), bearer('guest/2', 'Erik Svensson')];
    expect(membersOf([...couple, bearer('contact/1', 'Anna')], 'contact/1')).toEqual([
      'contact/1',
      'guest/1',
    ]);
    expect(membersOf([...couple, bearer('contact/1', 'Svensson')], 'contact/1')).toEqual([
      'contact/1',
    ]);
  });

  it('joins whole names even there, but knows no owner of the number', () => {
    const bearers = [
      bearer('contact/1', 'Anna Svensson'),
      bearer('guest/1', 'Anna Svensson'),
      bearer('guest/2', 'Erik Svensson'),
    ];
    expect(membersOf(bearers, 'contact/1')).toEqual(['contact/1', 'guest/1']);
    expect(resolveIdentities(bearers).ownerOf(PHONE)).toBeUndefined();
  });

  it('says nothing of anybody behind a switchboard', () => {
    const names = ['Anna', 'Erik', 'Maria', 'Omar', 'Olga', 'Ivan', 'Wei'];
    const bearers = [
      ...names.map((name, i) => bearer(`guest/${i}`, `${name} Smith`)),
      bearer('contact/1', 'Anna Smith'),
    ];
    expect(membersOf(bearers, 'contact/1')).toEqual(['contact/1']);
  });

  it('takes back loose joins that would make one person of two who disagree', () => {
    const bearers = [
      bearer('contact/1', 'Anna', PHONE, OTHER),
      bearer('guest/1', 'Anna Svensson', PHONE),
      bearer('guest/2', 'Anna Berg', OTHER),
    ];
    expect(membersOf(bearers, 'contact/1')).toEqual(['contact/1']);
    expect(membersOf(bearers, 'guest/2')).toEqual(['guest/2']);
  });

  it('does as an operator settled it, either way, and asks no more', () => {
    const bearers = [bearer('guest/1', 'Anna Svensson'), bearer('guest/2', 'Anna Berg')];
    const same: Ruling = { records: ['guest/2', 'guest/1'], same: true };
    expect(membersOf(bearers, 'guest/1', [same])).toEqual(['guest/1', 'guest/2']);
    const apart: Ruling = { records: ['guest/1', 'guest/2'], same: false };
    expect(resolveIdentities(bearers, [same]).questions).toEqual([]);
    expect(resolveIdentities(bearers, [apart]).questions).toEqual([]);
    expect(membersOf(bearers, 'guest/1', [apart])).toEqual(['guest/1']);
  });
});

/** How much of what can be found is found, and how much of what is told is right. */
const scoreOf = ({ bearers, humanOf, calls }: GeneratedSet) => {
  const { personOf, ownerOf } = resolveIdentities(bearers);
  const score = { told: 0, right: 0, true: 0 };
  const judge = (told: boolean, truth: boolean): void => {
    if (told) score.told += 1;
    if (truth) score.true += 1;
    if (told && truth) score.right += 1;
  };
  for (const [a, b] of pairsSharingHandles(bearers))
    judge(
      personOf(a.record).id === personOf(b.record).id,
      humanOf.get(a.record) === humanOf.get(b.record),
    );
  for (const { handle, human } of calls) {
    const owner = ownerOf(handle);
    if (owner) judge(true, humanOf.get(owner.id) === human);
    else judge(false, true);
  }
  return { precision: score.right / score.told, recall: score.right / score.true };
};

describe('over generated seasons', () => {
  it.each([1, 2, 3, 4, 5])('is right and finds most: season %s', (seed) => {
    const { precision, recall } = scoreOf(generatedSet(seed, 4_000));
    expect({ seed, precision: precision >= 0.9997 }).toEqual({ seed, precision: true });
    expect({ seed, recall: recall >= 0.954 }).toEqual({ seed, recall: true });
  });
});

describe('over address books with misspelt names', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('is right and finds most: book %s', (seed) => {
    const { precision, recall } = scoreOf(misspeltSet(seed, 1_000));
    expect({ seed, precision: precision >= 0.999 }).toEqual({ seed, precision: true });
    expect({ seed, recall: recall >= 0.75 }).toEqual({ seed, recall: true });
  });
});

/** Those between whom there is evidence for a link. */
const pairsSharingHandles = (bearers: readonly Bearer[]): [Bearer, Bearer][] => {
  const byHandle = new Map<string, Bearer[]>();
  for (const one of bearers)
    for (const handle of one.handles) byHandle.set(handle, [...(byHandle.get(handle) ?? []), one]);
  const pairs = new Map<string, [Bearer, Bearer]>();
  for (const group of byHandle.values())
    group.forEach((a, i) =>
      group.slice(i + 1).forEach((b) => pairs.set(`${a.record} ${b.record}`, [a, b])),
    );
  return [...pairs.values()];
};
