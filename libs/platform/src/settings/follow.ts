import type { JsonObject, Secret } from '#libs/kernel';
import { z } from 'zod';

import { providers } from '../providers.js';
import { followedDatabaseUrl } from './chat.js';
import { kinds } from './record-kinds.js';
import { setting } from './setting.js';
import { inJson } from './values.js';

/** A collection of a database that is not ours, as its operator described it. */
export interface FollowedSetting {
  /** Of its feed, and the beginning of every id. */
  readonly name: string;
  readonly database: string;
  readonly collection: string;
  /** Missing: Rocket.Chat’s. */
  readonly url?: Secret | undefined;
  /** A query in Extended JSON. */
  readonly filter?: JsonObject | undefined;
  /** Paths, `guest.name`. Missing: whole documents. */
  readonly fields?: readonly string[] | undefined;
  /** The path of one line for people. */
  readonly subject?: string | undefined;
}

const taken: readonly string[] = [...Object.keys(providers), ...kinds];

/** As a source is called, and not as anything of ours. */
const name = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,30}$/)
  .refine((text) => !taken.includes(text) && !/-(?:api|feed)$/.test(text));

/** MongoDB’s own rules. */
const database = z.string().regex(/^[^/\\. "$*<>:|?\0]{1,63}$/);
const collection = z.string().regex(/^(?!system\.)[^$\0]{1,200}$/);
const path = z.string().regex(/^[^$.\0][^.\0]*(?:\.[^$.\0][^.\0]*){0,9}$/);

const described = z.strictObject({
  name,
  database,
  collection,
  url: followedDatabaseUrl.optional(),
  filter: z
    .record(z.string(), z.json())
    .transform((query): JsonObject => query)
    .optional(),
  fields: z.array(path).min(1).max(200).optional(),
  subject: path.optional(),
});

const distinct = (followed: readonly FollowedSetting[]): boolean =>
  new Set(followed.map((one) => one.name)).size === followed.length;

/** Other databases. */
export const follow = z.object({
  collections: setting(
    {
      name: 'INNKEEPER_FOLLOW',
      means:
        'Collections of other MongoDB databases that are followed. Each document becomes a record of the kind `notice`.',
      expects:
        'a JSON list of { "name", "database", "collection", "url"?, "filter"?, "fields"?, "subject"? }. Names are lower-case words that no source, provider or kind has. A filter is Extended JSON. Where one has no url, INNKEEPER_ROCKETCHAT_MONGODB_URL must be set',
      secret: true,
    },
    inJson
      .pipe(z.array(described).max(100).refine(distinct))
      .optional()
      .transform((followed): readonly FollowedSetting[] => followed ?? []),
  ),
});
