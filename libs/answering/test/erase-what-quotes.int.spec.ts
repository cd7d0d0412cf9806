import { eraseStreams, type ErasurePlan } from '#libs/catalog';
import type { FactObservation } from '#libs/journal';
import { userPrincipal } from '#libs/kernel';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { hitOf, openAnswering, type AnsweringWorld } from './answering-world.js';

const noteOf = (id: string, text: string): FactObservation => ({
  type: 'intake.notice.observed.v1',
  stream: `notice/door.main.${id}`,
  occurredAt: 1_789_377_124_000,
  meta: { source: 'door/main', causationId: `delivery-${id}`, correlationId: 'a delivery' },
  data: { event: 'told', notice: `door.main.${id}`, normaliser: 1, rank: 10 },
  personal: { body: '{}', subject: text },
});
const FORGOTTEN = 'notice/door.main.1';
const KEPT = 'notice/door.main.2';
const asker = userPrincipal('anna');
const reader = { asker, principals: ['staff', asker] };

let world: AnsweringWorld;

const erasing = () =>
  eraseStreams({
    ...world.parts,
    deliveriesYielding: () => Promise.resolve([]),
    mentioning: () => Promise.resolve({ letters: [], deliveries: [], quarantined: [] }),
    rawOf: () => Promise.resolve(undefined),
  });

/** Erases as the api role does it: says it, folds it, takes what came meanwhile, and looks. */
const eraseAll = async (plan: ErasurePlan) => {
  const { erase, eraseLate, watch } = erasing();
  const look = await watch(plan);
  await erase(plan, 'zoe');
  await world.fold();
  const late = await eraseLate(plan, 'zoe');
  await world.fold();
  return { late, looked: await look() };
};

const open = async (...sources: readonly string[]): Promise<void> => {
  world = await openAnswering(
    ...sources.map((source) => ({ hits: [hitOf(source, 'Quillon hid the key in the shed.')] })),
  );
  await world.tell(noteOf('1', 'Quillon'), noteOf('2', 'House book'));
};

describe('what quotes an erased record', () => {
  beforeEach(() => open(FORGOTTEN, KEPT, FORGOTTEN));
  afterEach(() => world.parts.close());

  it('is listed first, with every question of its dialogue, and what quotes others is not', async () => {
    const { conversation } = await world.ask('where is the key');
    await world.ask('where is the key');
    await world.ask('and where is the shed', { conversation });
    await world.fold();
    const plan = await erasing().plan(FORGOTTEN);
    expect(plan.streams).toEqual([`dialogue/${conversation}`, FORGOTTEN]);
    expect(plan.kinds).toEqual({ dialogue: 1, notice: 1 });
    expect(plan.facts).toBe(5);
    expect(plan.deliveries).toEqual(['delivery-1']);
  });

  it('is listed also where it was taken back, and others of its dialogue were not', async () => {
    const { conversation, id } = await world.ask('where is the key');
    await world.ask('and where is the shed', { conversation });
    const said = { asker: 'user:anna', conversation, question: id, reason: 'deleted' } as const;
    await world.answering.withdrawQuestion(said, { actor: 'rooms', cause: id });
    await world.fold();
    const plan = await erasing().plan(FORGOTTEN);
    expect(plan.streams).toEqual([`dialogue/${conversation}`, FORGOTTEN]);
  });

  it('is erased with it, and nothing of it is left', async () => {
    const { conversation, id } = await world.ask('where is the key');
    const other = await world.ask('where is the other key');
    await world.fold();
    const { looked } = await eraseAll(await erasing().plan(FORGOTTEN));
    expect(looked.left).toEqual([]);
    const { answering } = world;
    const shown = JSON.stringify(await answering.showDialogue(reader, conversation));
    expect(shown).not.toMatch(/Quillon|shed|where is the key/);
    expect(JSON.stringify(await answering.showQuestion(reader, id))).not.toMatch(/Quillon|shed/);
    const kept = JSON.stringify(await answering.showDialogue(reader, other.conversation));
    expect(kept).toMatch(/Quillon hid the key/);
  });

  it('goes as well where it was asked after the list was made', async () => {
    const plan = await erasing().plan(FORGOTTEN);
    const { conversation } = await world.ask('where is the key');
    expect(plan.streams).not.toContain(`dialogue/${conversation}`);
    const { late, looked } = await eraseAll(plan);
    expect(late?.streams).toEqual([`dialogue/${conversation}`]);
    expect(looked.left).toEqual([]);
    const facts = await world.parts.log.stream(`dialogue/${conversation}`, 0, 10);
    const opened = await world.parts.journal.open(facts);
    expect(opened.map(({ personal }) => personal)).toEqual([undefined, undefined]);
  });

  it('goes by its own name, too, and takes nobody along', async () => {
    const { conversation, id } = await world.ask('where is the key');
    await world.fold();
    const plan = await erasing().plan(`question/${id}`);
    expect(plan.streams).toEqual([`dialogue/${conversation}`]);
    expect(plan.deliveries).toEqual([]);
    expect((await eraseAll(plan)).looked.left).toEqual([]);
    const { recordsFor } = world.catalog;
    expect(await recordsFor([asker]).show('question', id)).not.toHaveProperty('text');
    expect(await recordsFor(['staff']).show('notice', 'door.main.1')).toMatchObject({
      displayName: 'Quillon',
    });
  });
});
