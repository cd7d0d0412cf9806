import { z } from 'zod';

import { isoTime, oneOf } from './answers.js';
import { defineRoute, type RouteItem } from './route.js';

const group = 'Operations';

const feedShown = z.object({
  name: z.string(),
  phase: oneOf(['snapshot', 'stream', 'halted']),
  done: z.int(),
  of: z.int().optional(),
  lagMs: z.int(),
  tokenAt: isoTime.nullable(),
  preImages: z.boolean(),
  code: z.string().optional(),
  waiting: z.object({ count: z.int(), most: z.int() }).optional(),
  parked: z.array(
    z.object({ id: z.string(), code: z.string(), bytes: z.int().optional(), triedAt: isoTime }),
  ),
});

export const listFeeds = defineRoute({
  method: 'get',
  path: '/api/capture',
  group,
  does: 'What is followed in databases of others, and how far',
  says: '`done` counts documents of the snapshot that runs, or of the last one, `of` how many there are about. `lagMs` is how long ago everything was known to be here; `tokenAt` is the database’s time of the place it goes on from. `code` says why a feed is halted or reads everything again. `waiting` is a mass deletion that wants to be confirmed, `parked` are documents that were set aside.',
  role: 'viewer',
  answers: z.object({ items: z.array(feedShown) }),
});
export type FeedAnswer = RouteItem<typeof listFeeds>;

const feedChecked = z.object({
  name: z.string(),
  well: z.boolean(),
  obstacles: z.array(
    z.object({ kind: oneOf(['right', 'setting', 'place', 'advice']), text: z.string() }),
  ),
  preImages: z.boolean().optional(),
  historyMs: z.int().optional(),
  code: z.string().optional(),
});

export const checkFeeds = defineRoute({
  method: 'get',
  path: '/api/capture/check',
  group,
  does: 'Which right or setting is missing to follow, and on which side',
  says: 'Asks each database now. `advice` works, with a risk; everything else stands in the way. `historyMs` is how long an absence may last before its changes are forgotten there.',
  role: 'operator',
  answers: z.object({ well: z.boolean(), items: z.array(feedChecked) }),
});
export type CheckedFeedAnswer = RouteItem<typeof checkFeeds>;

export const confirmDeletion = defineRoute({
  method: 'post',
  path: '/api/capture/:name/confirm',
  group,
  does: 'Lets a mass deletion through: the keys of what is missing are destroyed',
  says: 'What is missing has left lists, search and answers already. Without this it is kept, so that a database that was emptied or half restored erases nothing here.',
  role: 'operator',
});

export const resnapshot = defineRoute({
  method: 'post',
  path: '/api/capture/:name/resnapshot',
  group,
  does: 'Reads a followed collection again, beside its changes',
  says: 'Only what differs becomes facts. What was set aside is tried again.',
  role: 'operator',
  status: 202,
});
