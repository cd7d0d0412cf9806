import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { MemoryCollection } from '#libs/testing';
import { LARGEST_DOCUMENT } from '#libs/ports/change-feed';

import { FEED, message, openCapture, type CaptureWorld } from './capture-world.js';

const ids = Array.from({ length: 50 }, (_, i) => `m${i}`);

describe('a document that cannot be told', () => {
  let collection: MemoryCollection;
  let world: CaptureWorld;

  beforeEach(async () => {
    collection = new MemoryCollection(ids.map((id) => message(id, 'r1', `text of ${id}`)));
    world = await openCapture(collection);
  });

  afterEach(() => world.close());

  const parked = async () => (await world.capture.list())[0]?.parked;

  it('is set aside singly by a scan and by the stream, and is told when it can be read', async () => {
    collection.breakDocument('m7');
    expect(await world.settle()).toHaveLength(49);
    expect(await parked()).toMatchObject([{ id: 'm7', code: 'CAPTURE_DOCUMENT_UNREADABLE' }]);
    for (const id of ids) collection.change(id, { msg: `another text of ${id}` });
    expect(await world.settle()).toHaveLength(49);
    collection.mendDocument('m7');
    await world.capture.resnapshot(FEED);
    expect(await world.settle()).toMatchObject([{ id: 'm7' }]);
    expect(await parked()).toEqual([]);
  });

  it('is no missing document to a scan', async () => {
    await world.settle();
    collection.breakDocument('m7');
    await world.capture.resnapshot(FEED);
    expect(await world.settle()).toEqual([]);
    expect(await parked()).toMatchObject([{ id: 'm7' }]);
    collection.remove('m7');
    collection.mendDocument('m7');
    expect(await world.settle()).toMatchObject([{ id: 'm7', gone: 'removed' }]);
    expect(await parked()).toEqual([]);
  });

  it('is skipped and shown with its size when it is too large, and told when it is small again', async () => {
    collection.change('m7', { msg: 'x'.repeat(LARGEST_DOCUMENT) });
    expect(await world.settle()).toHaveLength(49);
    const [shown] = (await parked()) ?? [];
    expect(shown).toMatchObject({ id: 'm7', code: 'LOG_FACT_TOO_LARGE' });
    expect(shown?.bytes).toBeGreaterThan(LARGEST_DOCUMENT);
    collection.change('m7', { msg: 'small' });
    expect(await world.settle()).toMatchObject([{ id: 'm7', document: { msg: 'small' } }]);
    expect(await parked()).toEqual([]);
  });

  it('is set aside when our own code fails on it', async () => {
    const failing = await openCapture(collection, {
      more: {
        collection: {
          standing: ({ _id }) => {
            if (_id === 'm7') throw new TypeError('nobody expected it');
            return 'there';
          },
        },
      },
    });
    expect(await failing.settle()).toHaveLength(49);
    expect((await failing.capture.list())[0]?.parked).toMatchObject([
      { id: 'm7', code: 'DEFECT_UNKNOWN' },
    ]);
    await failing.close();
  });
});
