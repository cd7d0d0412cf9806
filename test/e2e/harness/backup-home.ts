import { randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import type { BackupRun } from '#libs/backups';
import type { BackupRunObservedV1 } from '#libs/contracts';
import type { BackupRunAnswer } from '#libs/routes';

import { allFacts } from './compare.js';
import { DataFolder } from './data-folder.js';
import { DeadlyRestic } from './deadly-restic.js';
import { Operator, until } from './outside.js';
import { PlatformProcess } from './platform-process.js';
import type { Fate } from './topology.js';

const CLAIM_MS = 30_000;

type Kept = { readonly run: BackupRun; readonly owed: readonly BackupRun[] };

/** An embedded platform that makes backups of itself and of one folder more, and that may die while it does. */
export class BackupHome {
  readonly folder = new DataFolder();
  readonly restic: DeadlyRestic;
  readonly #beside = mkdtempSync(join(tmpdir(), 'innkeeper-e2e-'));
  #running: PlatformProcess | undefined;
  #asked = 0;
  #offMs = 0;

  constructor(restic: string) {
    this.restic = new DeadlyRestic(this.#beside, restic);
    const files = join(this.#beside, 'files');
    mkdirSync(files);
    for (let n = 0; n < 4; n++) writeFileSync(join(files, `${n}.bin`), randomBytes(60_000));
  }

  get #settings(): Record<string, string> {
    const sources = [{ name: 'files', folder: join(this.#beside, 'files') }];
    return {
      ...this.folder.settings,
      INNKEEPER_ROLES: 'webhook-ingest,catalog,api,backup-orchestrator',
      INNKEEPER_BACKUP_RESTIC: this.restic.program,
      INNKEEPER_BACKUP_SOURCES: JSON.stringify(sources),
      INNKEEPER_BACKUP_SCHEDULE: 'off',
    };
  }

  get #operator(): Operator {
    return new Operator(() => this.#running?.url ?? '', this.folder.secret('issuer'), 'admin');
  }

  get alive(): boolean {
    return this.#running?.alive === true;
  }

  async start(fate: Fate = {}): Promise<void> {
    this.#running = await PlatformProcess.start(this.#settings, { ...fate, aheadMs: this.#offMs });
  }

  /** Its machine is off until the claim of who died is over: who starts next need not wait for it. */
  stayOff(): void {
    this.#offMs += CLAIM_MS + 1_000;
  }

  /** The end of the process that runs now. */
  async died(): Promise<void> {
    await this.#running?.died();
  }

  async kill(): Promise<void> {
    await this.#running?.end('SIGKILL');
  }

  async end(): Promise<void> {
    await this.#running?.end('SIGTERM');
  }

  /** Asked again with the same key until somebody answers: it may die before it does. */
  async ask(): Promise<string> {
    const headers = { 'idempotency-key': `run-${++this.#asked}` };
    return until('a backup is asked for', async () => {
      if (!this.alive) await this.start();
      const answer = await this.#operator
        .post('/api/backups', { kind: 'manual' }, headers)
        .catch(() => undefined);
      // Its process died before it answered.
      if (!answer) return undefined;
      if (answer.status >= 300) throw new Error(`refused: ${answer.text}`);
      return (answer.json as BackupRunAnswer).id;
    });
  }

  /** Until the run has ended, or the process has. */
  async endOf(id: string): Promise<BackupRunAnswer | undefined> {
    return until<BackupRunAnswer | 'died'>(`the end of a backup`, async () => {
      const answer = await this.#operator.get(`/api/backups/${id}`).catch(() => undefined);
      if (!answer) return !this.alive && 'died';
      const run = answer.json as BackupRunAnswer;
      return run.endedAt !== null && run;
    }).then((seen) => (seen === 'died' ? undefined : seen));
  }

  /** Everything that was left behind, by what it is. */
  async left(): Promise<Readonly<Record<string, readonly string[]>>> {
    const own = this.#running?.alive ? `${this.#running.pid}` : '';
    return until('those who were left alone have ended', async () => {
      const orphans = this.#processes().filter((pid) => pid !== own);
      return (
        orphans.length === 0 && {
          locks: [...this.#names('backups/data/locks'), ...this.#names('backups/keys/locks')],
          scratch: this.#names('backups/work'),
        }
      );
    });
  }

  #names(path: string): readonly string[] {
    const folder = this.folder.file(path);
    return existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : [];
  }

  /** All whose environment names a folder of ours. */
  #processes(): readonly string[] {
    const folders = [this.folder.path, this.#beside];
    return readdirSync('/proc').filter((pid) => {
      try {
        if (!/^\d+$/.test(pid)) return false;
        const environment = readFileSync(`/proc/${pid}/environ`, 'utf8');
        return folders.some((folder) => environment.includes(folder));
      } catch {
        return false;
      }
    });
  }

  /** As its own document says. */
  kept(id: string): Kept {
    const database = new DatabaseSync(this.folder.file('backups/runs.db'), { readOnly: true });
    try {
      const select = 'SELECT body FROM documents_backup_runs WHERE id = ?';
      return JSON.parse(String(database.prepare(select).get(id)?.['body'])) as Kept;
    } finally {
      database.close();
    }
  }

  /** What the log heard of a run, in its order; when it has heard all of it. */
  async history(id: string): Promise<readonly BackupRunObservedV1[]> {
    await until('the log was told everything', async () => this.kept(id).owed.length === 0);
    await until('everything is taken in', async () => {
      const { json } = await this.#operator.get('/api/doctor');
      const { consumers } = json as { consumers: { name: string; behind?: number }[] };
      return consumers
        .filter(({ name }) => name.includes('intake'))
        .every((one) => one.behind === 0);
    });
    await this.end();
    return this.folder.inspect(async (parts) => {
      const facts = await allFacts(parts);
      const all = facts
        .filter(({ type }) => type === 'intake.backup_run.observed.v1')
        .map(({ data }) => JSON.parse(data) as BackupRunObservedV1);
      return all.filter(({ run }) => run.endsWith(id));
    });
  }

  async remove(): Promise<void> {
    await this.#running?.end('SIGKILL');
    this.folder.remove();
    rmSync(this.#beside, { recursive: true, force: true });
  }
}
