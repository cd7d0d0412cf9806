import type { Secret } from '#libs/kernel';

/** What opens a bucket. */
export interface BucketCredentials {
  readonly accessKey: string;
  readonly accessSecret: Secret;
  /** Of temporary credentials. */
  readonly sessionToken?: string;
}

export interface ResticOptions {
  /** A path, or a name on the path. */
  readonly program: string;
  /** An absolute folder, or a bucket by restic's own writing: `s3:https://host/bucket/prefix`. */
  readonly repository: string;
  readonly password: Secret;
  readonly credentials?: BucketCredentials;
  /** Where restic keeps what it read; without it nothing is kept. Only saving, removing and pruning use it. */
  readonly cacheDir?: string;
  /** For files of restic's own while it works; without it the folder of the system. */
  readonly workDir?: string;
  /** How long the repository may answer nothing before it counts as unreachable. */
  readonly patienceMs?: number;
}
