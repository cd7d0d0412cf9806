import { CLOCKS_APART_MS, type Json } from '#libs/kernel';
import type { Collection } from '#libs/ports/documents';

import type { BackupsParts } from '../backups-parts.js';

/** That somebody makes backups here. It is kept with the runs, so that who reads them also sees who works. */
export interface OrchestratorPresence {
  /** When one last looked for work. */
  readonly seenAt: number;
  /** When this platform began to be, as the first one said that could tell. */
  readonly since: number;
}

export const backupWatchers: Collection = { name: 'backup_watchers', fields: [] };

/** They look each minute: written more often it would only cost. */
const WRITTEN_EACH_MS = 60_000;

type PresenceParts = Pick<BackupsParts, 'clock' | 'documents' | 'host'>;

export const readPresence = async (
  parts: Pick<PresenceParts, 'documents' | 'host'>,
): Promise<OrchestratorPresence | undefined> => (await stored(parts)).presence;

/** Two who write at once say the same. */
export const notePresence = async (parts: PresenceParts & Pick<BackupsParts, 'since'>) => {
  const { clock, documents, host } = parts;
  const { presence, version } = await stored(parts);
  const now = clock.now();
  if (presence && isFresh(presence, now)) return;
  const since = Math.min(presence?.since ?? now, await parts.since());
  const body = { seenAt: now, since } satisfies Json;
  await documents.swap(backupWatchers, { id: host, body }, version);
};

/** One from the future was written by a wrong clock. */
const isFresh = ({ seenAt }: OrchestratorPresence, now: number): boolean =>
  now - seenAt < WRITTEN_EACH_MS && seenAt <= now + CLOCKS_APART_MS;

const stored = async ({ documents, host }: Pick<PresenceParts, 'documents' | 'host'>) => {
  const [found] = await documents.get(backupWatchers, [host]);
  const presence = found?.body as OrchestratorPresence | undefined;
  return { presence, version: found?.version ?? 0 };
};
