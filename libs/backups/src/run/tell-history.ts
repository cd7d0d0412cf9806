import { fault, type Id } from '#libs/kernel';

import type { BackupsParts } from '../backups-parts.js';
import { readRun, settleTold } from './run-documents.js';

/** The log may be away. */
const TOLD_WITHIN_MS = 10_000;

/**
 * Tells beside the work, which waits for no log; called again meanwhile, it goes on after that. It settles when everything was
 * told, or when the log did not take it; it never fails.
 */
export const tellingHistory = (parts: BackupsParts, id: Id): (() => Promise<void>) => {
  let isWanted = false;
  let underWay: Promise<void> | undefined;
  const tellAll = async (): Promise<void> => {
    let isThere = true;
    while (isWanted && isThere) {
      isWanted = false;
      isThere = await tellHistory(parts, id).catch(() => false);
    }
    underWay = undefined;
  };
  return () => {
    isWanted = true;
    underWay ??= tellAll();
    return underWay;
  };
};

/**
 * Hands in what the log was not told yet, in order: the next state only when the one before has arrived. `false`: the rest
 * stays owed.
 */
const tellHistory = async (parts: BackupsParts, id: Id): Promise<boolean> => {
  for (;;) {
    const [state] = (await readRun(parts, id))?.owed ?? [];
    if (!state) return true;
    const isTold = await inTime(parts, parts.handIn(state)).then(
      () => true,
      () => false,
    );
    if (!isTold) return false;
    await settleTold(parts, id, state.revision);
  }
};

const inTime = async (
  { sleep }: Pick<BackupsParts, 'sleep'>,
  handedIn: Promise<void>,
): Promise<void> => {
  const over = new AbortController();
  const late = sleep(TOLD_WITHIN_MS, over.signal).then(() => {
    if (!over.signal.aborted) throw fault('BACKUP_CUT_OFF');
  });
  late.catch(() => undefined);
  try {
    await Promise.race([handedIn, late]);
  } finally {
    over.abort();
  }
};
