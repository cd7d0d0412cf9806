export interface ResticProgram {
  /** `0.18.1`. */
  readonly version: string;
  /** Below 0.17.1: it works, and says less. */
  readonly isOld: boolean;
}

/** `BACKUP_RESTIC_MISSING` where it is not on this machine. */
export const lookAtRestic = (program: string): Promise<ResticProgram> => {
  throw new Error(`not built yet: ${program}`);
};
