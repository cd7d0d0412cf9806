import type { Id, Json } from '#libs/kernel';
import type { Collection, NewDocument } from '#libs/ports/documents';

import type { BackupsParts } from '../backups-parts.js';
import type { BackupServer } from './backup-server.js';

export const backupServers: Collection = {
  name: 'backup_servers',
  fields: ['expiresAt'],
  orderedBy: 'expiresAt',
};

/** So long after its time somebody may still look for what became of a server. */
const KEPT_MS = 30 * 24 * 3600_000;
const PAGE = 100;

type ServerDocumentsParts = Pick<BackupsParts, 'documents'>;

/** A document as it was read: who changes it says which one was read. */
export interface ReadServer {
  readonly server: BackupServer | undefined;
  /** 0: there is none yet. */
  readonly version: number;
}

const documentOf = (server: BackupServer): NewDocument => ({
  id: server.run,
  // Members that are `undefined` are not stored.
  body: JSON.parse(JSON.stringify(server)) as Json,
  fields: { expiresAt: server.expiresAt },
  expiresAt: server.expiresAt + KEPT_MS,
});

export const readServerOf = async (
  { documents }: ServerDocumentsParts,
  run: Id,
): Promise<ReadServer> => {
  const [found] = await documents.get(backupServers, [run]);
  return {
    server: found && (found.body as unknown as BackupServer),
    version: found?.version ?? 0,
  };
};

/** `false`: somebody wrote since it was read, and that stays. */
export const writeServer = async (
  { documents }: ServerDocumentsParts,
  server: BackupServer,
  version: number,
): Promise<boolean> => (await documents.swap(backupServers, documentOf(server), version)).swapped;

/**
 * Changes it while others do: what they wrote is read again and changed again. `change` answers what it was given where
 * nothing is to change, and throws where nothing may. Answers what is kept now; nothing where there is no such document.
 */
export const changeServer = async (
  parts: ServerDocumentsParts,
  run: Id,
  change: (now: BackupServer) => BackupServer,
): Promise<BackupServer | undefined> => {
  for (;;) {
    const { server, version } = await readServerOf(parts, run);
    if (!server) return undefined;
    const next = change(server);
    if (next === server || (await writeServer(parts, next, version))) return next;
  }
};

/** All of them, those whose time ends first before others. */
export const listServers = async ({
  documents,
}: ServerDocumentsParts): Promise<readonly BackupServer[]> => {
  const found: BackupServer[] = [];
  let after: string | undefined;
  do {
    const page = await documents.query(backupServers, {
      ...{ order: { field: 'expiresAt' }, limit: PAGE },
      ...(after !== undefined && { after }),
    });
    found.push(...page.items.map(({ body }) => body as unknown as BackupServer));
    after = page.next;
  } while (after !== undefined);
  return found;
};
