import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { sealWithPassphrase } from '#libs/adapters/age';
import { folderSource } from '#libs/adapters/local-files';
import { resticRepository, type BucketCredentials } from '#libs/adapters/restic';
import {
  SqliteDatabase,
  sqliteInnkeeperSource,
  sqliteKeys,
  sqliteKeysSource,
} from '#libs/adapters/sqlite';
import { recoveryKitText, type RecoveryKit } from '#libs/backups';
import { Secret, systemClock } from '#libs/kernel';
import type { BackupSource } from '#libs/ports/backup-source';
import type { SnapshotRepository } from '#libs/ports/snapshot-repository';

export const PASSPHRASE = 'seven herons at one flowerpot';
const passwords = { data: new Secret('of-the-data-1'), keys: new Secret('of-the-keys-1') };
const versions = { innkeeper: '0.1.0', data: '1' };
const watch = { signal: new AbortController().signal };

export interface SavedPlace {
  readonly program: string;
  /** A folder, or a bucket with its prefix. */
  readonly repositories: string;
  readonly credentials?: BucketCredentials;
}

/** Backups of a small platform and a folder with large files, as runs would have made them. */
export class SavedBackups {
  readonly #folder = mkdtempSync(join(tmpdir(), 'innkeeper-saved-'));
  readonly files = join(this.#folder, 'files');
  readonly #sources: Readonly<Record<'innkeeper' | 'files' | 'keys', BackupSource>>;

  constructor(
    private readonly place: SavedPlace,
    megabytes: number,
  ) {
    mkdirSync(join(this.files, 'deep'), { recursive: true });
    for (let i = 0; i < megabytes; i++)
      writeFileSync(join(this.files, 'deep', `${i}.bin`), randomBytes(1_000_000));
    writeFileSync(join(this.files, 'hello.txt'), 'hello\n');
    const database = new SqliteDatabase(join(this.#folder, 'innkeeper.db'));
    const masterKey = new Secret(new Uint8Array(32).fill(7));
    const keys = sqliteKeys({ path: join(this.#folder, 'keys.db'), masterKey });
    const common = { versions, clock: systemClock };
    this.#sources = {
      innkeeper: sqliteInnkeeperSource({
        ...{ database, derived: () => false, waitingAt: '', ...common },
      }),
      files: folderSource({ name: 'files', folder: this.files, clock: systemClock }),
      keys: sqliteKeysSource({ keys, ...common }),
    };
  }

  addressOf(repository: 'data' | 'keys'): string {
    return `${this.place.repositories}/${repository}`;
  }

  async prepare(): Promise<void> {
    for (const name of ['data', 'keys'] as const) await this.#repository(name).prepare(watch);
  }

  #repository(name: 'data' | 'keys'): SnapshotRepository {
    const { credentials, program } = this.place;
    return resticRepository({
      ...{ program, environment: process.env, password: passwords[name] },
      repository: this.addressOf(name),
      ...(credentials && { credentials }),
    });
  }

  /** `spoil`: what happens to a copy before it is saved. */
  async save(
    run: string,
    names: readonly ('innkeeper' | 'files' | 'keys')[],
    spoil: (folder: string) => void = () => undefined,
  ): Promise<void> {
    for (const name of names) {
      const into = join(this.#folder, 'exports', name);
      rmSync(into, { recursive: true, force: true });
      mkdirSync(into, { recursive: true });
      const { paths } = await this.#sources[name].export(into, watch);
      spoil(into);
      const tags = ['innkeeper', `source:${name}`, 'kind:daily', `run:${run}`];
      const repository = this.#repository(name === 'keys' ? 'keys' : 'data');
      await repository.save({ paths, tags, host: 'innkeeper-local' }, watch);
    }
  }

  async saveForeign(): Promise<void> {
    const folder = { paths: [this.files], tags: [], host: 'a-laptop' };
    await this.#repository('data').save(folder, watch);
  }

  async kit(environment = 'local'): Promise<string> {
    const kit: RecoveryKit = {
      ...{ environment, madeAt: new Date().toISOString(), machine: 'lost', restic: '0.18.1' },
      repositories: {
        data: { address: this.addressOf('data'), password: passwords.data },
        keys: { address: this.addressOf('keys'), password: passwords.keys },
      },
      masterKey: new Secret(Buffer.alloc(32, 7).toString('base64url')),
    };
    return sealWithPassphrase(recoveryKitText(kit), new Secret(PASSPHRASE), { work: 4 });
  }

  get site() {
    const { credentials } = this.place;
    const placeOf = (name: 'data' | 'keys') => ({
      ...{ repository: this.addressOf(name), password: passwords[name] },
      ...(credentials && { credentials }),
    });
    return { data: placeOf('data'), keys: placeOf('keys') };
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
