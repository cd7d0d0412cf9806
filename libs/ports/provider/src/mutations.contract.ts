import fc from 'fast-check';

import { utf8 } from '#libs/kernel';

/** What JSON can say and no schema expects. As text, because some of it survives no `JSON.stringify`. */
const oddities = [
  'null',
  '{}',
  '[]',
  '""',
  'true',
  '-1',
  '0.5',
  '1e400',
  '-1e400',
  '99999999999999999999999999',
  '"\\ud800"',
  '"\\u0000"',
  '"NaN"',
  '{"__proto__":{"id":1}}',
  '{"constructor":1,"toString":2,"length":3}',
  '[null,1,"a",{},[]]',
  `${'['.repeat(60)}${']'.repeat(60)}`,
  `"${'9'.repeat(5000)}"`,
];

const oddity = fc.oneof(
  fc.constantFrom(...oddities),
  fc.json(),
  fc.string({ unit: 'binary' }).map((text) => JSON.stringify(text)),
);

type Place = readonly (string | number)[];

/** Every place in a value, from the top down. */
const placesIn = (value: unknown, at: Place = []): Place[] => [
  at,
  ...(typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, inner]) =>
        placesIn(inner, [...at, Array.isArray(value) ? Number(key) : key]),
      )
    : []),
];

/** JSON text of a value with something else at these places. */
const textWith = (value: unknown, odd: ReadonlyMap<string, string>, at: Place = []): string => {
  const replaced = odd.get(JSON.stringify(at));
  if (replaced !== undefined) return replaced;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value))
    return `[${value.map((item, i) => textWith(item, odd, [...at, i])).join(',')}]`;
  const fields = Object.entries(value).map(
    ([key, inner]) => `${JSON.stringify(key)}:${textWith(inner, odd, [...at, key])}`,
  );
  return `{${fields.join(',')}}`;
};

/** A sample with up to six of its values, whole branches too, turned into something odd. */
export const mutated = (samples: readonly unknown[]): fc.Arbitrary<string> =>
  fc.constantFrom(...samples).chain((sample) =>
    fc
      .array(fc.tuple(fc.constantFrom(...placesIn(sample)), oddity), { minLength: 1, maxLength: 6 })
      .map((changes) => new Map(changes.map(([place, odd]) => [JSON.stringify(place), odd])))
      .map((odd) => textWith(sample, odd)),
  );

/** Bytes that are no JSON at all, or a sample that was cut off. */
export const broken = (samples: readonly unknown[]): fc.Arbitrary<Uint8Array> =>
  fc.oneof(
    fc.uint8Array({ maxLength: 200 }).map((bytes) => new Uint8Array(bytes)),
    fc
      .tuple(fc.constantFrom(...samples), fc.double({ min: 0, max: 0.99, noNaN: true }))
      .map(([sample, share]) => {
        const whole = utf8(JSON.stringify(sample));
        return whole.subarray(0, Math.floor(whole.length * share));
      }),
  );
