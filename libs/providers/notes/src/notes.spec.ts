import { readdirSync, readFileSync } from 'node:fs';

import { describe, expect, it } from '@jest/globals';

import { utf8, webHash, type JsonObject } from '#libs/kernel';
import type { Normalised } from '#libs/ports/provider';
import { providerContract } from '#suites/provider';

import { noteIdOf } from './note-id.js';
import { notes } from './notes.js';
import { NOTE_LENGTH, readNote } from './read-note.js';

const folder = new URL('../../../../test/fixtures/notes/', import.meta.url);
const samples = new Map(
  readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => [
      name.slice(0, -'.json'.length),
      JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as JsonObject,
    ]),
);

providerContract('notes', { provider: notes, samples, personal: ['Tove', 'Lindqvist'] });

const saved = { ...samples.get('note.saved') };
const read = (payload: JsonObject): Normalised =>
  notes.normalise({
    account: 'main',
    headers: {},
    body: utf8(JSON.stringify(payload)),
    receivedAt: 0,
  });
const observed = (payload: JsonObject) => {
  const normalised = read(payload);
  if (!normalised.understood || 'canary' in normalised) throw new Error('not understood');
  return normalised.observations[0];
};

describe('a delivered note', () => {
  it('becomes one fact: its place in the open, its words apart', () => {
    expect(observed(saved)).toEqual({
      type: 'intake.note.observed.v1',
      stream: 'note/notes.main.harbour-loft.access',
      occurredAt: Date.UTC(2026, 8, 14, 8, 30),
      data: {
        event: 'note.saved',
        language: 'en',
        listing: 'guesty.main.65b1c2d3e4f5a6b7c8d9e0f1',
        normaliser: 1,
        note: 'notes.main.harbour-loft.access',
        rank: 10,
        tags: ['access', 'keys'],
      },
      personal: {
        text: expect.stringContaining('## Key box'),
        title: 'How to get in',
      },
    });
  });

  it('is about no listing where its author’s name for it was not resolved', () => {
    const { listing: _listing, ...others } = saved;
    expect(observed(others)?.data).not.toHaveProperty('listing');
  });

  it('takes what stands beside the Markdown before the front matter', () => {
    const told = observed({ ...saved, title: 'The key', tags: ['keys'], language: 'sv' });
    expect(told?.personal).toMatchObject({ title: 'The key' });
    expect(told?.data).toMatchObject({ tags: ['keys'], language: 'sv' });
  });

  it('is taken away by its author’s word, and says nothing then', () => {
    const told = observed({ ...saved, text: '---\ndeleted: true\n---\nThe key box hangs left.' });
    expect(told?.data).toMatchObject({ deleted: true });
    expect(told).not.toHaveProperty('personal');
  });

  it('is not understood when it is longer than a note', () => {
    expect(read({ ...saved, text: 'x'.repeat(NOTE_LENGTH + 1) }).understood).toBe(false);
  });
});

describe('front matter', () => {
  it('keeps the noughts of a code, and dates as they are written', () => {
    expect(readNote('---\ntitle: 0042\ntags: [2026-01-02, 007]\n---\n')).toMatchObject({
      title: '0042',
      tags: ['2026-01-02', '007'],
    });
  });

  it('is not needed', () => {
    expect(readNote('# Bins\n\nGreen on Tuesday.')).toEqual({
      text: '# Bins\n\nGreen on Tuesday.',
      title: 'Bins',
    });
  });

  it.each([
    ['YAML that is none', '---\nlisting: [\n---\nText'],
    ['a listing that is a list', '---\nlisting: [a, b]\n---\nText'],
    ['aliases', '---\na: &a [x]\nb: *a\n---\nText'],
  ])('refuses %s', (_, markdown) => {
    expect(readNote(markdown)).toBeUndefined();
  });

  it('is read with the line ends of every system', () => {
    expect(readNote('\uFEFF---\r\ntitle: Heating\r\n---\r\nWarm.\r\n')).toEqual({
      text: 'Warm.',
      title: 'Heating',
    });
  });
});

describe('the id of a note', () => {
  const idOf = (name: string): Promise<string> => noteIdOf(name, webHash);

  it('is the path of its file where that can be read in an address', async () => {
    expect(await idOf('harbour-loft/access.md')).toBe('harbour-loft.access');
  });

  it('is never that of another name', async () => {
    const names = ['a/b', 'a.b', 'A/b', 'ä/b', 'a b', 'a-b', 'a_b', '/a/b', 'ab', '日本', '中国'];
    const ids = await Promise.all(names.map(idOf));
    expect(new Set(ids).size).toBe(names.length);
    for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/);
  });
});
