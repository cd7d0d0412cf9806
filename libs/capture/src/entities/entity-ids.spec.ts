import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { utf8 } from '#libs/kernel';

import { entityIds, plainIdOf } from './entity-ids.js';

const keys = { fingerprint: (values: readonly Uint8Array[]) => values.map(() => utf8('hash')) };

describe('the id of an entity', () => {
  it.each([
    ['"kM2nXbT8tWq3zYp4R"', 'kM2nXbT8tWq3zYp4R'],
    ['"rocket.cat"', 'rocket.cat'],
    ['"6507f1f77bcf86cd79943901"', '6507f1f77bcf86cd79943901'],
    ['"a b"', undefined],
    ['{"$oid":"6507f1f77bcf86cd79943901"}', undefined],
  ])('is, of Rocket.Chat’s %s, %s', (key, id) => {
    expect(plainIdOf(key, 'rocketchat')).toBe(id);
  });

  it.each([
    ['"order-17_b"', 'order-17_b'],
    ['"a.b"', undefined],
    ['{"$oid":"6507f1f77bcf86cd79943901"}', '6507f1f77bcf86cd79943901'],
    ['{"$numberInt":"17"}', '17'],
    ['{"$numberLong":"-5"}', '-5'],
    ['{"$numberDouble":"17.0"}', '17'],
    ['{"$numberDouble":"-0.0"}', '0'],
    ['{"$numberDouble":"1.5"}', undefined],
    ['{"a":"x","b":"y"}', undefined],
    ['{"$uuid":"6507f1f7"}', undefined],
    ['["a"]', undefined],
    ['null', undefined],
    // Texts that look like an identity of another type.
    ['"6507f1f77bcf86cd79943901"', undefined],
    ['"17"', undefined],
  ])('is, of %s in another collection, %s', (key, id) => {
    expect(plainIdOf(key, 'notice')).toBe(id);
  });

  it('is of one identity only, whatever its type is', () => {
    const identities = fc.oneof(
      fc.string({ maxLength: 4, unit: fc.constantFrom('1', '2', 'a', '-', '0') }),
      fc.integer({ min: -30, max: 30 }).map((n) => ({ $numberInt: `${n}` })),
    );
    fc.assert(
      fc.property(identities, identities, (one, other) => {
        const [a, b] = [one, other].map((id) => plainIdOf(JSON.stringify(id), 'notice'));
        fc.pre(a !== undefined && JSON.stringify(one) !== JSON.stringify(other));
        expect(a).not.toBe(b);
      }),
    );
  });

  it('is a keyed hash where the identity cannot stand there, in one call', async () => {
    const ids = await entityIds(['"a"', '"b c"', '"d"'], { form: 'notice', feed: 'orders', keys });
    expect(ids).toEqual(['a', '68617368', 'd']);
  });
});
