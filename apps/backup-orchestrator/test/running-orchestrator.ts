import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInThisContext } from 'node:vm';

import { Global, Module, type Type } from '@nestjs/common';

import {
  hasEnded,
  type AdvancedRun,
  type BackupRequest,
  type BackupRun,
  type BackupRunPage,
  type BackupTroubles,
  type PlannedRepository,
  type ReapedServers,
  type RequestedBackup,
  type Backups,
} from '#libs/backups';
import { fault, randomId, Secret, type Id, type JsonObject, type OperatorRole } from '#libs/kernel';
import {
  contexts,
  eventsScript,
  issueToken,
  readSettings,
  runProcess,
  silentLog,
  type Parts,
} from '#libs/platform';

import { BackupOrchestratorModule } from '../src/backup-orchestrator.module.js';

const signingKey = 'a signing key of the tests, long enough';
const NOW = Date.UTC(2026, 10, 21, 3);

const refused = (): Promise<never> => Promise.reject(fault('BACKUP_AGENT_REFUSED'));

/** Runs in memory that go on when a test says so: what the role does with them is what is tested. */
export class ScriptedBackups implements Backups {
  readonly #runs: BackupRun[] = [];
  readonly #keys = new Map<string, { readonly id: Id; readonly asked: string }>();
  readonly advanced: Id[] = [];
  /** What the desk of servers says; one that nobody scripts knows no server. */
  order: Backups['order'] = refused;
  hear: Backups['hear'] = refused;
  exported: Backups['exported'] = refused;
  opens: Backups['opens'] = refused;
  /** How often a run was read. */
  shows = 0;
  /** What `advance` does; a run that nobody scripts ends well at once. */
  work: (id: Id, signal: AbortSignal) => Promise<AdvancedRun> = (id) =>
    Promise.resolve({ run: this.change(id, { status: 'succeeded', step: 'close', endedAt: NOW }) });
  state: BackupTroubles = {
    verdict: 'good',
    answer: 'The backup is good.',
    troubles: [
      { code: 'BACKUP_KIT_MISSING', about: 'backups', says: 'No kit was written.', since: NOW },
    ],
    provedAt: NOW,
  };

  request({ kind, key, by, drillOf }: BackupRequest): Promise<RequestedBackup> {
    const asked = JSON.stringify([kind, drillOf]);
    const known = this.#keys.get(key);
    if (known && known.asked !== asked) return Promise.reject(fault('BACKUP_KEY_REUSED'));
    if (known) return Promise.resolve({ run: this.#known(known.id), isNew: false });
    const run = this.#requested({ kind, by, ...(drillOf && { drillOf }) });
    this.#runs.unshift(run);
    this.#keys.set(key, { id: run.id, asked });
    return Promise.resolve({ run, isNew: true });
  }

  list({ limit, after }: { limit: number; after?: string }): Promise<BackupRunPage> {
    const from = after === undefined ? 0 : Number(after);
    const items = this.#runs.slice(from, from + limit);
    const isMore = from + limit < this.#runs.length;
    return Promise.resolve({ items, ...(isMore && { next: String(from + limit) }) });
  }

  async show(id: Id): Promise<BackupRun> {
    this.shows += 1;
    return this.#known(id);
  }

  /** What a look at the fleet does. */
  reaped: ReapedServers = { destroyed: [], left: [] };
  reaps = 0;

  reap(): ReturnType<Backups['reap']> {
    this.reaps += 1;
    return Promise.resolve(this.reaped);
  }

  async noteKit(): Promise<'current'> {
    return 'current';
  }

  async advance(id: Id, signal: AbortSignal): Promise<AdvancedRun> {
    this.advanced.push(id);
    return this.work(id, signal);
  }

  due(): Promise<readonly Id[]> {
    return Promise.resolve(this.#runs.filter((run) => !hasEnded(run)).map(({ id }) => id));
  }

  recent(): Promise<readonly BackupRun[]> {
    return Promise.resolve(this.#runs);
  }

  troubles(): Promise<BackupTroubles> {
    return Promise.resolve(this.state);
  }

  retention(): Promise<readonly PlannedRepository[]> {
    const time = '2026-11-21T03:00:00+01:00';
    const kept = { id: 'a'.repeat(64), time, reasons: ['daily snapshot'] };
    const gone = { id: 'b'.repeat(64), time };
    return Promise.resolve([
      { repository: 'data', keep: [kept], remove: [gone], unnamed: [] },
      { repository: 'keys', keep: [kept], remove: [], unnamed: [gone] },
    ]);
  }

  adopt(): ReturnType<Backups['adopt']> {
    const unnamed = [
      { repository: 'keys' as const, id: 'c'.repeat(64), time: '2026-11-01T00:00:00Z' },
    ];
    return Promise.resolve({ adopted: [randomId(NOW)], unnamed });
  }

  /** A run as it may have been, newer than those before it. */
  add(more: Partial<BackupRun>): BackupRun {
    const run = this.#requested({ kind: 'daily', by: 'schedule', ...more });
    this.#runs.unshift(run);
    return run;
  }

  change(id: Id, more: Partial<BackupRun>): BackupRun {
    const at = this.#runs.findIndex((run) => run.id === id);
    const run = { ...this.#known(id), ...more };
    this.#runs[at] = run;
    return run;
  }

  #requested({ by, ...more }: Pick<BackupRequest, 'by'> & Partial<BackupRun>): BackupRun {
    return {
      ...{ id: randomId(NOW + this.#runs.length), kind: 'manual', requestedBy: by },
      ...{ status: 'requested', step: 'admit', attempt: 1, failures: 0, requestedAt: NOW },
      ...{ stepStartedAt: NOW, heartbeatAt: NOW, steps: [], sources: [], warnings: [] },
      ...{ claims: 0, revision: 0 },
      ...more,
    };
  }

  #known(id: string): BackupRun {
    const run = this.#runs.find((one) => one.id === id);
    if (!run) throw fault('BACKUP_NOT_FOUND');
    return run;
  }
}

export interface OrchestratorReply {
  readonly status: number;
  readonly body: JsonObject;
  readonly headers: Headers;
}

export interface SentEvent {
  readonly event: string;
  readonly data: JsonObject;
}

export interface RunningOrchestrator {
  readonly url: string;
  readonly parts: Parts;
  readonly ask: (
    caller: OperatorRole | 'nobody',
    path: string,
    asking?: { readonly body?: unknown; readonly key?: string },
  ) => Promise<OrchestratorReply>;
  /** Events as they come. Who reads no further ends the connection. */
  readonly watch: (id: string, seen?: string) => AsyncGenerator<SentEvent>;
  readonly stop: () => Promise<void>;
}

/** The role itself with these runs behind it. */
const moduleOver = (backups: Backups): Type => {
  class GivenBackups {}
  Global()(GivenBackups);
  Module({
    providers: [{ provide: contexts.backups, useValue: backups }],
    exports: [contexts.backups],
  })(GivenBackups);
  class NothingToWatch {}
  Global()(NothingToWatch);
  Module({
    providers: [
      { provide: contexts.operations, useValue: { watchBackups: () => Promise.resolve() } },
    ],
    exports: [contexts.operations],
  })(NothingToWatch);
  class Orchestrator {}
  const partsOf = (name: string): Type[] =>
    Reflect.getMetadata(name, BackupOrchestratorModule) as Type[];
  Module({
    imports: [GivenBackups, NothingToWatch],
    controllers: partsOf('controllers'),
    providers: partsOf('providers'),
  })(Orchestrator);
  return Orchestrator;
};

export const runOrchestrator = async (backups: Backups): Promise<RunningOrchestrator> => {
  const folder = mkdtempSync(join(tmpdir(), 'innkeeper-orchestrator-'));
  const settings = readSettings(
    {
      INNKEEPER_DATA_DIR: join(folder, 'data'),
      INNKEEPER_HTTP_PORT: '0',
      INNKEEPER_ROLES: 'backup-orchestrator',
      INNKEEPER_API_SIGNING_KEY: signingKey,
    },
    (path) => readFileSync(path, 'utf8'),
  );
  const { url, parts, stop } = await runProcess(
    { 'backup-orchestrator': moduleOver(backups) },
    settings,
    silentLog,
  );
  return {
    ...{ url, parts },
    ask: async (caller, path, { body, key } = {}) => {
      const response = await fetch(url + path, {
        method: body === undefined ? 'GET' : 'POST',
        headers: {
          ...(caller !== 'nobody' && { authorization: `Bearer ${await tokenOf(caller)}` }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...(key !== undefined && { 'idempotency-key': key }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      const isJson = /[/+]json\b/.test(response.headers.get('content-type') ?? '');
      return {
        status: response.status,
        headers: response.headers,
        body: (isJson ? JSON.parse(text) : { text }) as JsonObject,
      };
    },
    watch: (id, seen) => watch(url, id, seen),
    async stop() {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

export const tokenOf = (role: OperatorRole): Promise<string> =>
  issueToken(new Secret(signingKey), { name: 'Zoe', role });

/** As the page reads them. */
const eventsOf = runInThisContext(`(() => {${eventsScript}return eventsOf;})()`) as (
  response: Response,
) => AsyncIterable<SentEvent>;

const watch = async function* (
  url: string,
  id: string,
  seen: string | undefined,
): AsyncGenerator<SentEvent> {
  const leaving = new AbortController();
  const response = await fetch(`${url}/api/backups/${id}/events`, {
    headers: {
      authorization: `Bearer ${await tokenOf('viewer')}`,
      ...(seen !== undefined && { 'last-event-id': seen }),
    },
    signal: leaving.signal,
  });
  if (!response.ok) throw new Error(`no events: ${response.status} ${await response.text()}`);
  try {
    yield* eventsOf(response);
  } finally {
    leaving.abort();
  }
};
