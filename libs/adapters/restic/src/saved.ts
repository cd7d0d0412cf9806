import type { SavedSnapshot } from '#libs/ports/snapshot-repository';

import type { ResticEnd } from './failure.js';
import { countAt, messageIn, textAt } from './messages.js';

/** What a `backup` says of the snapshot it made; nothing where it made none. */
export const savedIn = ({ exit, output, errors }: ResticEnd): SavedSnapshot | undefined => {
  const messages = output
    .split('\n')
    .map(messageIn)
    .filter((message) => message !== undefined);
  const summary = messages.find((message) => textAt(message, 'message_type') === 'summary');
  const id = summary && textAt(summary, 'snapshot_id');
  if (!summary || !id) return undefined;
  const lost = unreadableIn(errors);
  return {
    id,
    files: countAt(summary, 'total_files_processed') ?? 0,
    bytes: countAt(summary, 'total_bytes_processed') ?? 0,
    // Old versions do not say how much it was when it was packed.
    addedBytes: countAt(summary, 'data_added_packed') ?? countAt(summary, 'data_added') ?? 0,
    unreadable: exit === 3 ? Math.max(lost, 1) : lost,
  };
};

/** restic names each file twice: when it is counted and when it is read. */
const unreadableIn = (errors: readonly string[]): number => {
  const items = new Set<string>();
  for (const line of errors) {
    const message = messageIn(line);
    const item = message && textAt(message, 'message_type') === 'error' && textAt(message, 'item');
    if (item) items.add(item);
    // Gone between our look and restic's; the exit is 0 before 0.19.
    if (/does not exist, skipping/.test(line)) items.add(line);
  }
  return items.size;
};
