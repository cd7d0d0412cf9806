import { filtersOf, kindNames, type KindName } from '#libs/catalog';
import { z } from 'zod';

import { isoTime, oneOf, pageOf } from './answers.js';
import { cursor, instant, instantText, limit, listQuery, word } from './queries.js';
import { defineRoute, type RouteAnswer, type RouteNote } from './route.js';

const filterOf = (field: string) =>
  field.endsWith('At')
    ? instantText.optional().meta({ description: `Exactly this \`${field}\`.` })
    : word(`Exactly this \`${field}\`.`);

const filtersSchema = (kind: KindName) =>
  listQuery({
    ...Object.fromEntries(filtersOf(kind).map((field) => [field, filterOf(field)])),
    updatedAfter: instant('Only what changed later, by the source’s clock; oldest change first.'),
  });

/** What each kind can be filtered by. */
export const recordQueries = Object.fromEntries(
  kindNames.map((kind) => [kind, filtersSchema(kind)]),
) as Readonly<Record<KindName, ReturnType<typeof filtersSchema>>>;

export const historyQuery = z.strictObject({
  limit,
  historyAfter: z.coerce.number().int().min(0).default(0).meta({
    description: 'Position after which the history begins: `historyNext` of the answer before.',
  }),
});
export type HistoryQuery = z.output<typeof historyQuery>;

const recordShown = z.looseObject({
  kind: oneOf(kindNames),
  id: z.string(),
  source: z.string(),
  displayName: z.string(),
  updatedAt: isoTime,
  deleted: z.boolean(),
});

export type RecordAnswer = z.output<typeof recordShown>;

const historyShown = z.object({
  fact: z.string(),
  type: z.string(),
  event: z.string().optional(),
  occurredAt: isoTime,
  recordedAt: isoTime,
  position: z.int(),
  delivery: z.string(),
});

const list = {
  method: 'get',
  group: 'Records',
  does: 'Lists records, newest change first; deleted ones are left out',
  says: 'With `updatedAfter` the oldest change comes first, so that a follower continues from the end.',
  role: 'viewer',
  answers: pageOf(recordShown),
} as const;

/** As it is served. What a kind can be filtered by is checked by `recordQueries`. */
export const listRecords = defineRoute({
  ...list,
  path: '/api/records/:kind',
  query: z.looseObject({ limit, after: cursor }),
});

/** As it is described: each kind has its own filters. */
export const listsOfEachKind: readonly RouteNote[] = kindNames.map((kind) => ({
  ...list,
  path: `/api/records/${kind}`,
  does: `Lists records of the kind \`${kind}\`, newest change first; deleted ones are left out`,
  query: recordQueries[kind],
}));

export const showRecord = defineRoute({
  method: 'get',
  path: '/api/records/:kind/:id',
  group: 'Records',
  does: 'One record with the facts that made it, newest last',
  role: 'viewer',
  query: historyQuery,
  answers: recordShown.extend({
    history: z.array(historyShown),
    historyNext: z.int().nullable(),
  }),
});
export type RecordHistoryAnswer = RouteAnswer<typeof showRecord>;

export const showRecordContent = defineRoute({
  ...{ method: 'get', group: 'Records', role: 'viewer', query: historyQuery },
  path: '/api/pages/:kind/:id',
  does: 'What the page of a record shows',
  says: 'By the rooms of who asks, as answers are, also where lists show a kind to administrators alone. Of such a kind it has no history.',
  answers: showRecord.answers,
});
