import { z } from 'zod';

import { defineFact } from '../fact.js';
import { entityId, observed } from './parts.js';

const data = z.strictObject({
  /** It was taken away; saving it again brings it back. */
  deleted: z.literal(true).optional(),
  ...observed,
  /** As its author says: `de`, `pt-BR`. */
  language: z.string().optional(),
  /** Missing: it is about the whole company. */
  listing: entityId.optional(),
  note: entityId,
  tags: z.array(z.string()).optional(),
});

const personal = z.strictObject({
  /** Markdown, without its front matter. */
  text: z.string().optional(),
  title: z.string().optional(),
});

/** What the company wrote down about one of its homes, whole: it replaces what the note said before. */
export const noteObservedV1 = defineFact({
  type: 'intake.note.observed.v1',
  kind: 'observed',
  data,
  personal,
});
export type NoteObservedV1 = z.infer<typeof data>;
export type NoteObservedV1Personal = z.infer<typeof personal>;
