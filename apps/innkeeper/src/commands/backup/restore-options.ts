/** What was said to `backup restore`. */
export interface RestoreOptions {
  readonly to?: string;
  readonly source?: string;
  readonly path?: string;
  readonly collection?: string;
  readonly into?: string;
  readonly asOf?: string;
  readonly kit?: string;
  readonly passphraseFile?: string;
  readonly repository?: string;
  readonly passwordFile?: string;
  readonly keysRepository?: string;
  readonly keysPasswordFile?: string;
  readonly environment?: string;
  /** `false`: said with --no-keys. */
  readonly keys: boolean;
}
