import { derivedId, fault, utf8, type Id } from '#libs/kernel';

import type { BackupsParts } from '../backups-parts.js';
import { isGood } from './backup-run.js';
import { changeRun, newestOf, readRun } from './run-documents.js';
import { noticeOf } from './run-notices.js';
import type { BackupRequest, Backups } from './use-cases.js';

/** The same for the same key, so that asking again finds the run that was asked for. */
export const runIdOf = async (
  { hash, host }: Pick<BackupsParts, 'hash' | 'host'>,
  { by, key }: Pick<BackupRequest, 'by' | 'key'>,
): Promise<Id> => {
  const [digest = new Uint8Array()] = await hash([utf8(JSON.stringify([host, by, key]))]);
  return derivedId(0, digest);
};

export const requestRun =
  (parts: BackupsParts): Backups['request'] =>
  async (request) => {
    const id = await runIdOf(parts, request);
    if (!(await readRun(parts, id))) await seeWhatToProve(parts, request);
    const { kind, by, drillOf } = request;
    const { run, events } = await changeRun(parts, id, {
      ...{ type: 'request', at: parts.clock.now(), id, kind, by },
      ...(drillOf !== undefined && { drillOf }),
    });
    for (const event of events) noticeOf(parts, { before: run, after: run, event });
    return { run, isNew: events.length > 0 };
  };

const seeWhatToProve = async (
  parts: BackupsParts,
  { kind, drillOf }: BackupRequest,
): Promise<void> => {
  if (kind !== 'drill') return;
  const found =
    drillOf === undefined ? await newestOf(parts, 'good') : (await readRun(parts, drillOf))?.run;
  // One that was found bad may be looked at again.
  if (!found || found.kind === 'drill' || !(isGood(found) || found.drill))
    throw fault('BACKUP_NOT_FOUND');
};
