import type { RunSource } from '../run/backup-run.js';

/** One state of a run as the log was told it: names, numbers and codes. */
export interface ToldRunState {
  readonly revision: number;
  readonly kind: string;
  readonly status: string;
  readonly requestedAt: number;
  readonly startedAt?: number | undefined;
  readonly endedAt?: number | undefined;
  readonly sources: readonly (Pick<RunSource, 'name' | 'files' | 'bytes' | 'addedBytes'> & {
    readonly snapshot?: string | undefined;
  })[];
  readonly warnings: readonly { readonly code: string; readonly step: string }[];
  readonly drill?:
    | { readonly verdict: 'good' | 'bad'; readonly rpoMs: number; readonly rtoMs: number }
    | undefined;
}
