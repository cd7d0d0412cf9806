import { z } from 'zod';

import { isoTime, oneOf, pageOf } from './answers.js';
import { listQuery } from './queries.js';
import { defineRoute, type RouteAnswer, type RouteItem } from './route.js';

const kinds = ['manual', 'daily', 'weekly', 'monthly', 'drill'] as const;
const steps = [
  ...['admit', 'prepare', 'export', 'boot', 'save', 'check'],
  ...['preview', 'forget', 'drill', 'destroy', 'clean', 'close'],
];
const statuses = [
  ...['requested', 'running'],
  ...['succeeded', 'succeeded_with_warnings', 'failed', 'refused'],
];
const step = oneOf(steps);
const group = 'Backups';

/** A run as it leaves: no path of a machine, and of what is backed up names and numbers only. */
const runShown = z.object({
  id: z.string(),
  kind: oneOf(kinds),
  requestedBy: oneOf(['operator', 'schedule']),
  status: oneOf(statuses),
  step,
  attempt: z.int(),
  requestedAt: isoTime,
  startedAt: isoTime.nullable(),
  endedAt: isoTime.nullable(),
  progress: z
    .object({
      of: z.string(),
      filesDone: z.int(),
      files: z.int().optional(),
      bytesDone: z.int(),
      bytes: z.int().optional(),
    })
    .optional(),
  worksOn: oneOf(['server']).optional(),
  server: z
    .object({
      name: z.string(),
      state: oneOf(['wanted', 'made', 'heard', 'gone']),
      number: z
        .int()
        .meta({ description: 'Counts the servers of the run: a lost one is replaced.' }),
      type: z.string().optional(),
      location: z.string().optional(),
      wantedAt: isoTime,
      madeAt: isoTime.nullable(),
      heardAt: isoTime.nullable(),
      goneAt: isoTime.nullable(),
      expiresAt: isoTime.meta({ description: 'Then it is destroyed, however far it is.' }),
      cents: z.number().nullable().meta({
        description: 'What the servers of the run cost; missing where nobody can tell yet.',
      }),
    })
    .optional(),
  steps: z.array(z.object({ step, startedAt: isoTime, endedAt: isoTime, attempts: z.int() })),
  sources: z.array(
    z.object({
      name: z.string(),
      kind: z.string(),
      repository: oneOf(['data', 'keys']),
      snapshot: z.string().nullable(),
      files: z.int(),
      bytes: z.int(),
      addedBytes: z.int(),
    }),
  ),
  warnings: z.array(z.object({ code: z.string(), step, detail: z.string() })),
  error: z.object({ code: z.string(), step, next: z.string() }).optional(),
  retention: z
    .object({
      kept: z.int(),
      planned: z.object({ data: z.array(z.string()), keys: z.array(z.string()) }),
      removed: z.array(z.string()).optional(),
      unnamed: z.array(z.string()),
      moreUnnamed: z.int().optional(),
    })
    .optional(),
  drill: z
    .object({
      of: z.string(),
      verdict: oneOf(['good', 'bad']),
      sources: z.array(
        z.object({
          name: z.string(),
          started: z.string().optional(),
          differences: z.array(z.object({ code: z.string(), detail: z.string() })),
        }),
      ),
      rpoMs: z.int(),
      rtoMs: z.int(),
    })
    .optional(),
  drillOf: z.string().optional(),
});
export type BackupRunAnswer = z.output<typeof runShown>;

export const backupAsked = z
  .strictObject({
    kind: z.enum(kinds).default('manual'),
    of: z
      .string()
      .min(1)
      .max(64)
      .optional()
      .meta({ description: 'Of a drill: the run that is proved. Missing: the last good one.' }),
  })
  .refine(({ kind, of }) => of === undefined || kind === 'drill', { path: ['of'] })
  .prefault({});
export type AskedBackup = z.output<typeof backupAsked>;

export const askBackup = defineRoute({
  method: 'post',
  path: '/api/backups',
  group,
  does: 'Asks for a backup, or for a drill of one that was made',
  says: 'It answers 202 at once: watch the run by its id. With an `Idempotency-Key` a repeated request gets the same run, with 200; for another kind under the same key it gets 409. Without one, each request asks for a run of its own. `manual` is proved at once. `daily`, `weekly` and `monthly` are one run that checks more, the longer the period. `drill` saves nothing: it restores what an older run saved.',
  role: 'operator',
  status: 202,
  body: backupAsked,
  answers: runShown,
});

export const backupsQuery = listQuery({});
export type BackupsQuery = z.output<typeof backupsQuery>;

export const listBackups = defineRoute({
  method: 'get',
  path: '/api/backups',
  group,
  does: 'Runs of backups, the newest first',
  role: 'viewer',
  query: backupsQuery,
  answers: pageOf(runShown),
});
export type BackupListed = RouteItem<typeof listBackups>;

export const showBackup = defineRoute({
  method: 'get',
  path: '/api/backups/:id',
  group,
  does: 'A run: how far it is, how it ended, and what to do next where it failed',
  role: 'viewer',
  answers: runShown,
});

export const watchBackup = defineRoute({
  method: 'get',
  path: '/api/backups/:id/events',
  group,
  does: 'A run as it goes on, as server-sent events',
  says: 'The first `run` is its state now; one follows for each change, with an id. `answer` is the run when it has ended, and the end of the stream. With `Last-Event-ID` a state that was seen already is not sent again. A `problem` ends the stream where it could not go on.',
  role: 'viewer',
  media: 'text/event-stream',
  events: { run: runShown },
  answers: runShown,
});

const repositoryKept = z.object({
  repository: oneOf(['data', 'keys']),
  keep: z.array(z.object({ id: z.string(), time: z.string(), reasons: z.array(z.string()) })),
  remove: z.array(z.object({ id: z.string(), time: z.string() })),
  unnamed: z.array(z.object({ id: z.string(), time: z.string() })),
});

export const showBackupRetention = defineRoute({
  method: 'get',
  path: '/api/backups/retention',
  group,
  does: 'Which snapshots would stay if the rules ran now, and why',
  says: 'It removes nothing. `unnamed` are snapshots that no good run of ours made: they neither count nor go.',
  role: 'viewer',
  answers: z.object({ items: z.array(repositoryKept) }),
});
export type BackupRetentionAnswer = RouteAnswer<typeof showBackupRetention>;

export const adoptBackups = defineRoute({
  method: 'post',
  path: '/api/backups/adopt',
  group,
  does: 'After a restore: takes runs of before back from the log, so that their snapshots are known again',
  says: 'It writes nothing to a repository. `adopted` are runs that were taken now; asked again, it takes what is left. `unnamed` are snapshots that no good run made even so.',
  role: 'operator',
  answers: z.object({
    adopted: z.array(z.string()),
    unnamed: z.array(
      z.object({ repository: oneOf(['data', 'keys']), id: z.string(), time: z.string() }),
    ),
  }),
});
export type BackupsAdoptedAnswer = RouteAnswer<typeof adoptBackups>;

const reaped = z.object({
  name: z.string(),
  run: z.string(),
  why: oneOf(['run_ended', 'overdue', 'protected', 'just_seen', 'too_many', 'refused']),
});

export const reapBackupServers = defineRoute({
  method: 'post',
  path: '/api/backups/reap',
  group,
  does: 'Destroys servers that no backup needs any more',
  says: 'It does what happens every five minutes anyway. It looks only at servers of this environment with all our labels and the name of a run. `destroyed` have gone now. `left` are still there, with why: `overdue` goes at the next look a minute later, `too_many` at the next one, `just_seen` may be wanted yet; `protected` needs a person.',
  role: 'operator',
  answers: z.object({ destroyed: z.array(reaped), left: z.array(reaped) }),
});
export type ReapedServersAnswer = RouteAnswer<typeof reapBackupServers>;

export const kitNoted = z.strictObject({
  madeAt: z.iso.datetime(),
  fingerprint: z.string().regex(/^[0-9a-f]{64}$/),
});
export type NotedKit = z.output<typeof kitNoted>;

export const noteBackupKit = defineRoute({
  method: 'post',
  path: '/api/backups/kit',
  group,
  does: 'Notes that a recovery kit was made, so that nobody is asked for one',
  says: 'It takes when it was made and the fingerprint of what is in it, and no secret. `stale`: it does not open what the platform uses now.',
  role: 'admin',
  body: kitNoted,
  answers: z.object({ kit: oneOf(['missing', 'stale', 'current']) }),
});

export type NotedKitAnswer = RouteAnswer<typeof noteBackupKit>;

export const showBackupState = defineRoute({
  method: 'get',
  path: '/api/backups/state',
  group,
  does: 'Is the backup good? One answer, with what is wrong and what to do',
  says: '`none_yet`: there was none yet, and it is not late either. Troubles stand in the order in which they matter; each has a runbook of its name. `good` is the newest good backup, `drill` the newest proof.',
  role: 'viewer',
  answers: z.object({
    verdict: oneOf(['good', 'not_good', 'none_yet']),
    answer: z.string(),
    troubles: z.array(
      z.object({ code: z.string(), about: z.string(), says: z.string(), since: isoTime }),
    ),
    good: z
      .object({
        run: z.string(),
        kind: oneOf(kinds),
        endedAt: isoTime,
        ageMs: z.int(),
        files: z.int(),
        bytes: z.int(),
        addedBytes: z.int(),
      })
      .optional(),
    drill: z
      .object({
        run: z.string(),
        of: z.string(),
        verdict: oneOf(['good', 'bad']),
        endedAt: isoTime,
        rpoMs: z.int(),
        rtoMs: z.int(),
      })
      .optional(),
    provedAt: isoTime.optional(),
    last: z.object({ run: z.string(), status: oneOf(statuses), endedAt: isoTime }).optional(),
  }),
});
export type BackupStateAnswer = RouteAnswer<typeof showBackupState>;
