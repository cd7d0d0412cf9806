import { randomBytes, randomInt } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import type { BackupRun } from '#libs/backups';
import type { BackupRunObservedV1 } from '#libs/contracts';
import type { BackupRunAnswer } from '#libs/routes';

import { CLOCK_JUMP_MS } from './clock-jump.js';
import { allFacts } from './compare.js';
import { DataFolder } from './data-folder.js';
import { DeadlyRestic } from './deadly-restic.js';
import { still } from './still.js';
import { Operator, until } from './outside.js';
import { PlatformProcess } from './platform-process.js';
import { agentsIn } from './server-kill-point.js';
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
  #port: string = still.INNKEEPER_HTTP_PORT;

  /** `worksOn: 'server'`: each backup has a server of its own, which calls home at one port all the time. */
  constructor(
    restic: string,
    private readonly worksOn: 'here' | 'server' = 'here',
  ) {
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
      INNKEEPER_HTTP_PORT: this.#port,
      ...(this.worksOn === 'server' && {
        INNKEEPER_BACKUP_SERVER: 'temporary',
        INNKEEPER_BACKUP_SERVERS_PER_DAY: '20',
      }),
    };
  }

  get #operator(): Operator {
    return new Operator(() => this.#running?.url ?? '', this.folder.secret('issuer'), 'admin');
  }

  get alive(): boolean {
    return this.#running?.alive === true;
  }

  get pid(): number {
    return this.#running?.pid ?? 0;
  }

  async start(fate: Fate = {}): Promise<void> {
    if (this.worksOn === 'server' && this.#port === still.INNKEEPER_HTTP_PORT)
      this.#port = await lastingPort();
    this.#running = await PlatformProcess.start(this.#settings, { ...fate, aheadMs: this.#offMs });
  }

  /** Its machine is off until the claim of who died is over: who starts next need not wait for it. */
  stayOff(): void {
    this.#offMs += CLAIM_MS + 1_000;
  }

  /** The same, until nobody waits for a word of a server any more. */
  stayOffLong(): void {
    this.#offMs += CLOCK_JUMP_MS;
  }

  /** The server of a backup is a process; until it has ended, and its folder is still there. */
  async serverDied(): Promise<void> {
    await until('a server is dead', async () =>
      agentsIn(this.folder.path).some((pid) => !isAlive(pid)),
    );
  }

  /** Nobody waits for hours: the clock of the platform goes on until it knows that the server is lost. */
  async missServer(id: string): Promise<void> {
    const { server } = this.kept(id).run;
    const isMissed = (): boolean => {
      const { endedAt, server: now } = this.kept(id).run;
      return endedAt !== undefined || now?.state === 'gone' || now?.number !== server?.number;
    };
    let looks = 0;
    await until('a dead server is missed', async () => {
      // What it had said before it died may have arrived after the clock went on.
      if (looks++ % LOOKS_PER_JUMP === 0) this.#jump();
      return isMissed();
    });
  }

  #jump(): void {
    if (!this.alive) throw new Error('the platform has died');
    process.kill(this.pid, 'SIGUSR2');
    this.#offMs += CLOCK_JUMP_MS;
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
          ...(this.worksOn === 'server' && { servers: this.#names('backups/servers') }),
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
    const [history = []] = await this.histories([id]);
    return history;
  }

  async histories(ids: readonly string[]): Promise<readonly (readonly BackupRunObservedV1[])[]> {
    await until('the log was told everything', async () =>
      ids.every((id) => this.kept(id).owed.length === 0),
    );
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
      return ids.map((id) => all.filter(({ run }) => run.endsWith(id)));
    });
  }

  async remove(): Promise<void> {
    await this.#running?.end('SIGKILL');
    for (const pid of agentsIn(this.folder.path)) if (isAlive(pid)) process.kill(pid, 'SIGKILL');
    this.folder.remove();
    rmSync(this.#beside, { recursive: true, force: true });
  }
}

const LOOKS_PER_JUMP = 40;

/** Below those that systems give to calls, so that nobody has it while the platform is dead. */
const lastingPort = async (): Promise<string> => {
  for (;;) {
    const port = randomInt(20_000, 32_000);
    const isFree = await new Promise<boolean>((resolve) => {
      const probe = createServer();
      probe.once('error', () => resolve(false));
      probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
    });
    if (isFree) return `${port}`;
  }
};

/** One that has ended and was not asked how is dead, too. */
const isAlive = (pid: number): boolean => {
  try {
    return !/\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
};
