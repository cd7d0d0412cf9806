import type { PlatformProof, RestoredPlatform } from '#libs/backups';

/** The newest sealed value of a restored log, and the wrapped key that must open it. Of no use without the master key. */
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
  /** Has the secret `issuer` after the start. */
  readonly dataDir: string;
  /** Missing: nothing is sealed in this log that could open. */
  readonly probe: () => Promise<SealedProbe | undefined>;
  readonly close: () => Promise<void>;
}

export interface ProveRestoredOptions {
  /** Stands up what came back, as a data directory or as a database. */
  readonly stand: (
    restored: RestoredPlatform,
    watch: { readonly signal: AbortSignal },
  ) => Promise<StandingPlatform>;
  /** Whether the master key opens it; asked in this process, so that no other ever has the key. */
  readonly opens: (probe: SealedProbe) => boolean;
  /** What starts Innkeeper: a program of Node, and its words. */
  readonly program: readonly [file: string, ...words: string[]];
}

export const proveRestored =
  (_options: ProveRestoredOptions) =>
  async (
    _restored: RestoredPlatform,
    _watch: { readonly signal: AbortSignal },
  ): Promise<PlatformProof> => {
    throw new Error('not yet');
  };
