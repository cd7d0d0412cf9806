import { z } from 'zod';

import { oneOf } from './answers.js';
import { word } from './queries.js';
import { defineRoute, type RouteAnswer } from './route.js';

const group = 'Notes';

export const noting = z.strictObject({
  /** Markdown, with or without front matter. */
  text: z.string(),
  /** Stays the same when the note changes, as the path of its file does. */
  name: z.string().min(1).max(200).optional(),
  /** These win over the front matter. */
  listing: z.string().min(1).max(300).optional(),
  title: z.string().min(1).max(300).optional(),
  tags: z.array(z.string().min(1).max(60)).max(30).optional(),
  language: z
    .string()
    .regex(/^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/)
    .optional(),
});
export type AskedNoting = z.output<typeof noting>;

export const noteName = z.strictObject({
  name: word('The name of a note whose body is Markdown alone.'),
});
export type NoteName = z.output<typeof noteName>;

export const saveNote = defineRoute({
  method: 'post',
  path: '/api/notes',
  group,
  does: 'Takes in a note: Markdown, with the listing it is about in its front matter',
  says: 'JSON as below, or the Markdown alone as `text/markdown`. `listing` is an id or a nickname; without one the note is about the whole company. The same `name` is the same note, so a changed text is its next version and an unchanged one is answered with the delivery of before. Without a name it is named after listing and title. The record follows within a second.',
  role: 'operator',
  query: noteName,
  body: noting,
  answers: z.object({
    id: z.string().meta({ description: 'The delivery.' }),
    status: oneOf(['received', 'unchanged']),
    note: z.string(),
    listing: z.string().nullable(),
  }),
});
export type SavedNoteAnswer = RouteAnswer<typeof saveNote>;

export const removeNote = defineRoute({
  method: 'delete',
  path: '/api/notes/:id',
  group,
  does: 'Takes a note out of lists and search; saving it again brings it back',
  says: 'What it said stays in the log. `POST /api/erasures` forgets it.',
  role: 'operator',
  answers: z.object({
    id: z.string(),
    status: oneOf(['received', 'unchanged']),
    note: z.string(),
  }),
});
export type RemovedNoteAnswer = RouteAnswer<typeof removeNote>;
