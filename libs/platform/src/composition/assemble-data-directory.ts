import type { Secret } from '#libs/kernel';

export interface AssembledDirectory {
  /** The restored folder of the source `innkeeper`. */
  readonly innkeeper: string;
  /** The restored folder of the source `keys`; without it nothing sealed opens. */
  readonly keys?: string;
  /** A folder that is empty or not there yet. */
  readonly to: string;
  /** By the name of the file in `secrets/`: `master-key`. */
  readonly secrets: Readonly<Record<string, Secret>>;
}

/** Makes a data directory from what came back. Never over one that is there: `BACKUP_TARGET_NOT_EMPTY`. */
export const assembleDataDirectory = async (_asked: AssembledDirectory): Promise<void> => {
  throw new Error('not yet');
};
