import { filtersOf, kindNames, type KindName } from '#libs/catalog';
import { z } from 'zod';

import { isoTime, pageOf } from '../routes/answers.js';
import { instant, instantText, limit, listQuery, word } from '../routes/queries.js';
import type { RouteNote } from '../routes/route.js';

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
  historyAfter: z.coerce
    .number()
    .int()
    .min(0)
    .default(0)
    .meta({ description: 'Position after which the history begins: `historyNext` of before.' }),
});
export type HistoryQuery = z.output<typeof historyQuery>;

const recordShown = z.looseObject({
  kind: z.enum(kindNames as [KindName, ...KindName[]]),
  id: z.string(),
  source: z.string(),
  displayName: z.string(),
  updatedAt: isoTime,
  deleted: z.boolean(),
});

const historyShown = z.object({
  fact: z.string(),
  type: z.string(),
  event: z.string().optional(),
  occurredAt: isoTime,
  recordedAt: isoTime,
  position: z.int(),
  delivery: z.string(),
});

const list = (kind: string): RouteNote => ({
  method: 'get',
  path: `/api/records/${kind}`,
  group: 'Records',
  does: 'Lists records, newest change first; deleted ones are left out',
  says: 'With `updatedAfter` the oldest change comes first, so that who follows goes on from the end.',
  role: 'viewer',
  answers: pageOf(recordShown),
});

export const listRecords = list(':kind');
export const listsOfEachKind: readonly RouteNote[] = kindNames.map((kind) => ({
  ...list(kind),
  does: `Lists records of the kind \`${kind}\`, newest change first; deleted ones are left out`,
  query: recordQueries[kind],
}));

export const showRecord: RouteNote = {
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
};
