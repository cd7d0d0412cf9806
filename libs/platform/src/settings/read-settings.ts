import type { z } from 'zod';

import { asksForeignIndex } from '../roles.js';
import { areas } from './areas.js';
import { worksOnServers } from './backup.js';
import { nearest } from './nearest.js';
import { samplesIn } from './sample-secrets.js';
import { membersOf, type Area, type SettingNote } from './setting.js';
import { SettingsError } from './settings-error.js';
import { textOfSetting, type Environment, type ReadText, type SettingText } from './texts.js';

type Areas = { readonly [Name in keyof typeof areas]: z.output<(typeof areas)[Name]> };

export interface Settings extends Areas {
  /** What was set, from where: for the summary and `innkeeper settings`. */
  readonly texts: readonly SettingText[];
}

/** The notes of all settings, each name once, in the order of the areas. */
export const allNotes = (): readonly SettingNote[] => {
  const byName = new Map<string, SettingNote>();
  for (const area of Object.values(areas))
    for (const note of membersOf(area).values())
      if (!byName.has(note.name)) byName.set(note.name, note);
  return [...byName.values()];
};

/** Names with our prefix that are no settings of a process: the command line's and the tests'. */
const OTHERS = /^INNKEEPER_(?:TOKEN(?:_FILE)?|PEERS|E2E|TEST_[A-Z_]+|BENCH_[A-Z_]+)$/;

/** `ask`: a command that starts no role. What only a role needs may be missing there. */
export type SettingsPurpose = 'start' | 'ask';

/** Parses the environment once. Everything wrong comes out at once, as one `SettingsError`. */
export const readSettings = (
  env: Environment,
  readText: ReadText,
  purpose: SettingsPurpose = 'start',
  platform: NodeJS.Platform = process.platform,
): Settings => {
  const wrong: string[] = [];
  const texts = new Map<string, SettingText>();
  for (const note of allNotes()) {
    const found = textOfSetting(note, env, readText);
    if ('wrong' in found) wrong.push(found.wrong);
    else texts.set(note.name, found);
  }
  wrong.push(...unknownNames(env), ...samplesIn(texts));
  const parsed: Record<string, unknown> = {};
  for (const [name, area] of Object.entries(areas)) parsed[name] = parseArea(area, texts, wrong);
  if (wrong.length === 0) wrong.push(...contradictions(parsed as Areas, purpose, platform));
  if (wrong.length > 0) throw new SettingsError([...new Set(wrong)]);
  return { ...(parsed as Areas), texts: [...texts.values()] };
};

const parseArea = (area: Area, texts: ReadonlyMap<string, SettingText>, wrong: string[]) => {
  const members = membersOf(area);
  const input: Record<string, string> = {};
  for (const [key, { name }] of members) {
    const text = texts.get(name)?.text;
    if (text !== undefined) input[key] = text;
  }
  const result = area.safeParse(input);
  if (result.success) return result.data;
  for (const { path } of result.error.issues) {
    const note = members.get(String(path[0]));
    // Without a text of its own its line is there already: the file could not be read.
    if (note && texts.has(note.name)) wrong.push(lineOf(note, members.get('kind')));
  }
  return undefined;
};

const lineOf = (note: SettingNote, kind: SettingNote | undefined): string => {
  const because = kind && note !== kind ? ` (${kind.name} asks for it)` : '';
  return `${note.name}: expected ${note.expects}${because}`;
};

const unknownNames = (env: Environment): readonly string[] => {
  const known = allNotes().flatMap(({ name }) => [name, `${name}_FILE`]);
  return Object.keys(env)
    .filter((name) => name.startsWith('INNKEEPER_') && !known.includes(name) && !OTHERS.test(name))
    .map((name) => {
      const meant = nearest(name, known);
      return `${name}: expected a setting that exists${meant ? `; did you mean ${meant}?` : ''}`;
    });
};

/** What is wrong only in company: two choices at once, or a part that another choice needs. */
const contradictions = (areas: Areas, purpose: SettingsPurpose, platform: NodeJS.Platform) => {
  const { eventLog, documents, bus, keys, api, process, observing, searchIndex } = areas;
  const wrong: string[] = [];
  if (keys.kind === 'mongodb')
    for (const other of [eventLog, documents])
      if (other.kind === 'mongodb' && other.database === keys.database)
        wrong.push(
          'INNKEEPER_KEYS_MONGODB_DATABASE: expected another than INNKEEPER_MONGODB_DATABASE',
        );
  const embedded = [eventLog, documents, bus, keys].some(({ kind }) => kind === 'sqlite');
  if (!embedded && process.roles.includes('api') && !api.signingKey)
    wrong.push(
      'INNKEEPER_API_SIGNING_KEY: expected at least 32 characters (nothing is embedded, so none is made)',
    );
  if (!embedded && searchIndex.kind === 'sqlite' && asksForeignIndex(process.roles))
    wrong.push(
      'INNKEEPER_ROLES: expected vectorizer beside llm-responder (INNKEEPER_SEARCH_INDEX_KIND=sqlite is a file of one process)',
    );
  const makesBackups = purpose === 'start' && process.roles.includes('backup-orchestrator');
  wrong.push(
    ...contradictionsOfFollowing(areas),
    ...contradictionsOfBackups(areas, makesBackups && !embedded),
    ...(makesBackups
      ? [...contradictionsOfCopies(areas), ...contradictionsOfServers(areas, platform)]
      : []),
  );
  if (observing.tracesUrl && observing.otlpEndpoint)
    wrong.push('OTEL_EXPORTER_OTLP_ENDPOINT: expected either it or INNKEEPER_TRACES_URL, not both');
  return wrong;
};

/** What is followed must be reachable, and have a name of its own. */
const contradictionsOfFollowing = ({ chat, follow, generic, rocketchat }: Areas): string[] => {
  const { collections } = follow;
  const sources = generic.sources.map(({ name }) => name);
  const isReachable = (url: unknown): boolean => url !== undefined || chat.mongodbUrl !== undefined;
  const isWrong = collections.some(({ name, url }) => sources.includes(name) || !isReachable(url));
  const isHalf = chat.authToken && !(chat.url && rocketchat.own);
  return [
    ...(isWrong ? ['INNKEEPER_FOLLOW'] : []),
    ...(isHalf ? ['INNKEEPER_ROCKETCHAT_AUTH_TOKEN'] : []),
  ].map(lineOfName);
};

/** What was erased has to be gone from everywhere by then. */
const MOST_KEYS_DAYS = 30;

/** Both add up, and the run that removes comes once a day. */
const keysDays = ({ keysKeepDays, keysLockDays }: Areas['backup']): number =>
  keysKeepDays + keysLockDays + 1;

/** An account has two halves; and where nothing is embedded, nothing of a backup can be made or guessed. */
const contradictionsOfBackups = (areas: Areas, makesThemApart: boolean): string[] => {
  const { backup, backupDocuments, chat } = areas;
  const isBucket = [backup.repository, backup.keysRepository].some((it) => it?.startsWith('s3:'));
  const halves = [
    // Others read this name too: without a bucket it is none of our business.
    ['AWS', isBucket && backup.accessKey, isBucket && backup.accessSecret],
    ['INNKEEPER_BACKUP_KEYS', backup.keysAccessKey, backup.keysAccessSecret],
    ['INNKEEPER_BACKUP_PRUNE', backup.pruneAccessKey, backup.pruneAccessSecret],
  ].flatMap(([name, key, secret]) => (!key === !secret ? [] : [`${name as string}_ACCESS_KEY_ID`]));
  const hasNoHome = makesThemApart && backupDocuments.kind !== 'sqlite';
  const needed = {
    INNKEEPER_BACKUP_REPOSITORY: backup.repository,
    INNKEEPER_BACKUP_KEYS_REPOSITORY: backup.keysRepository,
    INNKEEPER_BACKUP_PASSWORD: backup.password,
    INNKEEPER_BACKUP_KEYS_PASSWORD: backup.keysPassword,
    INNKEEPER_BACKUP_WORK_DIR: backup.workDir,
  };
  const missing = Object.entries(needed).flatMap(([name, value]) => (value ? [] : [name]));
  const isAway = backup.sources.some(
    (source) => !('folder' in source || source.url || chat.mongodbUrl),
  );
  // Each run would be refused its retention, and nothing would ever go.
  const keepsNothing = backup.keepDaily + backup.keepWeekly + backup.keepMonthly === 0;
  return [
    ...halves,
    ...(keysDays(backup) > MOST_KEYS_DAYS ? ['INNKEEPER_BACKUP_KEYS_LOCK_DAYS'] : []),
    ...(keepsNothing ? ['INNKEEPER_BACKUP_KEEP_DAILY'] : []),
    ...(hasNoHome ? missing : []),
    ...(isAway ? ['INNKEEPER_BACKUP_SOURCES'] : []),
  ].map(lineOfName);
};

/** A server elsewhere reaches no folder of this machine, and must be told where to call. */
const contradictionsOfServers = (areas: Areas, platform: NodeJS.Platform): string[] => {
  const { backup, serverFleet } = areas;
  if (!worksOnServers(areas)) return [];
  if (serverFleet.kind === 'local')
    return platform === 'win32'
      ? ['INNKEEPER_BACKUP_SERVER: expected none (on Windows no process can be a backup server)']
      : [];
  const isFolder = (repository: string | undefined): boolean => !repository?.startsWith('s3:');
  const why = 'a backup server at Hetzner reaches no folder of this machine';
  return [
    ...(isFolder(backup.repository) ? [`INNKEEPER_BACKUP_REPOSITORY: expected s3:… (${why})`] : []),
    ...(isFolder(backup.keysRepository)
      ? [`INNKEEPER_BACKUP_KEYS_REPOSITORY: expected s3:… (${why})`]
      : []),
    ...(backup.agentUrl === undefined ? [lineOfName('INNKEEPER_BACKUP_AGENT_URL')] : []),
  ];
};

/** A copy is proved by a platform that stands on one technology, as the one that was copied did. */
const contradictionsOfCopies = ({ documents, eventLog, keys }: Areas): string[] => {
  const isWith = ({ kind }: { readonly kind: string }): boolean => kind === eventLog.kind;
  const asLog = `INNKEEPER_EVENT_LOG_KIND is ${eventLog.kind}, and the role backup-orchestrator copies and proves both together; without that role anything goes`;
  return [
    ...(isWith(keys) ? [] : [`INNKEEPER_KEYS_KIND: expected ${eventLog.kind} (${asLog})`]),
    ...(isWith(documents) || documents.kind === 'firestore'
      ? []
      : [`INNKEEPER_DOCUMENTS_KIND: expected ${eventLog.kind} or firestore (${asLog})`]),
  ];
};

const lineOfName = (name: string): string => {
  const note = allNotes().find((one) => one.name === name);
  return `${name}: expected ${note?.expects ?? ''}`;
};
