import type { RepositoryDamage, Snapshot } from '#libs/ports/snapshot-repository';

/** Text by path. */
export type SavedFiles = ReadonlyMap<string, string>;

export interface KeptSnapshot {
  readonly snapshot: Snapshot;
  readonly files: SavedFiles;
}

/** A lock as it lies in a repository. */
export interface MemoryLock {
  readonly kind: 'shared' | 'exclusive';
  /** Its owner is gone and left it behind. */
  isStale: boolean;
}

/** What one repository keeps, for all handles that are open on it. */
export class MemoryVault {
  password: string | undefined;
  snapshots: KeptSnapshot[] = [];
  readonly locks = new Set<MemoryLock>();
  /** Texts that were stored once, whether a snapshot needs them or not. */
  readonly stored = new Set<string>();
  /** What checks find, and what no restore goes past. */
  damage: readonly RepositoryDamage[] = [];
  #made = 0;

  /** Breaks what the first snapshot stands on. */
  breakPart(part: 'content missing' | 'content changed' | 'snapshot changed'): void {
    const code = (
      {
        'content missing': 'PACK_MISSING',
        'content changed': 'PACK_DAMAGED',
        'snapshot changed': 'SNAPSHOT_DAMAGED',
      } as const
    )[part];
    this.damage = [...this.damage, { code, detail: this.snapshots[0]?.snapshot.id ?? '' }];
  }

  nextId(): string {
    return (++this.#made).toString(16).padStart(64, '0');
  }
}
