/** Folders of one run. */
export interface ScratchOfRun {
  /** Empty; the same path for each run, so that a repository knows unchanged files again. */
  readonly exportsOf: (source: string) => Promise<string>;
  /** Empty each time it is asked for, for what is restored as proof. */
  readonly proof: () => Promise<string>;
}

/**
 * Where a run works: its folders, on a disk with room, apart from everything that lives.
 *
 * One at a time: taking it for a run empties what an earlier one left.
 * Failure: `BACKUP_SCRATCH_FULL`, `BACKUP_SCRATCH_DENIED`.
 */
export interface Scratch {
  take(run: string): Promise<ScratchOfRun>;

  /** Removes everything of this run. Twice is once. */
  remove(run: string): Promise<void>;

  /** Runs that still have something here. */
  leftovers(): Promise<readonly string[]>;

  /** Free bytes of the disk. */
  room(): Promise<number>;
}
