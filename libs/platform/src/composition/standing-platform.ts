/** A sealed value of a restored log, and the wrapped key that must open it. Of no use without the master key. */
export interface SealedProbe {
  readonly stream: string;
  readonly sealed: Uint8Array;
  /** Missing: the restored keys have none for it. */
  readonly wrapped?: Uint8Array;
}

/** Where Innkeeper finds what came back. */
export interface StandingPlatform {
  /** Settings, by their names, besides those that every drill has. */
  readonly environment: Readonly<Record<string, string>>;
  /** A data directory of its own. After the start it has the secret that tokens are signed with. */
  readonly dataDir: string;
  /** Nothing: no value of this log is sealed by a key that is still there. */
  readonly probe: () => Promise<SealedProbe | undefined>;
  readonly close: () => Promise<void>;
}
