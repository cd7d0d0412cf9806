import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { answerIdOf } from '../src/questions/answer-id.js';
import { NEVER_DUE } from '../src/questions/room-question.js';
import { withdrawnText } from '../src/say/short-texts.js';
import { apologyOf, finalOf } from './scripted-answering.js';
import { QUESTIONS, TroubledRooms, type RoomTrouble } from './troubled-rooms.js';

const message = fc.constantFrom(...QUESTIONS);
const after = fc.integer({ min: 0, max: 30 });
const worker = fc.integer({ min: 0, max: 3 });

const asking: fc.Arbitrary<RoomTrouble> = fc.record({
  after,
  is: fc.constantFrom('ask', 'hint'),
  message,
});
const changing: fc.Arbitrary<RoomTrouble> = fc.record({
  after,
  is: fc.constantFrom('edit', 'edit', 'remove', 'unask', 'hint'),
  message,
});
const moderating: fc.Arbitrary<RoomTrouble> = fc.record({
  after,
  is: fc.constantFrom('answer_removed', 'answer_edited'),
  message,
});
const doubting: fc.Arbitrary<RoomTrouble> = fc.record({
  after,
  is: fc.constant('doubt' as const),
  message,
});
const dying: fc.Arbitrary<RoomTrouble> = fc.record({
  after,
  is: fc.constant('crash' as const),
  worker,
});
const pausing: fc.Arbitrary<RoomTrouble> = fc.record({
  after,
  is: fc.constant('pause' as const),
  worker,
  ms: fc.constantFrom(500, 10_000, 20_000, 40_000, 90_000),
});
const upsets: fc.Arbitrary<RoomTrouble> = fc.record({
  after,
  is: fc.constantFrom('directory_away', 'chat_away', 'leave'),
  ms: fc.constantFrom(500, 3_000, 40_000, 90_000),
});
const losses: fc.Arbitrary<RoomTrouble> = fc.record({
  after,
  is: fc.constantFrom('lost', 'late', 'nothing'),
});

const first: RoomTrouble = { after: 0, is: 'ask', message: 'q1' };
const historyOf = (...of: fc.Arbitrary<RoomTrouble>[]) =>
  fc
    .array(fc.oneof(...of), { minLength: 1, maxLength: 14 })
    .map((troubles) => [first, ...troubles]);
const order = fc.array(fc.nat({ max: 5 }), { minLength: 1, maxLength: 24 });

const runs = Number(process.env['INNKEEPER_TEST_RUNS'] ?? 300) || 300;
const EDITS = 10;

/** What must be so in the end. */
const isAsItShould = async (world: TroubledRooms, question: string): Promise<void> => {
  const noted = await world.question(question);
  const asks = world.asks(question);
  const id = await answerIdOf(world.parts, question);
  const written = world.chat.journal.filter((entry) => entry.id === id);
  const shown = world.chat.textOf(id);
  expect(written.filter(({ did }) => did === 'posted').length).toBeLessThanOrEqual(1);
  const ours = world.chat.messagesIn('team').filter(({ thread }) => thread === question);
  expect(ours.length).toBeLessThanOrEqual(1);
  expect(noted?.claim).toBeUndefined();
  if (noted) expect(noted.dueAt).toBe(NEVER_DUE);
  const texts = new Set(written.flatMap(({ text }) => /\bv\d+\b/.exec(text)?.[0] ?? []));
  for (const text of texts)
    expect(
      written.filter((one) => one.did === 'changed' && one.text.includes(text)).length,
    ).toBeLessThanOrEqual(EDITS);
  if (world.removedAnswers.has(question)) return expect(shown).toBeUndefined();
  if (world.editedAnswers.has(question)) return;
  if (asks === undefined) {
    if (shown !== undefined)
      expect([withdrawnText('deleted', 'en'), withdrawnText('edited', 'en')]).toContain(shown);
    return;
  }
  if (noted?.state === 'left') return;
  const isGone = world.log.goneRecords.size > 0;
  expect(['answered', 'gave_up']).toContain(noted?.state);
  expect(shown).toBeDefined();
  if (isGone && (noted?.doubts ?? 0) > 0) expect(shown).not.toContain(finalOf(asks));
  const says = [finalOf(asks), apologyOf(asks)].some((text) => shown?.includes(text));
  const isBare = noted?.state === 'gave_up' && !/\bv\d+\b/.test(shown ?? '');
  // Without its asker nobody can say who may see it, where it has to be put right.
  const mayBeWithdrawn = isGone || world.somebodyLeft;
  const isWithdrawn = mayBeWithdrawn && shown === withdrawnText('source', 'en');
  expect({ says: says || isBare || isWithdrawn, shown, asks }).toMatchObject({ says: true });
};

describe('questions in a room whose processes die, stand still and meet', () => {
  it('get one answer each, never twice and never to what is not asked any more', () =>
    fc.assert(
      fc.asyncProperty(
        historyOf(asking, changing, changing, moderating, dying, dying, pausing, pausing, losses),
        order,
        (troubles, steps) =>
          TroubledRooms.run(troubles, steps, async (world) => {
            for (const question of QUESTIONS) await isAsItShould(world, question);
          }),
      ),
      { numRuns: runs },
    ));

  it('end, also where directory and chat are away, people leave and sources go', () =>
    fc.assert(
      fc.asyncProperty(
        historyOf(asking, changing, doubting, dying, pausing, upsets, upsets, losses),
        order,
        (troubles, steps) =>
          TroubledRooms.run(troubles, steps, async (world) => {
            for (const question of QUESTIONS) await isAsItShould(world, question);
          }),
      ),
      { numRuns: runs },
    ));
});
