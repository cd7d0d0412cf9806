import { readFile, stat } from 'node:fs/promises';

import { nodeHash } from '#libs/adapters/node-crypto';
import { lookAtRestic } from '#libs/adapters/restic';
import {
  KIT_NOTE_FILE,
  kitFingerprint,
  kitStanding,
  notedKit,
  readKitNote,
  type WatchedBackups,
} from '#libs/backups';

import { environmentOfPrograms } from '../settings/environment-of-programs.js';
import type { Documents } from '#libs/ports/documents';

import type { Settings } from '../settings/read-settings.js';
import { isBucket, type BackupPlaces } from './backup-places.js';
import type { DataDirectory } from './data-directory.js';
import { kitSecretsOf } from './kit-secrets.js';

/** What is known of backups beside their runs. */
export type BackupSurroundings = Pick<WatchedBackups, 'kit' | 'onOwnDisk' | 'restic'>;

export interface LookedAround {
  readonly settings: Settings;
  readonly data: DataDirectory | undefined;
  readonly places: BackupPlaces;
  /** With the runs. */
  readonly documents: Documents;
}

/** Asked each time: somebody may have made a kit, or installed another restic, a minute ago. */
export const lookAround =
  ({ settings, data, places, documents }: LookedAround) =>
  async (): Promise<BackupSurroundings> => ({
    kit: await kitOf(settings, data, documents),
    onOwnDisk: data ? await onDiskOf(data.path, places) : [],
    restic: await lookAtRestic(settings.backup.restic, environmentOfPrograms()).catch(
      () => undefined,
    ),
  });

const kitOf = async (
  settings: Settings,
  data: DataDirectory | undefined,
  documents: Documents,
): Promise<BackupSurroundings['kit']> => {
  const text = data && (await readFile(data.file(KIT_NOTE_FILE), 'utf8').catch(() => undefined));
  const note = text === undefined ? undefined : readKitNote(text);
  const home = data && { file: data.file, secret: (name: string) => data.secret(name) };
  const fingerprint = await kitFingerprint(kitSecretsOf(settings, home), nodeHash);
  const here = kitStanding(note, fingerprint);
  if (here === 'current') return here;
  const elsewhere = kitStanding(await notedKit({ documents }), fingerprint);
  return elsewhere === 'missing' ? here : elsewhere;
};

/** A repository that nobody has made yet lies nowhere; its folder will be made where its parent is. */
const onDiskOf = async (
  dataDir: string,
  places: BackupPlaces,
): Promise<BackupSurroundings['onOwnDisk']> => {
  const { dev } = await stat(dataDir);
  const found = (['data', 'keys'] as const).map(async (name) => {
    const { repository } = places[name];
    if (isBucket(repository)) return [];
    const there = await stat(repository).catch(() => undefined);
    return there?.dev === dev ? [name] : [];
  });
  return (await Promise.all(found)).flat();
};
