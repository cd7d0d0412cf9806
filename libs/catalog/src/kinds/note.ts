import { noteObservedV1 } from '#libs/contracts';

import { defineKind } from './define-kind.js';
import { markdownSections } from './markdown-sections.js';
import { stringOf } from './show.js';
import { id, instant, text, texts, whole } from './values.js';

/** What the company wrote down about one of its homes, or about all of them. */
export const noteKind = defineKind({
  name: 'note',
  values: {
    deletedAt: instant,
    event: text,
    isWhole: whole(),
    language: text,
    listing: id,
    tags: texts,
    /** Markdown. */
    text,
    title: text,
  },
  from: (when) => [
    when(noteObservedV1, ({ fact, data, personal }) => {
      const { deleted, normaliser: _normaliser, note, rank: _rank, ...rest } = data;
      return {
        // A note is always written as a whole: what its author left out is gone, and so is a removal before it.
        fields: {
          ...rest,
          ...personal,
          deletedAt: deleted && fact.occurredAt,
          id: note,
          isWhole: true,
        },
      };
    }),
  ],
  fields: ['language', 'listing'],
  names: { listing: 'listing' },
  nameOf: ({ title }) => stringOf(title),
  view: ({ event, language, listing, tags, text: written, title }) => ({
    event,
    language,
    listing,
    tags,
    text: written,
    title,
  }),
  sections: ({ text: written }) => markdownSections(written ?? ''),
});
