import { unnamedIn, type BackupRun, type BackupsParts, type ToldRunState } from '#libs/backups';
import { backupRunObservedV1 } from '#libs/contracts';
import type { HandedIn } from '#libs/intake';
import { canonicalJson, utf8 } from '#libs/kernel';
import { pagesOfStream, type EventLog } from '#libs/ports/event-log';
import { RUN_CHANGED } from '#libs/providers/backups';

/** The delivery in which the log hears of one state of a run. The same state gives the same delivery each time. */
export const deliveryOfRun = (run: BackupRun): HandedIn => {
  const at = run.endedAt ?? run.stepStartedAt;
  const told = { event: RUN_CHANGED, savedAt: new Date(at).toISOString(), run: toldRun(run) };
  const text = canonicalJson(told);
  return { source: 'backups', thing: run.id, said: text, body: utf8(text), at };
};

/** Names, numbers and codes. Paths stay in the document, and ids of snapshots that went in the repository. */
const toldRun = (run: BackupRun) => {
  const { drill, endedAt, error, retention, startedAt } = run;
  return {
    id: run.id,
    state: run.revision,
    kind: run.kind,
    status: run.status,
    step: run.step,
    requestedAt: run.requestedAt,
    ...(startedAt !== undefined && { startedAt }),
    ...(endedAt !== undefined && { endedAt }),
    sources: run.sources.map(({ name, snapshot, files, bytes, addedBytes }) => ({
      ...{ name, files, bytes, addedBytes },
      ...(snapshot !== undefined && { snapshot }),
    })),
    warnings: run.warnings.map(({ code, step }) => ({ code, step })),
    ...(error && { error: { code: error.code, step: error.step } }),
    ...(drill && {
      drill: { verdict: drill.verdict, rpoMs: drill.rpoMs, rtoMs: drill.rtoMs },
    }),
    ...(retention && {
      retention: {
        kept: retention.kept,
        removed: retention.removed?.length ?? 0,
        unnamed: unnamedIn(retention),
      },
    }),
  };
};

/** What the log heard of a run. Its stream is one of our own account: what others post of backups elsewhere is not in it. */
export const toldStatesOf =
  (log: Pick<EventLog, 'stream'>): BackupsParts['told'] =>
  async (id) => {
    const states: ToldRunState[] = [];
    for await (const facts of pagesOfStream(log, `backup_run/backups.main.${id}`))
      for (const { type, data } of facts) {
        if (type !== backupRunObservedV1.type) continue;
        const { data: read } = backupRunObservedV1.data.safeParse(JSON.parse(data));
        if (read) states.push({ ...read, revision: read.rank });
      }
    return states;
  };
