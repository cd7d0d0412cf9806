import { bearerKinds, kindNames, mentioningKinds } from '#libs/catalog';
import { z } from 'zod';

import { oneOf, pageOf } from './answers.js';
import { listQuery } from './queries.js';
import { defineRoute, type RouteAnswer, type RouteItem } from './route.js';

const linkedKinds = [...bearerKinds, ...mentioningKinds].sort();

const recordName = z
  .string()
  .regex(/^[a-z_]+\/.+$/)
  .max(512)
  .meta({ description: '`guest/guesty.main.65f1c0ffee`' });

const namedRecord = z.object({
  kind: oneOf(kindNames),
  id: z.string(),
  displayName: z.string(),
});

const evidence = z.object({
  records: z.tuple([z.string(), z.string()]),
  by: oneOf(['mail', 'number', 'provider_id', 'ruling']),
  value: z.string().optional(),
});

const person = z.object({
  id: z.string(),
  members: z.array(namedRecord),
  evidence: z.array(evidence),
});

const why = oneOf([
  ...['ambiguous', 'anonymous', 'contradiction', 'nobody_known', 'own_line'],
  ...['several', 'switchboard', 'too_many'],
]);

export const questionsQuery = listQuery({});
export type QuestionsQuery = z.output<typeof questionsQuery>;

export const listQuestions = defineRoute({
  method: 'get',
  path: '/api/links',
  group: 'Links',
  does: 'Open questions: numbers and mails that several people may be reached by',
  says: 'They link nobody until an operator settles who is who: `POST /api/links`. A page may hold fewer than asked for.',
  role: 'viewer',
  query: questionsQuery,
  answers: pageOf(
    z.object({
      id: z.string(),
      by: oneOf(['mail', 'number']),
      value: z.string(),
      candidates: z.array(namedRecord),
    }),
  ),
});

export type QuestionAnswer = RouteItem<typeof listQuestions>;

export const showLinks = defineRoute({
  method: 'get',
  path: '/api/links/:kind/:id',
  group: 'Links',
  does: 'Whom a record is about, every other record of that person, and on what evidence',
  says: `Kinds: ${linkedKinds.map((kind) => `\`${kind}\``).join(', ')}. Without \`person\` it is linked to nobody, and \`why\` says why: evidence that fits two people links nobody.`,
  role: 'viewer',
  answers: z.object({
    record: namedRecord,
    person: person.optional(),
    why: why.optional(),
    questions: z.array(z.string()),
  }),
});

export type LinksAnswer = RouteAnswer<typeof showLinks>;

export const settling = z.strictObject({
  records: z.tuple([recordName, recordName]),
  same: z.boolean(),
});
export type AskedSettling = z.output<typeof settling>;

export const settle = defineRoute({
  method: 'post',
  path: '/api/links',
  group: 'Links',
  does: 'Settles that two contacts, guests or colleagues are one person, or two',
  says: 'The ruling is a fact with the operator’s name. It outweighs numbers and names, and survives a rebuild. A later ruling on the same two replaces it. `linked` says that every request from now on knows it.',
  role: 'operator',
  body: settling,
  answers: z.object({
    records: z.tuple([z.string(), z.string()]),
    same: z.boolean(),
    position: z.int(),
    linked: z.boolean(),
  }),
});
