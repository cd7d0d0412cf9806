import type { RunStatus } from '../run/backup-run.js';
import type { BackupTroubles } from './backup-troubles.js';

/** A figure for those who watch from outside; `undefined`: there is none yet. */
export interface BackupGauge {
  readonly name: string;
  readonly help: string;
  readonly of: (troubles: BackupTroubles) => number | undefined;
}

/** As figures: above 1 the last run brought no backup. */
const figureOf: Partial<Readonly<Record<RunStatus, number>>> = {
  succeeded: 0,
  succeeded_with_warnings: 1,
  failed: 2,
  refused: 3,
};

const inSeconds = (ms: number | undefined): number | undefined =>
  ms === undefined ? undefined : Math.round(ms / 1000);

/** What Prometheus is told. A gauge that has no figure yet shows none: 0 would be a time in 1970. */
export const backupGauges: readonly BackupGauge[] = [
  {
    name: 'innkeeper_backup_last_good_seconds',
    help: 'When the newest good backup ended, in seconds since 1970.',
    of: ({ good }) => inSeconds(good?.endedAt),
  },
  {
    name: 'innkeeper_backup_last_drill_seconds',
    help: 'When the newest backup was proved by a restore, in seconds since 1970.',
    of: ({ provedAt }) => inSeconds(provedAt),
  },
  {
    name: 'innkeeper_backup_last_status',
    help: 'How the last run ended: 0 succeeded, 1 with warnings, 2 failed, 3 refused.',
    of: ({ last }) => last && figureOf[last.status],
  },
  {
    name: 'innkeeper_backup_bytes',
    help: 'Size of what the newest good backup saved.',
    of: ({ good }) => good?.bytes,
  },
  {
    name: 'innkeeper_backup_added_bytes',
    help: 'What was new in the newest good backup, as stored.',
    of: ({ good }) => good?.addedBytes,
  },
  {
    name: 'innkeeper_backup_files',
    help: 'Files in the newest good backup.',
    of: ({ good }) => good?.files,
  },
  {
    name: 'innkeeper_backup_rpo_seconds',
    help: 'How old the data was that the newest drill brought back.',
    of: ({ drill }) => inSeconds(drill?.rpoMs),
  },
  {
    name: 'innkeeper_backup_rto_seconds',
    help: 'How long the newest drill took to bring the platform back.',
    of: ({ drill }) => inSeconds(drill?.rtoMs),
  },
  {
    name: 'innkeeper_backup_servers',
    help: 'Servers of backups that stood at the last look at the fleet.',
    of: ({ servers }) => servers?.standing,
  },
  {
    name: 'innkeeper_backup_servers_left',
    help: 'Of these: servers that no backup needed.',
    of: ({ servers }) => servers?.left,
  },
  {
    name: 'innkeeper_backup_server_minutes',
    help: 'How long the server of the newest backup that had one lived.',
    of: ({ servers }) =>
      servers?.livedMs === undefined ? undefined : Math.round(servers.livedMs / 6_000) / 10,
  },
  {
    name: 'innkeeper_backup_server_cents',
    help: 'What the servers of backups cost in the last 40 days.',
    of: ({ servers }) => servers?.cents,
  },
  {
    name: 'innkeeper_backup_troubles',
    help: 'Things that are wrong with the backups.',
    of: ({ troubles }) => troubles.length,
  },
];
