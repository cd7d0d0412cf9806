import { describe, expect, it } from '@jest/globals';

import type { Fact } from '#libs/contracts';
import type { JsonObject } from '#libs/kernel';

import { fold, type RecordState } from '../merge/record-state.js';
import { changesOf } from './index.js';
import { noteKind } from './note.js';

const told = (at: number, data: JsonObject, personal?: JsonObject): Fact => ({
  id: `0019f000-0000-8000-8000-00000000000${at}`,
  type: 'intake.note.observed.v1',
  stream: 'note/notes.main.loft.wifi',
  version: at,
  position: at,
  era: 1,
  occurredAt: at * 1000,
  recordedAt: 0,
  source: 'notes/main',
  correlationId: '',
  causationId: '',
  data: { event: 'note.saved', normaliser: 1, note: 'notes.main.loft.wifi', rank: 10, ...data },
  ...(personal && { personal }),
});

const folded = (facts: readonly Fact[]): RecordState => {
  const state = facts.flatMap(changesOf).reduce<RecordState | undefined>(fold, undefined);
  if (!state) throw new Error('nothing was said');
  return state;
};

describe('a note', () => {
  const first = told(1, { listing: 'guesty.main.1', tags: ['wifi'] }, { text: 'Old', title: 'A' });
  const second = told(2, {}, { text: '## Wifi\nNew', title: 'B' });
  const removed = told(3, { deleted: true });
  const again = told(4, {}, { text: 'Back', title: 'C' });

  it('is what was written last, as a whole, in whatever order it comes', () => {
    const state = folded([first, second]);
    expect(folded([second, first])).toEqual(state);
    const view = noteKind.view(state);
    expect(view).toMatchObject({ text: '## Wifi\nNew', title: 'B', displayName: 'B' });
    expect(view).not.toHaveProperty('listing');
    expect(view).not.toHaveProperty('tags');
  });

  it('is gone when it was removed, and back when it is written again', () => {
    expect(noteKind.isGone(folded([first, removed]))).toBe(true);
    expect(noteKind.sectionsOf(folded([first, removed]), { timeZone: 'UTC' })).toEqual([]);
    expect(noteKind.isGone(folded([again, removed, first]))).toBe(false);
  });

  it('gives search its text by headings', () => {
    expect(noteKind.sectionsOf(folded([second]), { timeZone: 'UTC' })).toEqual([
      { path: '1', heading: 'Wifi', text: 'New' },
    ]);
  });

  it('is still a note when its words are erased', () => {
    const state = folded([told(1, { listing: 'guesty.main.1' })]);
    expect(noteKind.view(state)).toMatchObject({ listing: 'guesty.main.1' });
    expect(noteKind.sectionsOf(state, { timeZone: 'UTC' })).toEqual([]);
  });
});
