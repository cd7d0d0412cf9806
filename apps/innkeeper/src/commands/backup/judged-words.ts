import type { RepositoryFindingCode } from '#libs/backups';

interface FindingWords {
  readonly means: string;
  readonly next: string;
}

const repair =
  'Keep a copy of the repository. Then follow docs/runbooks/backup-repository-damaged.md.';
const backUp = 'Run `innkeeper backup run`, and find out why nothing newer is there.';
const credentials = 'Check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, and what they may read.';
const clock =
  'Put the clock of that machine right. Judge by other snapshots: retention by count keeps this one too long.';

/** What each finding means for somebody who needs the backup, and what that person does next. */
export const judgedWords: Readonly<Record<RepositoryFindingCode, FindingWords>> = {
  ACCESS_DENIED: { means: 'These credentials or this user may not read it.', next: credentials },
  CHECK_CUT_OFF: {
    means: 'The time was over before everything was looked at.',
    next: 'Give it longer with --time-limit, or look at less with --depth structure.',
  },
  CONFIG_DAMAGED: { means: 'The file that names the repository is damaged.', next: repair },
  CONFIG_MISSING: { means: 'The file that names the repository is gone.', next: repair },
  INDEX_DAMAGED: {
    means: 'A list of what is stored where is damaged or gone. The data may be whole.',
    next: repair,
  },
  INDEX_MISSING: {
    means: 'Nothing says what is stored where. The data may be whole.',
    next: repair,
  },
  KEY_DAMAGED: { means: 'A key of the repository is damaged.', next: repair },
  KEY_MISSING: { means: 'Without its keys no password opens it.', next: repair },
  PACK_DAMAGED: { means: 'Stored data is not what was stored.', next: repair },
  PACK_MISSING: { means: 'Stored data is gone.', next: repair },
  PASSWORD_WRONG: {
    means: 'The password does not open it.',
    next: 'Take the password from the recovery kit. A repository of somebody else looks the same.',
  },
  REPOSITORY_DAMAGED: { means: 'The repository is damaged.', next: repair },
  REPOSITORY_FOREIGN: {
    means: 'This is no repository of restic.',
    next: 'Check the address.',
  },
  REPOSITORY_LOCKED: {
    means: 'Somebody else works at it, or left a lock behind.',
    next: 'Try again in half an hour.',
  },
  REPOSITORY_MISSING: { means: 'There is no repository here.', next: 'Check the address.' },
  REPOSITORY_UNREACHABLE: {
    means: 'It does not answer.',
    next: 'Check the address, and that this machine reaches it.',
  },
  RESTORE_DIFFERS: { means: 'What came back is not what was saved.', next: repair },
  SNAPSHOTS_NONE: { means: 'There is a repository, and no backup in it.', next: backUp },
  SNAPSHOT_CLOCK_WRONG: { means: 'The time of a snapshot cannot be true.', next: clock },
  SNAPSHOT_DAMAGED: { means: 'A snapshot does not open.', next: repair },
  SNAPSHOT_EMPTY: {
    means: 'The newest backup has nothing in it, as of a disk that was not mounted.',
    next: 'Look at what is backed up. An older snapshot may hold the data.',
  },
  SNAPSHOT_FOREIGN: {
    means: 'Somebody else wrote into this repository.',
    next: 'Follow docs/runbooks/backup-snapshots-unnamed.md.',
  },
  SNAPSHOT_FROM_FUTURE: { means: 'A snapshot is from the future: a clock was wrong.', next: clock },
  SNAPSHOT_OLD: { means: 'The newest backup is older than it should be.', next: backUp },
  TREE_DAMAGED: { means: 'Folders of a snapshot cannot be read.', next: repair },
};
