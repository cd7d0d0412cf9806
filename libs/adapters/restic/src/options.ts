import type { Secret } from '#libs/kernel';

/** What opens a bucket. */
export interface BucketCredentials {
  readonly accessKey: string;
  readonly accessSecret: Secret;
  /** Of temporary credentials. */
  readonly sessionToken?: Secret;
}

export interface ResticOptions {
  /** A path, or a name on the path. */
  readonly program: string;
  /** An absolute folder, or a bucket by restic's own writing: `s3:https://host/bucket/prefix`. */
  readonly repository: string;
  readonly password: Secret;
  readonly credentials?: BucketCredentials;
  /** Of this process. restic is handed what a program needs to run, and none of our own settings. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Where restic keeps what it read; without it nothing is kept. Reading never uses it. */
  readonly cacheDir?: string;
  /** For files of restic's own while it works; without it the folder of the system. */
  readonly workDir?: string;
  /** How long the repository may fail or be silent before it counts as unreachable. */
  readonly patienceMs?: number;
  /** How long restic may clean up after it was told to stop, before it is killed. */
  readonly graceMs?: number;
}

/** restic itself tries for a quarter of an hour, and nobody learns why it takes so long. */
export const PATIENCE_MS = 60_000;
export const GRACE_MS = 10_000;
