import { isId, type Id } from '#libs/kernel';
import type { Snapshot } from '#libs/ports/snapshot-repository';

import type { BackupsParts } from '../backups-parts.js';
import { isGood, type BackupRun } from './backup-run.js';
import { readRuns, runsOf } from './run-documents.js';

/** The run that a snapshot says it is of. Anybody can write a tag. */
export const runIn = ({ tags }: Snapshot): Id | undefined =>
  tags
    .filter((tag) => tag.startsWith('run:'))
    .map((tag) => tag.slice('run:'.length))
    .find(isId);

/**
 * Good runs that may have snapshots among these. One whose snapshots were gone counts again when they are back: settings
 * may have named another repository for a while.
 */
export const runsHolding = async (
  parts: Pick<BackupsParts, 'documents' | 'host'>,
  snapshots: readonly Snapshot[],
): Promise<readonly BackupRun[]> => {
  const holding = await runsOf(parts, 'holds');
  const known = new Set(holding.map(({ id }) => id));
  const said = new Set(
    snapshots.filter(({ host }) => host === parts.host).flatMap((one) => runIn(one) ?? []),
  );
  const others = await readRuns(
    parts,
    [...said].filter((id) => !known.has(id)),
  );
  return [...holding, ...others.filter(isGood)];
};
