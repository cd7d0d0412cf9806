import type { FactObservation } from '#libs/journal';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { START } from './catalog-world.js';
import {
  call,
  contact,
  guest,
  line,
  openIdentities,
  reservation,
  type Said,
} from './identities-world.js';

const phones = ['+447700900101', '+447700900102', '+447700900103'];
const mails = ['maya@example.com', 'erik@example.com', 'x1@guest.booking.com'];
const names = ['Maya Osei', 'Maya', 'Erik Osei', 'Osei, Maya', 'Erik Berg'];

const said: fc.Arbitrary<Said> = fc.record(
  {
    name: fc.constantFrom(...names),
    phones: fc.subarray(phones),
    mails: fc.subarray(mails),
  },
  { requiredKeys: [] },
);
const id = fc.constantFrom('1', '2', '3', '4');

const observation: fc.Arbitrary<FactObservation> = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(id, said).map(([one, words]) => contact(one, words)) },
  { weight: 4, arbitrary: fc.tuple(id, said).map(([one, words]) => guest(one, words)) },
  fc
    .tuple(id, fc.constantFrom(...phones), fc.option(id, { nil: undefined }))
    .map(([one, phone, of]) =>
      call(one, { phone, ...(of !== undefined && { contact: of, name: 'Maya' }) }),
    ),
  fc.tuple(id, id).map(([one, of]) => reservation(one, of, 'Maya Osei')),
  fc.constantFrom(...phones).map((phone) => line('5', phone)),
);

/** At a time of its own each: what is told at one moment is ordered by keyed ids. */
const histories = (length: { readonly minLength: number; readonly maxLength: number }) =>
  fc
    .array(observation, length)
    .map((history) => history.map((one, i) => ({ ...one, occurredAt: START + i })));

const records = ['contact', 'guest', 'call', 'reservation'].flatMap((kind) =>
  ['1', '2', '3', '4'].map((one) => {
    const provider = kind === 'contact' || kind === 'call' ? 'aircall' : 'guesty';
    return `${kind}/${provider}.main.${one}`;
  }),
);

/** Everything that anybody can see of who is who after a history told in these batches. */
const afterTelling = async (
  history: readonly FactObservation[],
  batch: number,
  rebuilt = false,
) => {
  const world = await openIdentities();
  try {
    for (let from = 0; from < history.length; from += batch)
      await world.told(...history.slice(from, from + batch));
    if (rebuilt) expect(await world.rebuild()).toMatchObject({ switched: true });
    // Each world has a key of its own, so that prints differ.
    const claims = Object.entries(await world.kept())
      .filter(([, text]) => text.includes('"handle"'))
      .map(([name]) => name.slice(name.indexOf('.') + 1));
    const questions = (await world.questions()).map(({ id: _print, ...question }) => question);
    const links = await Promise.all(records.map((record) => world.show(record)));
    return {
      claims: claims.toSorted(),
      questions: questions.toSorted((a, b) => (a.value < b.value ? -1 : 1)),
      links: links.map((link) => link && { ...link, questions: link.questions.length }),
    };
  } finally {
    await world.close();
  }
};

describe('who is who', () => {
  it('is the same in whatever order, batches and repetition the facts come, and after a rebuild', async () => {
    await fc.assert(
      fc.asyncProperty(
        histories({ minLength: 2, maxLength: 14 }).chain((history) =>
          fc.tuple(
            fc.constant(history),
            fc.shuffledSubarray([...history, ...history], {
              minLength: history.length * 2,
            }),
            fc.integer({ min: 1, max: 5 }),
          ),
        ),
        async ([history, shuffled, batch]) => {
          const expected = await afterTelling(history, history.length);
          expect(await afterTelling(shuffled, batch)).toEqual(expected);
          expect(await afterTelling(shuffled, batch, true)).toEqual(expected);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('is asked and answered somewhere in such histories', async () => {
    const seen = new Set<string>();
    for (const history of fc.sample(histories({ minLength: 14, maxLength: 14 }), 30)) {
      const { links, questions } = await afterTelling(history, 14);
      if (questions.length > 0) seen.add('question');
      for (const link of links) seen.add(link?.why ?? (link ? 'linked' : 'no record'));
    }
    for (const outcome of ['question', 'linked', 'ambiguous', 'own_line'])
      expect([...seen]).toContain(outcome);
  });
});
