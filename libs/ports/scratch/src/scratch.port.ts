/** Owner of what was written after its run had been removed, by a program that stood still meanwhile. */
export const NOBODYS_SCRATCH = 'nobody';

/** Folders of one run. */
export interface ScratchOfRun {
  /** Empty each time it is asked for; the same path for each run, so that a repository knows unchanged files again. */
  readonly exportsOf: (source: string) => Promise<string>;
  /** Empty each time it is asked for: what is restored as proof, one folder for each name. */
  readonly proof: (of: string) => Promise<string>;
}

/**
 * Where a run works: its folders, on a disk with room, apart from everything that lives.
 *
 * One at a time: taking it for a run removes what other runs left. Taking it again for the same run keeps what is there.
 * Fence: it belongs to the highest term that took it. With an older one nothing is taken, and folders that were taken with it
 * are neither given nor emptied: `BACKUP_ALREADY_RUNS`.
 * Private: nobody but this user reads what lies here.
 * Names: `[a-z][a-z0-9-]*` for folders; another one is a defect of the caller.
 * Failure: `BACKUP_SCRATCH_FULL`, `BACKUP_SCRATCH_DENIED`.
 */
export interface Scratch {
  take(run: string, term: number): Promise<ScratchOfRun>;

  /** Removes everything of this run, and nothing of another. Twice is once. */
  remove(run: string): Promise<void>;

  /** Runs that still have something here, or `NOBODYS_SCRATCH`, which can be removed as a run can. */
  leftovers(): Promise<readonly string[]>;

  /** Free bytes of the disk. */
  room(): Promise<number>;
}
