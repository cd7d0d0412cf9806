import { entry, type CodeEntry } from './entry.js';

/** Following a database. */
export const captureCodes = {
  CAPTURE_UNREACHABLE: entry(
    'unavailable',
    'A followed database does not answer.',
    'Nothing is lost: it goes on where it stopped. Look at that database and the way to it.',
  ),
  CAPTURE_FORBIDDEN: entry(
    'misconfigured',
    'A followed database does not let us read.',
    'Give it the right that `innkeeper capture check` names.',
  ),
  CAPTURE_HISTORY_LOST: entry(
    'unavailable',
    'A followed database has forgotten the changes since our place.',
    'The collection is read again by itself. See docs/runbooks/capture-history-lost.md.',
  ),
  CAPTURE_COLLECTION_GONE: entry(
    'missing',
    'A followed collection is not there.',
    'It was dropped or renamed, or its name is wrong. See docs/runbooks/capture-collection-gone.md.',
  ),
  CAPTURE_DOCUMENT_UNREADABLE: entry(
    'invalid',
    'A document of a followed collection cannot be read.',
    'It is set aside and the feed goes on. `innkeeper capture list` names it.',
  ),
  CAPTURE_FEED_UNKNOWN: entry(
    'missing',
    'Nothing of this name is followed.',
    'Look at `innkeeper capture list`: it shows what is.',
  ),
  CAPTURE_NOTHING_TO_CONFIRM: entry(
    'conflict',
    'No mass deletion waits for a confirmation.',
    'Nothing needs to be done.',
  ),
} satisfies Record<string, CodeEntry>;
