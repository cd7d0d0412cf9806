import { describe, expect, it } from '@jest/globals';

import { listingsCalled } from './listing-names.js';

const all = [
  { id: 'guesty.main.aa', nickname: 'Harbour Loft', title: 'Bright loft by the quay' },
  { id: 'guesty.main.bb', nickname: 'Haus Müller', title: 'Farmhouse' },
  { id: 'guesty.main.cc', nickname: 'Mill 1', title: 'Old mill' },
  { id: 'guesty.main.dd', nickname: 'Mill 2', title: 'Old mill' },
];
const fits = (name: string) => listingsCalled(all, name).fits.map(({ id }) => id);
const near = (name: string) => listingsCalled(all, name).near.map(({ id }) => id);

describe('the listings that a name means', () => {
  it('are found by id, nickname and title, in any case and without accents', () => {
    expect(fits('guesty.main.bb')).toEqual(['guesty.main.bb']);
    expect(fits('bb')).toEqual(['guesty.main.bb']);
    expect(fits('haus MULLER')).toEqual(['guesty.main.bb']);
    expect(fits('harbour-loft')).toEqual(['guesty.main.aa']);
    expect(fits('farmhouse')).toEqual(['guesty.main.bb']);
  });

  it('are several where several have the name', () => {
    expect(fits('Old Mill')).toEqual(['guesty.main.cc', 'guesty.main.dd']);
  });

  it('are never guessed: what is much alike is a choice for a person', () => {
    expect(fits('Harbor Loft')).toEqual([]);
    expect(near('Harbor Loft')[0]).toBe('guesty.main.aa');
    expect(near('Mill')).toEqual(['guesty.main.cc', 'guesty.main.dd']);
    expect(near('Zq')).toEqual([]);
    expect(fits('')).toEqual([]);
  });
});
