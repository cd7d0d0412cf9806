import { describe, expect, it } from '@jest/globals';

import { readableBy, staff } from './readers.js';

const call = {
  layers: [['000000000000001.010.001.x', { id: 'aircall.main.1' }]],
  progress: [],
} as const;

describe('who may read a record', () => {
  it('is asked of the record: the staff may, others may not', () => {
    expect(readableBy(staff)('call', call)).toBe(true);
    expect(readableBy(['somebody', ...staff])('call', call)).toBe(true);
    expect(readableBy(['somebody'])('call', call)).toBe(false);
    expect(readableBy([])('call', call)).toBe(false);
  });
});
