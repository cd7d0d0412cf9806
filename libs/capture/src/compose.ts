import type { CaptureParts } from './followed-feed.js';
import { followFeed } from './follow/follow-feed.js';
import { listFeeds } from './operate/list-feeds.js';
import { confirmDeletion, examineFeeds, orderScan } from './operate/operate-feeds.js';
import { wantDocuments } from './operate/wanted-documents.js';
import { createRemovals } from './removals/removals.js';

/** Every use case of capture. Composing does no I/O, starts nothing and reads no clock. */
export const composeCapture = (parts: CaptureParts) => ({
  feeds: parts.feeds.map(({ name }) => name),
  follow: followFeed(parts),
  list: listFeeds(parts),
  examine: examineFeeds(parts),
  confirm: confirmDeletion(parts),
  resnapshot: orderScan(parts),
  want: wantDocuments(parts),
  removals: createRemovals(parts),
});

export type Capture = ReturnType<typeof composeCapture>;
