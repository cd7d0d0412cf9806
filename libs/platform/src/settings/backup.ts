import { z } from 'zod';

import { firestore } from './adapters.js';
import { followedDatabaseUrl } from './chat.js';
import { choice, setting } from './setting.js';
import { inJson, plainUrl, secret, whole } from './values.js';

/** A folder, or a bucket by restic's own writing. */
const repository = z.string().regex(/^(?:s3:(?:https?:\/\/)?\S+|\/.+|\.{0,2}\/?[\w .-][^:]*)$/);
const password = z.string().min(12).pipe(secret).optional();
const accessKey = z
  .string()
  .regex(/^\S{3,256}$/)
  .optional();
const accessSecret = z.string().min(8).pipe(secret).optional();
const kept = whole(0, 1000);

/** What a person calls a source. Ours have names of their own. */
const sourceName = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,31}$/)
  .refine((name) => name !== 'innkeeper' && name !== 'keys');
const folderSource = z.strictObject({ name: sourceName, folder: z.string().startsWith('/') });
const mongodbSource = z.strictObject({
  name: sourceName,
  databases: z
    .array(z.string().regex(/^[^/\\. "$*<>:|?\0]{1,63}$/))
    .min(1)
    .max(100),
  url: followedDatabaseUrl.optional(),
});

/** Something that is backed up beside Innkeeper. */
export type SourceSetting = z.output<typeof folderSource> | z.output<typeof mongodbSource>;

const distinct = (sources: readonly SourceSetting[]): boolean =>
  new Set(sources.map(({ name }) => name)).size === sources.length;

/** Passwords and copies travel on it, and a private network of Hetzner encrypts nothing. */
const isSafeWay = (text: string): boolean => {
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname);
};

/** Where the runs of backups are kept: never in what they back up. */
export const backupDocuments = choice(
  {
    name: 'INNKEEPER_BACKUP_DOCUMENTS_KIND',
    means: 'What keeps the runs of backups, apart from everything that is backed up.',
    byDefault: 'sqlite',
  },
  { sqlite: {}, firestore },
);

/** Hetzner is set for nothing else; a process of this machine takes somebody who wants it. */
export const worksOnServers = ({
  backup: { server },
  serverFleet,
}: {
  readonly backup: { readonly server?: 'none' | 'temporary' | undefined };
  readonly serverFleet: { readonly kind: 'local' | 'hetzner' };
}): boolean => (server ?? (serverFleet.kind === 'hetzner' ? 'temporary' : 'none')) === 'temporary';

/** Backups: where to, of what, when, and how long they are kept. */
export const backup = z.object({
  repository: setting(
    {
      name: 'INNKEEPER_BACKUP_REPOSITORY',
      means: 'The restic repository of everything but keys.',
      expects: 'a folder, or s3:https://host/bucket/prefix',
      defaultNote: 'data/backups/data, on the same disk: for a laptop only',
    },
    repository.optional(),
  ),
  keysRepository: setting(
    {
      name: 'INNKEEPER_BACKUP_KEYS_REPOSITORY',
      means: 'The restic repository of keys; what was erased leaves it within 30 days.',
      expects: 'a folder, or s3:https://host/bucket/prefix',
      defaultNote: 'data/backups/keys, on the same disk: for a laptop only',
    },
    repository.optional(),
  ),
  password: setting(
    {
      name: 'INNKEEPER_BACKUP_PASSWORD',
      means: 'Opens the repository. Without it and without a recovery kit the backups are lost.',
      expects: 'at least 12 characters',
      defaultNote: 'embedded: made in data/secrets/',
      secret: true,
    },
    password,
  ),
  keysPassword: setting(
    {
      name: 'INNKEEPER_BACKUP_KEYS_PASSWORD',
      means: 'Opens the repository of keys.',
      expects: 'at least 12 characters',
      defaultNote: 'embedded: made in data/secrets/',
      secret: true,
    },
    password,
  ),
  accessKey: setting(
    {
      name: 'AWS_ACCESS_KEY_ID',
      means: 'Account of the bucket of the repository; restic’s own name for it.',
      expects: 'an access key id, and AWS_SECRET_ACCESS_KEY besides',
    },
    accessKey,
  ),
  accessSecret: setting(
    {
      name: 'AWS_SECRET_ACCESS_KEY',
      means: 'Secret of that account.',
      expects: 'at least 8 characters',
      secret: true,
    },
    accessSecret,
  ),
  keysAccessKey: setting(
    {
      name: 'INNKEEPER_BACKUP_KEYS_ACCESS_KEY_ID',
      means: 'Account of the bucket of keys; without it that of the repository.',
      expects: 'an access key id, and INNKEEPER_BACKUP_KEYS_SECRET_ACCESS_KEY besides',
    },
    accessKey,
  ),
  keysAccessSecret: setting(
    {
      name: 'INNKEEPER_BACKUP_KEYS_SECRET_ACCESS_KEY',
      means: 'Secret of that account.',
      expects: 'at least 8 characters',
      secret: true,
    },
    accessSecret,
  ),
  pruneAccessKey: setting(
    {
      name: 'INNKEEPER_BACKUP_PRUNE_ACCESS_KEY_ID',
      means:
        'Account that may remove from both buckets. With it the other accounts need no right to remove what was saved.',
      expects: 'an access key id, and INNKEEPER_BACKUP_PRUNE_SECRET_ACCESS_KEY besides',
    },
    accessKey,
  ),
  pruneAccessSecret: setting(
    {
      name: 'INNKEEPER_BACKUP_PRUNE_SECRET_ACCESS_KEY',
      means: 'Secret of that account.',
      expects: 'at least 8 characters',
      secret: true,
    },
    accessSecret,
  ),
  schedule: setting(
    {
      name: 'INNKEEPER_BACKUP_SCHEDULE',
      means:
        'When the daily backup begins, by INNKEEPER_TIME_ZONE. On Sunday it is the weekly one, on the first of a month the monthly one.',
      expects: 'a time of day such as 03:00, or off',
      byDefault: '03:00',
    },
    z
      .string()
      .regex(/^(?:off|(?:[01]\d|2[0-3]):[0-5]\d)$/)
      .transform((text) => {
        if (text === 'off') return undefined;
        const [hour = 0, minute = 0] = text.split(':').map(Number);
        return { hour, minute };
      }),
  ),
  sources: setting(
    {
      name: 'INNKEEPER_BACKUP_SOURCES',
      means:
        'What is backed up beside Innkeeper itself: folders, and databases of MongoDB, each with a name. Without `url` it is INNKEEPER_ROCKETCHAT_MONGODB_URL.',
      expects:
        'JSON: [{ "name": "files", "folder": "/srv/files" }, { "name": "chat", "databases": ["rocketchat"], "url"? }]',
      secret: true,
    },
    inJson
      .pipe(z.array(z.union([folderSource, mongodbSource])).max(20))
      .refine(distinct)
      .optional()
      .transform((sources): readonly SourceSetting[] => sources ?? []),
  ),
  keepDaily: setting(
    {
      name: 'INNKEEPER_BACKUP_KEEP_DAILY',
      means: 'Of how many days the last backup is kept.',
      expects: 'a whole number from 0 to 1000, and not 0 for days, weeks and months at once',
      byDefault: '7',
    },
    kept,
  ),
  keepWeekly: setting(
    {
      name: 'INNKEEPER_BACKUP_KEEP_WEEKLY',
      means: 'Of how many weeks the last backup is kept.',
      expects: 'a whole number from 0 to 1000',
      byDefault: '4',
    },
    kept,
  ),
  keepMonthly: setting(
    {
      name: 'INNKEEPER_BACKUP_KEEP_MONTHLY',
      means: 'Of how many months the last backup is kept.',
      expects: 'a whole number from 0 to 1000',
      byDefault: '12',
    },
    kept,
  ),
  keysKeepDays: setting(
    {
      name: 'INNKEEPER_BACKUP_KEYS_KEEP_DAYS',
      means: 'How many days backups of keys are kept.',
      expects: 'a whole number of days from 1 to 29',
      byDefault: '20',
    },
    whole(1, 29),
  ),
  keysLockDays: setting(
    {
      name: 'INNKEEPER_BACKUP_KEYS_LOCK_DAYS',
      means: 'How many days the bucket of keys refuses to remove anything (its lock rules).',
      expects:
        'a whole number of days from 0 to 28; with those of INNKEEPER_BACKUP_KEYS_KEEP_DAYS and one more at most 30',
      byDefault: '0',
    },
    whole(0, 28),
  ),
  runsPerDay: setting(
    {
      name: 'INNKEEPER_BACKUP_RUNS_PER_DAY',
      means: 'How many backups may begin in 24 hours; the next one is refused.',
      expects: 'a whole number from 1 to 1000',
      byDefault: '24',
    },
    whole(1, 1000),
  ),
  server: setting(
    {
      name: 'INNKEEPER_BACKUP_SERVER',
      means:
        'Whether each backup works on a server of its own, which is made for it and destroyed after it.',
      expects: 'none or temporary',
      defaultNote: 'temporary where INNKEEPER_SERVER_FLEET_KIND is hetzner, else none',
    },
    z.enum(['none', 'temporary']).optional(),
  ),
  agentUrl: setting(
    {
      name: 'INNKEEPER_BACKUP_AGENT_URL',
      means:
        'Where the server of a backup reaches the role backup-orchestrator, mostly over the private network.',
      expects: 'https://… without a user, or http:// of this machine',
      defaultNote: 'with local servers: this process',
    },
    plainUrl.refine(isSafeWay).optional(),
  ),
  serverHours: setting(
    {
      name: 'INNKEEPER_BACKUP_SERVER_HOURS',
      means: 'How long the server of a backup may live. Then it is destroyed, however far it is.',
      expects: 'a whole number of hours from 1 to 48',
      byDefault: '6',
    },
    whole(1, 48),
  ),
  serversPerDay: setting(
    {
      name: 'INNKEEPER_BACKUP_SERVERS_PER_DAY',
      means: 'How many servers backups may have in 24 hours.',
      expects: 'a whole number from 1 to 100',
      byDefault: '6',
    },
    whole(1, 100),
  ),
  restic: setting(
    {
      name: 'INNKEEPER_BACKUP_RESTIC',
      means: 'The program restic, 0.17.1 or later.',
      expects: 'a path, or a name on the path',
      byDefault: 'restic',
    },
    z.string().min(1),
  ),
  mongod: setting(
    {
      name: 'INNKEEPER_BACKUP_MONGOD',
      means: 'The program mongod, with which a drill starts a database from a backup.',
      expects: 'a path, or a name on the path',
      byDefault: 'mongod',
    },
    z.string().min(1),
  ),
  restoreMongodbUrl: setting(
    {
      name: 'INNKEEPER_BACKUP_RESTORE_MONGODB_URL',
      means:
        'Where `innkeeper backup restore --into` writes a database beside the live one, with an account that may.',
      expects: 'mongodb://… or mongodb+srv://…',
      secret: true,
    },
    followedDatabaseUrl.optional(),
  ),
  workDir: setting(
    {
      name: 'INNKEEPER_BACKUP_WORK_DIR',
      means: 'Where backups work: copies of sources and what is restored as proof.',
      expects: 'a folder on a disk with room for twice the data',
      defaultNote: 'data/backups/work',
    },
    z.string().min(1).optional(),
  ),
});
