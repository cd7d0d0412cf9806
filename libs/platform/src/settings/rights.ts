import type { Audience } from '#libs/kernel';
import type { PeopleRights } from '#libs/ports/directory';
import { z } from 'zod';

import { parsePeople } from './people.js';
import { kinds } from './record-kinds.js';
import { setting } from './setting.js';
import { inJson, list } from './values.js';

const people = z.string().transform((text, context): PeopleRights => {
  try {
    return parsePeople(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'no directory' });
    return z.NEVER;
  }
});

/** Of everybody, of a group or of a room. A person is no reader here: people come and go, groups stay. */
const reader = z.string().regex(/^(?:staff|(?:group|room):[A-Za-z0-9._:-]{1,128})$/);
const readers = z.union([reader.transform((one) => [one]), z.array(reader).min(1).max(50)]);

const kind = z.enum(kinds);

/** By kind of record; `undefined` where a kind has no limit. */
export type KindAudiences = Readonly<Partial<Record<(typeof kinds)[number], Audience>>>;

const excludedKinds = list
  .pipe(z.array(kind))
  .optional()
  .transform((excluded): readonly (typeof kinds)[number][] => [...new Set(excluded)]);
const EXCLUDED_EXPECTED = `names out of ${kinds.join(', ')}, separated by commas`;

export const rights = z.object({
  people: setting(
    {
      name: 'INNKEEPER_DIRECTORY',
      means:
        'Rooms and groups of each person, whom a token names as its subject. As a file it is read at each question, so that a change counts at once.',
      expects: 'JSON: { "<person>": { "rooms"?: ["<id>", …], "groups"?: ["<name>", …] }, … }',
    },
    people.optional(),
  ),
  kindReaders: setting(
    {
      name: 'INNKEEPER_KIND_READERS',
      means:
        'Kinds of record that not all of the staff may read, and who may: in lists, links, facts, search and counts.',
      expects: `JSON: { "payment": "group:finance", … }, each a group:<name>, a room:<id>, staff or a list of them; kinds are ${kinds.join(', ')}`,
    },
    inJson
      .pipe(z.partialRecord(kind, readers))
      .optional()
      .transform((audiences): KindAudiences => audiences ?? {}),
  ),
  searchExcludedKinds: setting(
    {
      name: 'INNKEEPER_SEARCH_EXCLUDED_KINDS',
      means: 'Kinds of record that search leaves out, for everybody.',
      expects: EXCLUDED_EXPECTED,
    },
    excludedKinds,
  ),
  embedderExcludedKinds: setting(
    {
      name: 'INNKEEPER_EMBEDDER_EXCLUDED_KINDS',
      means:
        'Kinds of record whose text never goes to the embedding model nor to the reranker. They are found by their words.',
      expects: EXCLUDED_EXPECTED,
    },
    excludedKinds,
  ),
  modelExcludedKinds: setting(
    {
      name: 'INNKEEPER_MODEL_EXCLUDED_KINDS',
      means: 'Kinds of record whose text never goes to the language model.',
      expects: EXCLUDED_EXPECTED,
    },
    excludedKinds,
  ),
});
