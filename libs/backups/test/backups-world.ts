import { fault, randomId } from '#libs/kernel';
import {
  MemoryDisk,
  MemoryRepository,
  MemoryScratch,
  MemorySource,
  openEmbedded,
  type EmbeddedParts,
} from '#libs/testing';

import type { RestoredNote } from '../src/adopt/restored-note.js';
import type { BackupNotice, BackupsParts } from '../src/backups-parts.js';
import { composeBackups } from '../src/compose.js';
import { hasEnded, type BackupRun, type RunKind } from '../src/run/backup-run.js';
import type { Backups } from '../src/run/use-cases.js';

/** Real documents in memory, and everything else without a disk. Sleeping takes no time. */
export class BackupsWorld {
  readonly disk = new MemoryDisk();
  readonly scratch = new MemoryScratch({ disk: this.disk });
  readonly data: MemoryRepository;
  readonly keys: MemoryRepository;
  readonly innkeeper: MemorySource;
  readonly keysSource: MemorySource;
  readonly told: BackupRun[] = [];
  readonly notices: BackupNotice[] = [];
  isLogAway = false;
  restored: RestoredNote | undefined;
  opens = true;
  #requests = 0;

  private constructor(readonly embedded: EmbeddedParts) {
    const { disk } = this;
    const { clock } = embedded;
    this.data = new MemoryRepository({ disk, clock });
    this.keys = new MemoryRepository({ disk, clock, password: 'the password of the keys' });
    this.innkeeper = new MemorySource({ name: 'innkeeper', kind: 'innkeeper', disk, clock });
    this.keysSource = new MemorySource({ name: 'keys', kind: 'keys', disk, clock });
  }

  static async open(): Promise<BackupsWorld> {
    return new BackupsWorld(await openEmbedded());
  }

  close(): Promise<void> {
    return this.embedded.close();
  }

  partsOf(other: Partial<BackupsParts> = {}): BackupsParts {
    const { clock, documents, hash } = this.embedded;
    const policy = { last: 2 };
    return {
      ...{ documents, clock, hash, scratch: this.scratch },
      repositories: {
        data: { writer: this.data, remover: this.data, policy },
        keys: { writer: this.keys, remover: this.keys, policy },
      },
      sources: [this.innkeeper, this.keysSource],
      proveRestored: async () => ({
        ...{ started: true, chain: 'whole', position: 1, hash: '' },
        opened: this.opens ? 'yes' : 'no',
      }),
      lookAround: () => Promise.resolve({ kit: 'current', onOwnDisk: [] }),
      since: () => Promise.resolve(0),
      ...{ host: 'innkeeper-test', schedule: undefined, runsPerDay: 24 },
      handIn: async (run) => {
        if (this.isLogAway) throw new Error('away');
        this.told.push(run);
      },
      told: async (id) => {
        if (this.isLogAway) throw fault('LOG_UNAVAILABLE');
        return this.told.filter((state) => state.id === id);
      },
      restored: () => Promise.resolve(this.restored),
      holder: randomId(clock.now()),
      // Who sleeps here waits for work that takes no time, so that nobody wakes up before it is done.
      sleep: (_ms, signal) =>
        new Promise((resolve) => {
          if (signal.aborted) resolve();
          else signal.addEventListener('abort', () => resolve(), { once: true });
        }),
      notice: (notice) => this.notices.push(notice),
      ...other,
    };
  }

  backups(other: Partial<BackupsParts> = {}): Backups {
    return composeBackups(this.partsOf(other));
  }

  /** Requests a run and works at it until it has ended; waits take no time. */
  async run(kind: RunKind = 'manual', other: Partial<BackupsParts> = {}): Promise<BackupRun> {
    const backups = this.backups(other);
    const key = `${(this.#requests += 1)}`;
    const { run } = await backups.request({ kind, key, by: 'operator' });
    return this.finish(run.id, backups);
  }

  async finish(id: string, backups: Backups = this.backups()): Promise<BackupRun> {
    for (let looks = 0; looks < 50; looks++) {
      const { run, lookAt } = await backups.advance(id, new AbortController().signal);
      if (hasEnded(run)) return run;
      this.pass(Math.max(0, (lookAt ?? 0) - this.embedded.clock.now()));
    }
    throw new Error('It never ends.');
  }

  pass(ms: number): void {
    this.embedded.clock.pass(ms);
  }
}
