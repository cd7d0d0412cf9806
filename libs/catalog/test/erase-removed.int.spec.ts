import { eraseRemoved } from '#libs/catalog';
import type { FactObservation } from '#libs/journal';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { call, openCatalog, START, type CatalogWorld } from './catalog-world.js';

let world: CatalogWorld;

beforeEach(async () => {
  world = await openCatalog();
});
afterEach(() => world.close());

const meta = { source: 'innkeeper/answering', causationId: 'q', correlationId: 'q' };

/** A dialogue of one question whose answer quotes a record. */
const dialogue = (id: string, record: string): readonly FactObservation[] => [
  {
    type: 'answering.question.asked.v1',
    stream: `dialogue/${id}`,
    occurredAt: START,
    data: { question: id, asker: 'user:1f', first: id, turn: 1 },
    personal: { text: 'Who called?' },
    meta,
  },
  {
    type: 'answering.question.answered.v1',
    stream: `dialogue/${id}`,
    occurredAt: START,
    data: { question: id, way: 'extractive', citations: [{ record }] },
    personal: { answer: 'Maya called.', quotes: ['Maya'] },
    meta,
  },
];

const projected = async (...observations: FactObservation[]) =>
  world.project(await world.tell(...observations));
const erase = (...records: string[]) =>
  eraseRemoved(world)(
    records.map((record) => ({ record, stream: record })),
    'capture',
  );
const destroyed = async () =>
  (await world.keys.tombstones()).map(({ stream }) => stream).toSorted();

describe('what was taken away at its source', () => {
  it('is erased with every dialogue that quotes it, and nothing else is', async () => {
    await projected(
      call('a.1', 'a.7', 'Maya'),
      call('a.2', 'a.8', 'Otto'),
      ...dialogue('quoting', 'call/a.1'),
      ...dialogue('other', 'call/a.2'),
    );
    const { position } = await erase('call/a.1');
    expect(await destroyed()).toEqual(['call/a.1', 'dialogue/quoting']);
    await world.project(await world.log.read(position - 1, 10));
    expect(await world.values('question', 'quoting')).not.toHaveProperty('text');
    expect(await world.values('question', 'other')).toMatchObject({ text: 'Who called?' });
    expect(JSON.stringify(await world.values('call', 'a.1'))).not.toContain('447700900123');
  });

  it('is erased by its stream where the record has had several lives', async () => {
    await projected(call('a.1', 'a.7', 'Maya'), ...dialogue('quoting', 'call/a.1'));
    await eraseRemoved(world)([{ record: 'call/a.1', stream: 'call/a.1/2' }], 'capture');
    expect(await destroyed()).toEqual(['call/a.1/2', 'dialogue/quoting']);
  });

  it('may be erased again: a crash after the first half is mended by it', async () => {
    await projected(call('a.1', 'a.7', 'Maya'));
    await erase('call/a.1');
    await erase('call/a.1');
    expect(await destroyed()).toEqual(['call/a.1']);
  });
});
