import { codes, type Fault } from '#libs/kernel';

/** Something that needs a person, and what that person does next. */
export interface Finding {
  /** A code of the doctor's, or of the error reference where it is the same thing. */
  readonly code: string;
  /** What it is about: a consumer, a lease, a door. Ids and names of ours. */
  readonly about: string;
  readonly says: string;
  readonly next: string;
}

const nexts = {
  BACK_END_AWAY:
    'Check that it runs and that this process reaches it (`innkeeper settings`). Work resumes by itself.',
  CHAT_AWAY:
    'Run `innkeeper chat check`: it says what is missing on which side. Questions of the last ten minutes are answered when it is back.',
  MODEL_AWAY:
    'Check that its server runs and that this process reaches it (`innkeeper settings`). Until then questions are found by their words and answered with the sentences of their sources.',
  MODEL_REFUSED:
    'Check its name, its key and its address (`innkeeper settings`), then start again.',
  DISK_NEARLY_FULL:
    'Give the disk of the data directory more room, or move other files away. When it is full, every door answers 503.',
  CONSUMER_BEHIND:
    'Look at GET /health/ready of the process that runs it: the entry of this consumer says what is wrong.',
  LEASE_FREE: 'Start a process with the role that does this work (INNKEEPER_ROLES).',
  LEASE_HELD:
    'Find the process that holds it and look at its logs, or end it. Another process takes over when the lease expires.',
  DEAD_LETTERS:
    'Look at them with `innkeeper dead list`. Repair the cause, then run `innkeeper dead redrive`.',
  FACT_TOO_LARGE:
    'The raw bytes are kept: `innkeeper deliveries show <id>`. The normaliser must keep less; then `innkeeper dead redrive`.',
  FACTS_PARKED:
    'These facts are in the log but in no record. After the fix, run `innkeeper rebuild catalog --switch --accept-changes`: the records will differ by these facts.',
  KNOWLEDGE_BEHIND:
    'They are indexed in the background. Look for `ticker.failed` in the logs of the process with the role `vectorizer`, and at its CPU.',
  KNOWLEDGE_PARKED:
    'Nobody finds them until they can be rendered. Repair the renderer of this kind and install it: `innkeeper rebuild knowledge --switch`.',
  KNOWLEDGE_VECTORS_BEHIND:
    'Words are searched meanwhile. Look for `vectors.behind` in the logs of the process with the role `vectorizer`, and at the server of INNKEEPER_EMBEDDER_URL.',
  GENERATION_LEFT:
    'A process with the role `catalog` removes it when it starts, and before the next rebuild. Start one, or run `innkeeper rebuild catalog`.',
  CAPTURE_DOCUMENTS_ASIDE:
    'Everything else of the feed goes on. Make these documents smaller or readable there; their next change is read, or `innkeeper capture resnapshot <feed>`.',
  DOOR_SILENT:
    'Send a delivery through it: `innkeeper send <source> <file>`, then `innkeeper trace <id>`. Check the webhook’s address and state at the provider.',
  DOOR_SHUT: 'Set the secret of this source (see `innkeeper settings`), then start again.',
  STORE_CORRUPT: codes.STORE_CORRUPT.remedy,
  RETENTION_BEHIND:
    'Look for `ticker.failed` of `sweep` in the logs of the process that has this file, and at its CPU and disk. It tries again each minute.',
  BACKUP_IMAGE_MISSING:
    'Make the image again and set INNKEEPER_HETZNER_IMAGE, then run `innkeeper backup run`. More: docs/runbooks/backup-image-missing.md.',
  BACKUP_FLEET_REFUSED:
    '`innkeeper backup show <id>` says what to change: the token, the limit of the project, or the settings of the server. More: docs/runbooks/backup-fleet-refused.md.',
  BACKUP_KIT_MISSING:
    'Run `innkeeper backup kit --to <file>`. Keep the file and its page away from this machine. More: docs/runbooks/backup-kit-missing.md.',
  BACKUP_ON_OWN_DISK:
    'Set INNKEEPER_BACKUP_REPOSITORY and INNKEEPER_BACKUP_KEYS_REPOSITORY to another disk or a bucket. More: docs/runbooks/backup-on-own-disk.md.',
  BACKUP_RESTIC_OLD:
    'Install restic 0.17.1 or later, or set INNKEEPER_BACKUP_RESTIC to its path. More: docs/runbooks/backup-restic-old.md.',
  LOG_CHAIN_BROKEN: codes.LOG_CHAIN_BROKEN.remedy,
  LOG_RESTORED: codes.LOG_RESTORED.remedy,
} as const;

export type FindingCode = keyof typeof nexts;

export const finding = (
  code: FindingCode,
  about: string,
  says: string,
  next: string = nexts[code],
): Finding => ({ code, about, says, next });

/** What an examination met instead of an answer is a finding itself. */
export const findingOfFault = ({ code }: Fault, about: string): Finding => ({
  code,
  about,
  says: codes[code].title,
  next: codes[code].remedy,
});

/** Durations as people say them. */
export const spoken = (ms: number): string => {
  const seconds = Math.round(ms / 1000);
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
};
