import { z } from 'zod';

import { isoTime, oneOf } from './answers.js';
import { defineRoute, type RouteAnswer, type RouteLine } from './route.js';

const group = 'Operations';

export const showDoctor = defineRoute({
  method: 'get',
  path: '/api/doctor',
  group,
  does: 'What needs a person, each with the next step',
  says: 'Lag of every consumer, leases, dead letters, parked and oversize facts, back ends, silent doors, the chain.',
  role: 'viewer',
  answers: z.object({
    well: z.boolean(),
    findings: z.array(
      z.object({ code: z.string(), about: z.string(), says: z.string(), next: z.string() }),
    ),
    head: z.object({ era: z.int(), position: z.int() }).nullable(),
    consumers: z.array(
      z.object({
        name: z.string(),
        position: z.int().optional(),
        behind: z.int().optional(),
        oldestMs: z.int().optional(),
      }),
    ),
    leases: z.array(
      z.object({
        name: z.string(),
        holder: z.string(),
        term: z.int(),
        expiresInMs: z.int(),
      }),
    ),
    doors: z.array(
      z.object({
        source: z.string(),
        lastDelivery: isoTime.nullable(),
        lastCanary: isoTime.nullable(),
      }),
    ),
    backEnds: z.array(z.object({ name: z.string(), answers: z.boolean() })),
  }),
});
export type ExaminationAnswer = RouteAnswer<typeof showDoctor>;

export const erasing = z.strictObject({
  target: z.string().min(1).max(512),
  also: z.array(z.string().min(1).max(512)).max(1000).default([]),
  confirm: z.boolean().default(false),
});
export type AskedErasing = z.output<typeof erasing>;

const choice = z.object({
  stream: z.string(),
  reason: oneOf(['group', 'named_by_it', 'named_once', 'names_others', 'shared_handle']),
});
const find = z.object({ stream: z.string(), by: oneOf(['id', 'mail', 'name', 'number']) });
const look = z.object({
  records: z.int(),
  facts: z.int(),
  deliveries: z.int(),
  links: z.int(),
  left: z.array(
    z.object({
      where: oneOf(['delivery', 'fact', 'generation', 'index', 'link', 'record']),
      name: z.string(),
      known: z.boolean(),
    }),
  ),
});

const inBackups = z.object({
  keysUntil: isoTime,
  sources: z.array(z.object({ name: z.string(), until: isoTime })),
});

export const erase = defineRoute({
  method: 'post',
  path: '/api/erasures',
  group,
  does: 'Forgets what a stream, or a record and all that is about the same person, says about people',
  says: 'Without `confirm` it only lists what would go. What goes cannot come back: keys are destroyed, raw deliveries with them. `choices` are shared with somebody else, `finds` only hold one of the person’s values: neither is taken unless `also` names it. `unlinked` are dead letters and quarantined deliveries that mention one of the ids; the letters’ deliveries are erased, too. `refolded`: the catalog has read it. `looked` is what was looked at afterwards, and what of the person was still there; `known` marks a choice or a find that nobody asked for. `inBackups`: until when older backups may open what was erased; `sources` are copies of databases and folders of others, which keep what is deleted there.',
  role: 'admin',
  body: erasing,
  answers: z.object({
    erased: z.boolean(),
    streams: z.array(z.string()),
    kinds: z.record(z.string(), z.int()),
    deliveries: z.array(z.string()),
    facts: z.int(),
    choices: z.array(choice),
    finds: z.array(find),
    bounded: z.boolean(),
    unlinked: z
      .object({ letters: z.array(z.string()), quarantined: z.array(z.string()) })
      .optional(),
    fact: z.string().optional(),
    position: z.int().optional(),
    refolded: z.boolean().optional(),
    looked: look.optional(),
    inBackups: inBackups.optional(),
  }),
});
export type ErasureAnswer = RouteAnswer<typeof erase>;

export const verifyLog = defineRoute({
  method: 'post',
  path: '/api/verify',
  group,
  does: 'Walks the whole chain of the log and names the first wrong position',
  says: 'JSON lines: `{ "position", "head" }` while it goes; the last is `{ "whole": true, "era", "position", "hash" }`, or `{ "whole": false, "position", "trouble", "projector"? }`, or `{ "code", "title" }` where it could not go on.',
  role: 'operator',
  media: 'application/x-ndjson',
  line: z.union([
    z.object({ whole: z.literal(true), era: z.int(), position: z.int(), hash: z.string() }),
    z.object({
      whole: z.literal(false),
      position: z.int(),
      trouble: z.string(),
      projector: z.string().optional(),
    }),
    z.object({ code: z.string(), title: z.string() }),
    z.object({ position: z.int(), head: z.int() }),
  ]),
});

export type VerifyLine = RouteLine<typeof verifyLog>;

export const declareRestored = defineRoute({
  method: 'post',
  path: '/api/log/restored',
  group,
  does: 'Says that the log or the keys came from a backup: a new era begins',
  says: 'Erasures are carried out again. Projectors that had read more start over, and raw deliveries that are still kept are taken in again. Start the roles again afterwards.',
  role: 'admin',
  answers: z.object({
    era: z.int(),
    position: z.int(),
    afresh: z.array(z.string()),
    erased: z.int(),
    republished: z.int(),
  }),
});

export const listSettings = defineRoute({
  method: 'get',
  path: '/api/settings',
  group,
  does: 'What is set and from where, secrets as `[secret]`',
  role: 'operator',
  answers: z.object({
    items: z.array(
      z.object({
        name: z.string(),
        value: z.string(),
        origin: z.enum(['environment', 'file', 'default', 'unset']),
      }),
    ),
  }),
});

const missingShown = z.object({ missing: z.array(z.string()) });

export const showMissingOnBus = defineRoute({
  method: 'get',
  path: '/api/bus/missing',
  group,
  does: 'Topics and subscriptions that are declared but missing',
  role: 'operator',
  answers: missingShown,
});

export const createOnBus = defineRoute({
  method: 'post',
  path: '/api/bus/create',
  group,
  does: 'Makes those that are missing; changes nothing that is there',
  says: 'Answers what is missing afterwards.',
  role: 'admin',
  answers: missingShown,
});
