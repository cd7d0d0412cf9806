import { hash } from 'node:crypto';

import type { BackupRun, RunServer, RunSource } from '#libs/backups';
import type { BackupRunAnswer } from '#libs/routes';

const iso = (ms: number): string => new Date(ms).toISOString();
const isoOrNull = (ms: number | undefined): string | null => (ms === undefined ? null : iso(ms));

/** A run as it leaves. Who holds it, and where a source lies on this machine, stays here. */
export const shownRun = (run: BackupRun): BackupRunAnswer => ({
  id: run.id,
  kind: run.kind,
  requestedBy: run.requestedBy,
  status: run.status,
  step: run.step,
  attempt: run.attempt,
  requestedAt: iso(run.requestedAt),
  startedAt: isoOrNull(run.startedAt),
  endedAt: isoOrNull(run.endedAt),
  ...(run.progress && { progress: run.progress }),
  ...(run.worksOn && { worksOn: run.worksOn }),
  ...(run.server && { server: shownServer(run.server) }),
  steps: run.steps.map(({ step, startedAt, endedAt, attempts }) => ({
    ...{ step, attempts },
    startedAt: iso(startedAt),
    endedAt: iso(endedAt),
  })),
  sources: run.sources.map(shownSource),
  warnings: run.warnings.map(({ code, step, detail }) => ({ code, step, detail })),
  ...(run.error && { error: run.error }),
  ...(run.retention && { retention: shownRetention(run.retention) }),
  ...(run.drill && { drill: shownDrill(run.drill) }),
  ...(run.drillOf !== undefined && { drillOf: run.drillOf }),
});

const shownServer = ({
  name,
  state,
  number,
  type,
  location,
  wantedAt,
  madeAt,
  heardAt,
  goneAt,
  expiresAt,
  cents,
}: RunServer): BackupRunAnswer['server'] => ({
  ...{ name, state, number, wantedAt: iso(wantedAt), expiresAt: iso(expiresAt) },
  ...(type !== undefined && { type }),
  ...(location !== undefined && { location }),
  ...{ madeAt: isoOrNull(madeAt), heardAt: isoOrNull(heardAt), goneAt: isoOrNull(goneAt) },
  cents: cents ?? null,
});

const shownSource = ({
  name,
  kind,
  repository,
  snapshot,
  files,
  bytes,
  addedBytes,
}: RunSource): BackupRunAnswer['sources'][number] => ({
  ...{ name, kind, repository, files, bytes, addedBytes },
  snapshot: snapshot ?? null,
});

const shownRetention = ({
  kept,
  planned,
  removed,
  unnamed,
  moreUnnamed,
}: NonNullable<BackupRun['retention']>): BackupRunAnswer['retention'] => ({
  kept,
  planned: { data: [...planned.data], keys: [...planned.keys] },
  ...(removed && { removed: [...removed] }),
  unnamed: [...unnamed],
  ...(moreUnnamed !== undefined && { moreUnnamed }),
});

const shownDrill = ({
  of,
  verdict,
  sources,
  rpoMs,
  rtoMs,
}: NonNullable<BackupRun['drill']>): BackupRunAnswer['drill'] => ({
  ...{ of, verdict, rpoMs, rtoMs },
  sources: sources.map(({ name, started, differences }) => ({
    name,
    ...(started !== undefined && { started }),
    differences: differences.map(({ code, detail }) => ({ code, detail })),
  })),
});

const STATE_ID_LENGTH = 16;

/** Of what is shown: who saw this state of a run knows it again, from any process. */
export const stateIdOf = (shown: BackupRunAnswer): string =>
  hash('sha256', JSON.stringify(shown), 'hex').slice(0, STATE_ID_LENGTH);
