import { ScriptedChatModel } from '#libs/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { hitOf, type AnsweringWorld } from './answering-world.js';
import { dayBudget, modelParts, NOTICE, openWithModel } from './model-world.js';

const SOURCE =
  'The hall is blue. The fuse box is behind the coats. Check-in is from 16:00. Check-out is until 10:00. ' +
  'Pets are not allowed. Breakfast costs 12 EUR.';

/** All true sentences that can be made of the words below, by somebody who knows the house. */
const TRUE = new Set([
  'hall blue',
  'fuse box behind coats',
  'check-in from 16:00',
  'check-out until 10:00',
  'pets not allowed',
  'breakfast costs 12 eur',
  // A bound may be left out, and never turned round.
  'check-in 16:00',
]);

const subjects = [
  'The hall',
  'The fuse box',
  'Check-in',
  'Check-out',
  'Pets',
  'Breakfast',
  'The sauna',
];
const verbs = ['is', 'is not', 'are', 'are not', 'costs'];
const rests = [
  'blue',
  'behind the coats',
  'from 16:00',
  'until 16:00',
  'from 10:00',
  'until 10:00',
  'allowed',
  '12 EUR',
  '16:00',
  'red',
  'https://evil.example',
];
const noise = fc.constantFrom(
  '@all ',
  '**',
  '[2]',
  '\n',
  '<b>',
  ' ',
  '\u200b',
  '“',
  'So ',
  '[99]',
  '# ',
);

const word = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/\[\d+\]/gu, '')
    .replaceAll(/(?<!\d)[.](?!\d)|[“”"]/gu, '')
    .split(/\s+/u)
    // A sign of a heading is none in the middle of a line.
    .filter((one) => !['', '#', 'the', 'is', 'are', 'so', 'all'].includes(one))
    .join(' ');

const statement = fc
  .tuple(
    noise,
    fc.constantFrom(...subjects),
    fc.constantFrom(...verbs),
    fc.constantFrom(...rests),
    noise,
  )
  .map(
    ([before, subject, verb, rest, after]) => `${before}${subject} ${verb} ${rest} [1].${after}`,
  );

describe('all that a model says', () => {
  let world: AnsweringWorld;
  let said: readonly string[];
  beforeAll(async () => {
    world = await openWithModel(
      new ScriptedChatModel({ script: () => said }),
      { hits: [hitOf(NOTICE, SOURCE)] },
      {
        budget: dayBudget({}),
        ...{ limits: modelParts(new ScriptedChatModel({ script: [] })).limits },
      },
    );
  });
  afterAll(() => world.parts.close());

  it('no statement leaves that does not stand in its source', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(statement, { minLength: 1, maxLength: 8 }), async (statements) => {
        said = statements;
        const heard: string[] = [];
        const answer = await world.ask('where is the fuse box', {}, (progress) => {
          if (progress.sort === 'sentence') heard.push(progress.text);
        });
        for (const sentence of heard) {
          const bare = word(sentence).replace(/^costs (?=12 eur)/u, '');
          const known = [...TRUE].some(
            (truth) => bare === truth || truth.replace('costs ', '') === bare.replace('costs ', ''),
          );
          expect({ sentence, known }).toEqual({ sentence, known: true });
        }
        if (answer.way === 'model') expect(answer.answer).toBe(heard.join(' '));
        expect(answer.answer).not.toMatch(/https?:|evil\.example|@all|[<>]|\p{Cf}/u);
      }),
      { numRuns: 60 },
    );
  }, 60_000);
});
