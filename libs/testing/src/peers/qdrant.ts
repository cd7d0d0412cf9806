import { mkdirSync } from 'node:fs';

import { programPath, type Source } from './find-program.js';

const MEMORY = '/dev/shm';

/**
 * Qdrant's own engine behind its REST API. It keeps nothing over a restart, so it is an emulator to us. A collection
 * and each of its indexes wait for the disk: in memory a suite of a hundred collections takes a tenth of the time.
 */
export const qdrantSources: readonly Source[] = [
  () => {
    const path = programPath('qdrant-edge');
    if (path === undefined) return undefined;
    return {
      where: path,
      launchAt: ({ port, folder }) => {
        const inMemory = `${MEMORY}/innkeeper-qdrant-${port}`;
        try {
          mkdirSync(inMemory, { recursive: true });
        } catch {
          return { command: path, args: [`${port}`, folder] };
        }
        return { command: path, args: [`${port}`, inMemory], end: ['rm', '-rf', inMemory] };
      },
    };
  },
];
