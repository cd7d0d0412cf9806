import type { Snapshot } from '#libs/ports/snapshot-repository';

import { countAt, objectAt, textAt, textsAt, type ResticMessage } from './messages.js';

/** One entry of `snapshots --json`. */
export const snapshotOf = (entry: ResticMessage): Snapshot | undefined => {
  const [id, time] = [textAt(entry, 'id'), textAt(entry, 'time')];
  if (id === undefined || time === undefined) return undefined;
  const summary = objectAt(entry, 'summary');
  const files = summary && countAt(summary, 'total_files_processed');
  const bytes = summary && countAt(summary, 'total_bytes_processed');
  return {
    id,
    time,
    host: textAt(entry, 'hostname') ?? '',
    paths: textsAt(entry, 'paths'),
    tags: textsAt(entry, 'tags'),
    ...(files !== undefined && bytes !== undefined && { content: { files, bytes } }),
  };
};

/** Some version of restic lists newest first, and clocks of several machines write one repository. */
export const oldestFirst = (snapshots: readonly Snapshot[]): readonly Snapshot[] =>
  [...snapshots].sort((a, b) => Date.parse(a.time) - Date.parse(b.time));
