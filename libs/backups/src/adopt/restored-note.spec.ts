import { describe, expect, it } from '@jest/globals';

import { readRestoredNote, restoredNoteText } from './restored-note.js';

const note = {
  run: '019ad3c2-5b00-7a11-8c22-0a1b2c3d4e5f',
  sources: [{ name: 'innkeeper', snapshot: 'a'.repeat(64), files: 3, bytes: 4096 }],
};

describe('what a restore leaves', () => {
  it('is read as it was written', () => {
    expect(readRestoredNote(restoredNoteText(note))).toEqual(note);
  });

  it.each([
    ['', 'nothing'],
    ['{"run":', 'half of it'],
    ['null', 'null'],
    [JSON.stringify({ ...note, run: 1 }), 'no run'],
    [JSON.stringify({ run: note.run }), 'no sources'],
    [JSON.stringify({ ...note, sources: [null] }), 'a source that is none'],
    [JSON.stringify({ ...note, sources: [{ ...note.sources[0], files: '3' }] }), 'no size'],
  ])('is none where it is %j: %s', (text) => {
    expect(readRestoredNote(text)).toBeUndefined();
  });
});
