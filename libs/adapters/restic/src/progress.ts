import type { RepositoryProgress } from '#libs/ports/snapshot-repository';

import { countAt, messageIn, textAt } from './messages.js';

/** What a status line says, of saving or of restoring. Fields that are nought are left out by restic. */
export const progressIn = (line: string): RepositoryProgress | undefined => {
  const message = messageIn(line);
  if (!message || textAt(message, 'message_type') !== 'status') return undefined;
  const files = countAt(message, 'total_files');
  const bytes = countAt(message, 'total_bytes');
  return {
    filesDone: countAt(message, 'files_done') ?? countAt(message, 'files_restored') ?? 0,
    bytesDone: countAt(message, 'bytes_done') ?? countAt(message, 'bytes_restored') ?? 0,
    ...(files !== undefined && { files }),
    ...(bytes !== undefined && { bytes }),
  };
};

/** A line without what changes by time alone: two alike say that nothing moved. */
export const stepIn = (line: string): string => {
  const progress = progressIn(line);
  if (progress) return `${progress.filesDone} ${progress.bytesDone} ${progress.bytes ?? ''}`;
  return line.replace(/^\[[\d:]+\] /, '');
};
