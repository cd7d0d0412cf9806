import { describe, expect, it } from '@jest/globals';

import { fault } from '#libs/kernel';

import { scratchFault } from './scratch-fault.js';

const said = (code: string) => Object.assign(new Error(code), { code });

describe('what the disk said', () => {
  it.each([
    ['ENOSPC', 'BACKUP_SCRATCH_FULL'],
    ['EDQUOT', 'BACKUP_SCRATCH_FULL'],
    ['EACCES', 'BACKUP_SCRATCH_DENIED'],
    ['EROFS', 'BACKUP_SCRATCH_DENIED'],
    ['EIO', 'DEFECT_UNKNOWN'],
  ])('is told by its code: %s is %s', (code, expected) => {
    expect(scratchFault(said(code)).code).toBe(expected);
  });

  it('stays what it is when it was told before', () => {
    const known = fault('BACKUP_ALREADY_RUNS');
    expect(scratchFault(known)).toBe(known);
    expect(scratchFault('a text').code).toBe('DEFECT_UNKNOWN');
  });
});
