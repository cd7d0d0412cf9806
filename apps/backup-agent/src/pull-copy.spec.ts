import { describe, expect, it } from '@jest/globals';

import { fault, Secret } from '#libs/kernel';

import { pullCopy } from './pull-copy.js';

const order = {
  source: { name: 'a', kind: 'folder', repository: 'data', files: 0, bytes: 0, addedBytes: 0 },
  into: '/nowhere',
  beside: async () => '/nowhere',
} as const;

describe('fetching a copy', () => {
  it.each(['BACKUP_SCRATCH_FULL', 'BACKUP_AGENT_REFUSED'] as const)(
    'ends at once where asking again changes nothing: %s',
    async (code) => {
      let asked = 0;
      const source = (): Promise<never> => {
        asked += 1;
        return Promise.reject(fault(code));
      };
      const watch = { signal: new AbortController().signal, onProgress: () => undefined };
      await expect(pullCopy({ source }, new Secret('s'), order, watch)).rejects.toMatchObject({
        code,
      });
      expect(asked).toBe(1);
    },
  );
});
