import { mkdir, rename } from 'node:fs/promises';
import { existsSync } from 'node:fs';

import type { RestoredNote, RestorePlan, SetSnapshot } from '#libs/backups';
import type { Secret } from '#libs/kernel';

import { assembleDataDirectory } from './assemble-data-directory.js';
import type { BackupPlace } from './backup-places.js';
import {
  isDump,
  restoreCopy,
  type CopyOrder,
  type RestoredCopy,
  type RestoreWatch,
} from './restore-copy.js';
import type { RestoreSite } from './restore-site.js';
import type { RestoreTarget } from './restore-target.js';

export interface RestoredEverything {
  readonly copies: readonly (RestoredCopy & { readonly place: string })[];
  /** Ready for a start; missing where Innkeeper's log was on MongoDB. */
  readonly dataDir?: string;
  /** Settings for the start, to be read by a shell. */
  readonly settingsFile: string;
  /** Whether what is sealed opens. `no_master_key`: the keys came back, and nothing that opens them was given. */
  readonly personalData: 'opens' | 'no_keys' | 'no_master_key';
}

export interface EverythingOrder {
  readonly plan: RestorePlan;
  readonly site: RestoreSite;
  readonly target: RestoreTarget;
  readonly orderFor: (snapshot: SetSnapshot, target: RestoreTarget) => CopyOrder;
}

/** The data of one run and the newest keys, as a data directory that a start takes; what is of others lies beside it. */
export const restoreEverything = async (
  { plan, site, target, orderFor }: EverythingOrder,
  watch: RestoreWatch,
): Promise<RestoredEverything> => {
  const { set, keys } = plan;
  const snapshots = [...set.sources, ...(keys ? [keys] : [])];
  await target.mustHold(snapshots.reduce((sum, { bytes = 0 }) => sum + bytes, 0));
  const copies: RestoredCopy[] = [];
  for (const snapshot of snapshots)
    copies.push(await restoreCopy(orderFor(snapshot, target), watch));
  const isEmbedded = await assembled(site, target, { plan, copies });
  const settings = settingsOf(
    site,
    set.environment,
    isEmbedded ? target.placeOf('data') : undefined,
  );
  await target.write('settings.env', settings);
  await target.finish();
  const placed = (source: string): string =>
    isInDataDirectory(source, isEmbedded, site)
      ? target.placeOf('data')
      : target.placeOf('sources', source);
  return {
    copies: copies.map((copy) => ({ ...copy, place: placed(copy.snapshot.source) })),
    ...(isEmbedded && { dataDir: target.placeOf('data') }),
    settingsFile: target.placeOf('settings.env'),
    personalData: !keys ? 'no_keys' : site.masterKey ? 'opens' : 'no_master_key',
  };
};

const isInDataDirectory = (source: string, isEmbedded: boolean, site: RestoreSite): boolean =>
  isEmbedded && (source === 'innkeeper' || (source === 'keys' && site.masterKey !== undefined));

/** Keys without what opens them would stop the start: they stay beside it until somebody has the master key. */
const assembled = async (
  site: RestoreSite,
  target: RestoreTarget,
  { plan, copies }: { readonly plan: RestorePlan; readonly copies: readonly RestoredCopy[] },
): Promise<boolean> => {
  const copyOf = (source: string): string => target.finished('sources', `${source}/copy`);
  const innkeeper = copyOf('innkeeper');
  if (!existsSync(innkeeper) || isDump(innkeeper)) return false;
  const takesKeys = plan.keys !== undefined && site.masterKey !== undefined;
  await assembleDataDirectory({
    innkeeper,
    ...(takesKeys && { keys: copyOf('keys') }),
    to: target.finished('data'),
    secrets: secretsOf(site),
    ...restoredNoteOf(plan, copies),
  });
  // It lies in the data directory now.
  for (const source of ['innkeeper', ...(takesKeys ? ['keys'] : [])]) {
    await mkdir(target.workFolder('done'), { recursive: true });
    await rename(target.finished('sources', source), target.workFolder(`done/${source}`));
  }
  return true;
};

/** Of what one run saved. Newer keys are of another one. */
const restoredNoteOf = (
  { set }: RestorePlan,
  copies: readonly RestoredCopy[],
): { readonly restored?: RestoredNote } => {
  if (copies.some(({ differences }) => differences.length > 0)) return {};
  const ofRun = new Set([...set.sources, ...(set.keys ? [set.keys] : [])].map(({ id }) => id));
  const sources = copies
    .filter(({ snapshot }) => ofRun.has(snapshot.id))
    .map(({ snapshot: { id, source }, files, bytes }) => ({
      ...{ name: source, snapshot: id, files, bytes },
    }));
  return { restored: { run: set.run, sources } };
};

const ACCOUNT = 'backup-account';
const KEYS_ACCOUNT = 'backup-keys-account';

/** With them the next backup goes where the last one went. */
const secretsOf = ({ data, keys, masterKey }: RestoreSite): Readonly<Record<string, Secret>> => ({
  'backup-password': data.password,
  ...(data.credentials && { [ACCOUNT]: data.credentials.accessSecret }),
  ...(keys && { 'backup-keys-password': keys.password }),
  ...(keys?.credentials && { [KEYS_ACCOUNT]: keys.credentials.accessSecret }),
  ...(masterKey && { 'master-key': masterKey }),
});

const settingsOf = (
  { data, keys }: RestoreSite,
  environment: string,
  dataDir: string | undefined,
): string => {
  const account = (
    place: BackupPlace | undefined,
    names: readonly [string, string],
    file: string,
  ) =>
    place?.credentials
      ? {
          [names[0]]: place.credentials.accessKey,
          ...(dataDir !== undefined && { [`${names[1]}_FILE`]: `${dataDir}/secrets/${file}` }),
        }
      : {};
  const settings: Readonly<Record<string, string>> = {
    INNKEEPER_ENVIRONMENT: environment,
    ...(dataDir !== undefined && { INNKEEPER_DATA_DIR: dataDir }),
    INNKEEPER_BACKUP_REPOSITORY: data.repository,
    ...(keys && { INNKEEPER_BACKUP_KEYS_REPOSITORY: keys.repository }),
    ...account(data, ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'], ACCOUNT),
    ...account(
      keys,
      ['INNKEEPER_BACKUP_KEYS_ACCESS_KEY_ID', 'INNKEEPER_BACKUP_KEYS_SECRET_ACCESS_KEY'],
      KEYS_ACCOUNT,
    ),
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${quoted(value)}`);
  return ['# For a shell: set -a; . ./settings.env; set +a', ...lines, ''].join('\n');
};

const quoted = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
