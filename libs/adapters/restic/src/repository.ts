import type { SnapshotRepository } from '#libs/ports/snapshot-repository';

import type { ResticOptions } from './options.js';

export const resticRepository = (options: ResticOptions): SnapshotRepository => {
  throw new Error(`not built yet: ${options.program}`);
};
