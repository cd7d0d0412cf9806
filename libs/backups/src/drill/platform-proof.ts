/** A log and its keys that came back. */
export interface RestoredPlatform {
  /** The export folder of the source `innkeeper`. */
  readonly innkeeper: string;
  /** The export folder of the source `keys`. */
  readonly keys: string;
  /** An empty folder for the data directory that the platform is started on. */
  readonly scratch: string;
}

/** What Innkeeper said when it was started on a restored log, with nothing but that. */
export interface PlatformProof {
  readonly started: boolean;
  /** Its chain, walked from the first fact. */
  readonly chain: 'whole' | 'broken' | 'not_walked';
  readonly position: number;
  readonly hash: string;
  /** Whether the newest sealed value of the log opened with the restored keys. `nothing`: there is none. */
  readonly opened: 'yes' | 'no' | 'nothing';
}
