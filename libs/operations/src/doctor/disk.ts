import { finding, type Finding } from './findings.js';

/** The file system under the stores of a process, in bytes. */
export interface DiskSpace {
  readonly free: number;
  readonly size: number;
}

const NEARLY_FULL_SHARE = 0.1;
const NEARLY_FULL_BYTES = 2 * 1024 ** 3;

/** Less than a tenth and less than 2 GiB: a small disk is not always full, and a large one warns late enough. */
export const isNearlyFull = ({ free, size }: DiskSpace): boolean =>
  free < Math.min(size * NEARLY_FULL_SHARE, NEARLY_FULL_BYTES);

export interface DiskParts {
  /** `undefined`: nothing of this process lies on a disk, or it cannot be measured. */
  readonly disk: () => Promise<DiskSpace | undefined>;
}

export const examineDisk = async ({ disk }: DiskParts): Promise<readonly Finding[]> => {
  const space = await disk();
  if (!space || !isNearlyFull(space)) return [];
  const says = `${spokenBytes(space.free)} of ${spokenBytes(space.size)} are free; the quarantine keeps nothing now.`;
  return [finding('DISK_NEARLY_FULL', 'data directory', says)];
};

const spokenBytes = (bytes: number): string =>
  bytes < 1024 ** 3
    ? `${Math.round(bytes / 1024 ** 2)} MiB`
    : `${(bytes / 1024 ** 3).toFixed(1)} GiB`;
