import { unnamedIn, type BackupRun } from '#libs/backups';
import type { HandedIn } from '#libs/intake';
import { canonicalJson, utf8 } from '#libs/kernel';
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
