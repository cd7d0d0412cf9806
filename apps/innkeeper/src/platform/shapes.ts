import { z } from 'zod';

/** What the API answers. Only what a command uses is demanded; the rest is passed on with `--json`. */

export const fact = z.looseObject({
  id: z.string(),
  type: z.string(),
  stream: z.string(),
  position: z.int(),
  occurredAt: z.string(),
  recordedAt: z.string(),
});
export type ShownFact = z.output<typeof fact>;

export const factPage = z.object({
  items: z.array(fact),
  next: z.string().nullable(),
  position: z.int(),
});
export type FactPage = z.output<typeof factPage>;

export const delivery = z.looseObject({
  id: z.string(),
  source: z.string(),
  receivedAt: z.string(),
  sha256: z.string().optional(),
  bytes: z.int(),
  facts: z.array(z.string()),
  failed: z.boolean().optional(),
});
export type ShownDelivery = z.output<typeof delivery>;

export const reprocessed = z.looseObject({ published: z.int(), missing: z.int() });
export type Reprocessed = z.output<typeof reprocessed>;

export const retried = z.looseObject({ proved: z.int(), left: z.int() });
export type Retried = z.output<typeof retried>;

export const stage = z.looseObject({
  stage: z.string(),
  state: z.enum(['done', 'waiting', 'failed']),
  at: z.string().nullable(),
  fact: z.string().optional(),
  position: z.int().optional(),
  behind: z.int().optional(),
  record: z.string().optional(),
  code: z.string().optional(),
  letter: z.string().optional(),
});
export type ShownStage = z.output<typeof stage>;

export const trace = z.looseObject({
  delivery: delivery.nullable(),
  facts: z.array(fact),
  records: z.array(z.looseObject({ kind: z.string(), id: z.string(), deleted: z.boolean() })),
  stages: z.array(stage),
});
export type ShownTrace = z.output<typeof trace>;

export const examination = z.looseObject({
  well: z.boolean(),
  findings: z.array(
    z.looseObject({ code: z.string(), about: z.string(), says: z.string(), next: z.string() }),
  ),
  head: z.looseObject({ era: z.int(), position: z.int() }).nullable(),
  consumers: z.array(
    z.looseObject({
      name: z.string(),
      position: z.int().optional(),
      behind: z.int().optional(),
      oldestMs: z.number().optional(),
    }),
  ),
  leases: z.array(
    z.looseObject({ name: z.string(), holder: z.string(), term: z.int(), expiresInMs: z.number() }),
  ),
  doors: z.array(
    z.looseObject({
      source: z.string(),
      lastDelivery: z.string().nullable(),
      lastCanary: z.string().nullable(),
    }),
  ),
  backEnds: z.array(z.looseObject({ name: z.string(), answers: z.boolean() })),
});
export type ShownExamination = z.output<typeof examination>;

export const letter = z.looseObject({
  id: z.string(),
  subscription: z.string(),
  code: z.string(),
  attempts: z.int(),
  buriedAt: z.string(),
  bytes: z.int(),
  attributes: z.record(z.string(), z.string()),
});
export type ShownLetter = z.output<typeof letter>;

export const redriven = z.looseObject({ redriven: z.int() });
export type Redriven = z.output<typeof redriven>;

/** The last line decides; those before it say how far the walk is. */
export const verifyLine = z.union([
  z.looseObject({ whole: z.literal(true), era: z.int(), position: z.int(), hash: z.string() }),
  z.looseObject({ whole: z.literal(false), position: z.int(), trouble: z.string() }),
  z.looseObject({ code: z.string(), title: z.string() }),
  z.looseObject({ position: z.int(), head: z.int() }),
]);
export type VerifyLine = z.output<typeof verifyLine>;

export const erasure = z.looseObject({
  erased: z.boolean(),
  streams: z.array(z.string()),
  kinds: z.record(z.string(), z.int()),
  deliveries: z.array(z.string()),
  facts: z.int(),
  choices: z.array(z.looseObject({ stream: z.string(), reason: z.string() })),
  finds: z.array(z.looseObject({ stream: z.string(), by: z.string() })),
  bounded: z.boolean(),
  unlinked: z
    .looseObject({ letters: z.array(z.string()), quarantined: z.array(z.string()) })
    .optional(),
  fact: z.string().optional(),
  position: z.int().optional(),
  refolded: z.boolean().optional(),
  looked: z
    .looseObject({
      records: z.int(),
      facts: z.int(),
      deliveries: z.int(),
      links: z.int(),
      left: z.array(z.looseObject({ where: z.string(), name: z.string(), known: z.boolean() })),
    })
    .optional(),
});
export type ShownErasure = z.output<typeof erasure>;

export const restored = z.looseObject({
  era: z.int(),
  position: z.int(),
  afresh: z.array(z.string()),
  erased: z.int(),
  republished: z.int(),
});
export type ShownRestored = z.output<typeof restored>;

export const missing = z.looseObject({ missing: z.array(z.string()) });
export type ShownMissing = z.output<typeof missing>;

export const rebuild = z.looseObject({
  id: z.string(),
  state: z.enum(['asked', 'running', 'equal', 'different', 'switched', 'failed']),
  position: z.int(),
  head: z.int(),
  code: z.string().optional(),
  result: z
    .looseObject({
      position: z.int(),
      switched: z.boolean(),
      comparison: z.looseObject({
        checksums: z.looseObject({ live: z.string(), rebuilt: z.string() }),
        records: z.int(),
        differences: z.int(),
        differing: z.array(z.looseObject({ kind: z.string(), id: z.string() })),
      }),
    })
    .optional(),
});
export type ShownRebuild = z.output<typeof rebuild>;

export const record = z.looseObject({
  kind: z.string(),
  id: z.string(),
  displayName: z.string().optional(),
  updatedAt: z.string().optional(),
});
export type ShownRecord = z.output<typeof record>;

export const recordWithHistory = record.extend({
  history: z.array(
    z.looseObject({
      fact: z.string(),
      type: z.string(),
      event: z.string().optional(),
      occurredAt: z.string(),
      position: z.int(),
      delivery: z.string(),
    }),
  ),
  historyNext: z.int().nullable(),
});
export type RecordWithHistory = z.output<typeof recordWithHistory>;

export const syncRun = z.looseObject({
  pass: z.string(),
  state: z.string(),
  read: z.int(),
  of: z.int().optional(),
  fresh: z.int(),
  to: z.string().optional(),
  coveredTo: z.string().optional(),
  code: z.string().optional(),
});
export type ShownSyncRun = z.output<typeof syncRun>;

const syncSource = z.looseObject({
  source: z.string(),
  lists: z.array(z.looseObject({ list: z.string(), runs: z.array(syncRun) })),
});
export type ShownSync = z.output<typeof syncSource>;

export const sync = z.object({ items: z.array(syncSource) });
export const startedSync = z.looseObject({
  started: z.array(z.string()),
  running: z.array(z.string()),
});
export type StartedSync = z.output<typeof startedSync>;

const tally = z.looseObject({
  taken: z.int(),
  repeated: z.int(),
  notUnderstood: z.int(),
  failed: z.int(),
  canaries: z.int(),
  refused: z.record(z.string(), z.int()),
});
export type ShownTally = z.output<typeof tally>;

const source = z.looseObject({
  source: z.string(),
  way: z.string(),
  path: z.string().optional(),
  on: z.boolean(),
  says: z.string(),
  lastDelivery: z.string().nullable(),
  lastCanary: z.string().nullable(),
  hour: tally,
  day: tally,
  quarantine: z.looseObject({ count: z.int(), bytes: z.int(), more: z.boolean() }),
  secrets: z.array(z.looseObject({ firstSeen: z.string() })),
  sync: z
    .looseObject({
      lists: z.int(),
      reading: z.int(),
      failed: z.array(z.string()),
      untold: z.int(),
      coveredTo: z.string().nullable(),
    })
    .optional(),
  next: z.string().optional(),
});
export type ShownSource = z.output<typeof source>;

export const sources = z.object({
  items: z.array(source),
  strangers: z.looseObject({ day: tally }),
});
export type ShownSources = z.output<typeof sources>;

const named = z.looseObject({ kind: z.string(), id: z.string(), displayName: z.string() });

export const question = z.looseObject({
  id: z.string(),
  by: z.string(),
  value: z.string(),
  candidates: z.array(named),
});
export type ShownQuestion = z.output<typeof question>;

export const links = z.looseObject({
  record: named,
  person: z
    .looseObject({
      id: z.string(),
      members: z.array(named),
      evidence: z.array(
        z.looseObject({
          records: z.array(z.string()),
          by: z.string(),
          value: z.string().optional(),
        }),
      ),
    })
    .optional(),
  why: z.string().optional(),
  questions: z.array(z.string()),
});
export type ShownLinks = z.output<typeof links>;

export const settled = z.looseObject({
  records: z.array(z.string()),
  same: z.boolean(),
  position: z.int(),
  linked: z.boolean(),
});
export type Settled = z.output<typeof settled>;

export const settings = z.looseObject({
  items: z.array(z.looseObject({ name: z.string(), value: z.string(), origin: z.string() })),
});
export type ShownSettings = z.output<typeof settings>;

export const pageOf = <S extends z.ZodType>(item: S) =>
  z.object({ items: z.array(item), next: z.string().nullable() });

/** RFC 9457, as far as it is there. */
export const problem = z.looseObject({
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string().optional(),
  trace: z.string().optional(),
});
