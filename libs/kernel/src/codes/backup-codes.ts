import { entry, type CodeEntry } from './entry.js';

/** Backups: their runs, repositories, sources and what is restored. */
export const backupCodes = {
  BACKUP_ACCESS_DENIED: entry(
    'misconfigured',
    'The repository refuses these credentials.',
    'Check the credentials of the repository (`innkeeper settings`) and what they may do. See docs/how-to/back-up.md, for R2 docs/runbooks/backup-r2-refused.md.',
  ),
  BACKUP_ALREADY_RUNS: entry(
    'conflict',
    'Another backup runs now.',
    'Watch it with `innkeeper backup watch <id>`, and ask again when it has ended.',
  ),
  BACKUP_BUDGET_SPENT: entry(
    'throttled',
    'There were as many backups today as INNKEEPER_BACKUP_RUNS_PER_DAY allows.',
    'Look at `innkeeper backup list` for what asks so often. Raise the setting if they are wanted.',
  ),
  BACKUP_CUT_OFF: entry(
    'unavailable',
    'A step of the backup did not end in its time, again and again.',
    'Look at the logs of the process with the role `backup-orchestrator` at that time. Then run `innkeeper backup run`.',
  ),
  BACKUP_DRILL_FAILED: entry(
    'misconfigured',
    'What was restored is not what was saved.',
    'Run `innkeeper backup show <id>`: it names what differs. Do not rely on this snapshot; see docs/runbooks/backup-drill-failed.md.',
  ),
  BACKUP_KEY_REUSED: entry(
    'conflict',
    'This Idempotency-Key was used for another backup.',
    'Use a new key for each backup that is asked for. A repetition has the same body.',
  ),
  BACKUP_KIT_UNREADABLE: entry(
    'invalid',
    'The recovery kit does not open.',
    'Check the passphrase, and that the file is a whole recovery kit. Another copy of it may be on paper.',
  ),
  BACKUP_MONGOD_MISSING: entry(
    'misconfigured',
    'The program mongod is not on this machine, or does not start.',
    'Install mongod in the version of the database, or set INNKEEPER_BACKUP_MONGOD to its path. See docs/how-to/back-up-another-source.md.',
  ),
  BACKUP_NOT_FOUND: entry(
    'missing',
    'There is no such backup.',
    'Run `innkeeper backup list`: it shows every run and its snapshots.',
  ),
  BACKUP_PASSWORD_WRONG: entry(
    'misconfigured',
    'The password does not open the repository.',
    'Set the password that it was made with. The recovery kit holds it (`innkeeper backup kit`).',
  ),
  BACKUP_PATH_NOT_FOUND: entry(
    'missing',
    'The backup holds nothing of this name.',
    'Write it as it was in the source, with capitals. `--source NAME --to FOLDER` brings back all of the source.',
  ),
  BACKUP_REPOSITORY_DAMAGED: entry(
    'misconfigured',
    'The repository is damaged.',
    'Run `innkeeper backup check`: it names the damage. Then follow docs/runbooks/backup-repository-damaged.md.',
  ),
  BACKUP_REPOSITORY_FULL: entry(
    'unavailable',
    'The repository has no room left.',
    'Give its disk or bucket more room. Nothing that is stored there was lost.',
  ),
  BACKUP_REPOSITORY_LOCKED: entry(
    'unavailable',
    'Somebody else works at the repository.',
    'Wait until they are done. A lock that was left behind is removed by itself after half an hour.',
  ),
  BACKUP_REPOSITORY_MISSING: entry(
    'misconfigured',
    'There is no repository at this address.',
    'Check the address of the repository. The first `innkeeper backup run` makes one where there is none.',
  ),
  BACKUP_REPOSITORY_UNREACHABLE: entry(
    'unavailable',
    'The repository cannot be reached.',
    'Check its address, and that this machine reaches it. The backup is tried again by itself.',
  ),
  BACKUP_RESTIC_MISSING: entry(
    'misconfigured',
    'The program restic is not on this machine.',
    'Install restic 0.17.1 or later, or set INNKEEPER_BACKUP_RESTIC to its path. See docs/how-to/back-up.md.',
  ),
  BACKUP_RESTORE_URL_MISSING: entry(
    'misconfigured',
    'Nothing says to which MongoDB a restore writes.',
    'Set INNKEEPER_BACKUP_RESTORE_MONGODB_URL, with an account that may write there.',
  ),
  BACKUP_PRUNE_REFUSED: entry(
    'misconfigured',
    'Snapshots are gone, and the repository did not let all of their data be removed.',
    'Nothing where the bucket has a lock: a later backup removes it. Else give INNKEEPER_BACKUP_PRUNE_ACCESS_KEY_ID the right to delete.',
  ),
  BACKUP_RETENTION_EMPTY: entry(
    'invalid',
    'A policy that keeps nothing is no policy.',
    'Say how many to keep, for example `--keep-daily 7`.',
  ),
  BACKUP_RETENTION_REFUSED: entry(
    'misconfigured',
    'Retention would remove the last good snapshots.',
    'Nothing was removed. Run `innkeeper backup retention --preview`, and repair why newer backups fail.',
  ),
  BACKUP_SCRATCH_DENIED: entry(
    'misconfigured',
    'The folder that backups work in cannot be written to.',
    'Give this user the folder that INNKEEPER_BACKUP_WORK_DIR names.',
  ),
  BACKUP_SCRATCH_FULL: entry(
    'unavailable',
    'The disk that backups work on is full.',
    'Free space there, or set INNKEEPER_BACKUP_WORK_DIR to a larger disk. On a server of its own take a larger type (INNKEEPER_HETZNER_SERVER_TYPE).',
  ),
  BACKUP_SOURCE_EMPTY: entry(
    'misconfigured',
    'A source of the backup is empty.',
    'An empty source is mostly a disk that is not mounted. Mount it, or take the source out of INNKEEPER_BACKUP_SOURCES.',
  ),
  BACKUP_SOURCE_MISSING: entry(
    'misconfigured',
    'A source of the backup is not there.',
    'Put it back, or take it out of INNKEEPER_BACKUP_SOURCES.',
  ),
  BACKUP_SOURCE_TOO_SLOW: entry(
    'unavailable',
    'A database forgot the moment of the backup before everything was read.',
    'Give its servers `minSnapshotHistoryWindowInSeconds: 3600`. See docs/how-to/back-up-another-source.md.',
  ),
  BACKUP_SOURCE_UNREACHABLE: entry(
    'unavailable',
    'A source of the backup does not answer.',
    'Check that its servers run, and that this machine reaches them. The backup is tried again by itself.',
  ),
  BACKUP_SOURCE_UNREADABLE: entry(
    'misconfigured',
    'A source of the backup cannot be read in full.',
    'Give this user the right to read it. `innkeeper backup show <id>` says which source it is.',
  ),
  BACKUP_TARGET_DENIED: entry(
    'misconfigured',
    'The folder to restore to cannot be written to.',
    'Give this user the right to write there, or name another folder.',
  ),
  BACKUP_TARGET_FULL: entry(
    'unavailable',
    'The disk to restore to has too little room.',
    'Free space there, or name a folder on a larger disk. Nothing half restored was left behind.',
  ),
  BACKUP_TARGET_IN_USE: entry(
    'conflict',
    'Another restore writes to this folder.',
    'Wait until it has ended, or name another folder.',
  ),
  BACKUP_TARGET_LIVES: entry(
    'invalid',
    'This folder belongs to what lives here.',
    'Name a folder outside of the data directory, of the repositories and of where backups work.',
  ),
  BACKUP_TARGET_NOT_EMPTY: entry(
    'invalid',
    'A restore never writes over what is there.',
    'Name a folder that is empty or does not exist yet.',
  ),
} satisfies Record<string, CodeEntry>;
