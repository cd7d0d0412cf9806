/** Problems that a person must know at once, and what that person does next. */
export const alertCauses = {
  DELIVERIES_INTERRUPTED: {
    title: 'A provider no longer sends everything.',
    next: 'The platform repairs the registration of its door if the provider’s API allows it. Look at `innkeeper sync` and at the webhook at the provider.',
    runbook: 'docs/runbooks/deliveries-interrupted.md',
  },
  WEBHOOK_SECRET_UNKNOWN: {
    title: 'A provider signs its deliveries with a secret that is not set here.',
    next: 'Set the secret that the provider shows as the second live secret, start again, and run `innkeeper quarantine retry`.',
    runbook: 'docs/runbooks/webhook-secret-unknown.md',
  },
  HISTORY_UNREAD: {
    title: 'A list of a provider cannot be read.',
    next: '`innkeeper sync` says which list and why. The next pass also reads what this one could not.',
    runbook: 'docs/runbooks/history-unread.md',
  },
  CAPTURE_HISTORY_LOST: {
    title: 'A followed database has forgotten changes that were not read.',
    next: 'The collection is read again by itself; wait until `innkeeper capture list` says `stream`. Then give that database a longer history.',
    runbook: 'docs/runbooks/capture-history-lost.md',
  },
  CAPTURE_COLLECTION_GONE: {
    title: 'A followed collection is not there.',
    next: 'Look whether it was dropped or renamed, and at the names in the settings. It is read again by itself when it is back.',
    runbook: 'docs/runbooks/capture-collection-gone.md',
  },
  CAPTURE_FORBIDDEN: {
    title: 'A followed database does not let us read.',
    next: '`innkeeper capture check` says which right is missing. It goes on by itself when it is there.',
    runbook: 'docs/runbooks/capture-forbidden.md',
  },
  CAPTURE_LAGGING: {
    title: 'A followed collection is not read up to now.',
    next: 'Look whether a process with the role `change-stream-listener` runs, and whether its database answers: `innkeeper capture check`.',
    runbook: 'docs/runbooks/capture-lagging.md',
  },
  CAPTURE_DELETION_WAITING: {
    title: 'More documents than usual are missing in a followed collection.',
    next: 'If they were deleted on purpose, run `innkeeper capture confirm <feed>`. Else restore them there: what is back is back here.',
    runbook: 'docs/runbooks/capture-deletion-waiting.md',
  },
  BACKUP_LATE: {
    title: 'There is no good backup of the last 26 hours.',
    next: 'Look at `innkeeper backup list`, and that a process with the role `backup-orchestrator` runs. Then `innkeeper backup run`.',
    runbook: 'docs/runbooks/backup-late.md',
  },
  BACKUP_FAILED: {
    title: 'The last backup failed.',
    next: '`innkeeper backup show <id>` says at which step, why, and what to do. The next one is tried at its time.',
    runbook: 'docs/runbooks/backup-failed.md',
  },
  BACKUP_REPOSITORY_DAMAGED: {
    title: 'A repository of backups is damaged.',
    next: 'Run `innkeeper backup check`: it names the damage. Keep a copy before you repair.',
    runbook: 'docs/runbooks/backup-repository-damaged.md',
  },
  BACKUP_DRILL_FAILED: {
    title: 'A backup was restored as proof, and is not what was saved.',
    next: '`innkeeper backup show <id>` says what differs. Rely on the newest run whose drill was good.',
    runbook: 'docs/runbooks/backup-drill-failed.md',
  },
  BACKUP_UNUSUAL: {
    title: 'A backup has much more new data, or many fewer files, than usual.',
    next: 'Find out what changed before old backups go: somebody may encrypt or remove your data.',
    runbook: 'docs/runbooks/backup-unusual.md',
  },
  BACKUP_ORCHESTRATOR_GONE: {
    title: 'Nobody makes backups now.',
    next: 'Start a process with the role `backup-orchestrator` (INNKEEPER_ROLES). What it missed it makes up for.',
    runbook: 'docs/runbooks/backup-orchestrator-gone.md',
  },
  BACKUP_STUCK: {
    title: 'A backup stands still.',
    next: 'Start a process with the role `backup-orchestrator`: it takes the run on where it stands.',
    runbook: 'docs/runbooks/backup-stuck.md',
  },
  BACKUP_SERVER_LEFT: {
    title: 'A server of a backup stands though no backup needs it. It costs money.',
    next: '`innkeeper backup reap` destroys it, or says why it stays.',
    runbook: 'docs/runbooks/backup-server-left.md',
  },
  BACKUP_RUN_STUCK: {
    title: 'A backup does not get its work done on its server.',
    next: '`innkeeper backup show <id>` says how far its server came. See that it reaches INNKEEPER_BACKUP_AGENT_URL.',
    runbook: 'docs/runbooks/backup-run-stuck.md',
  },
  BACKUP_DRILL_LATE: {
    title: 'No backup was proved by a restore for eight days.',
    next: 'Run `innkeeper backup drill`, and look at the warnings of the last runs: `innkeeper backup list`.',
    runbook: 'docs/runbooks/backup-drill-late.md',
  },
  BACKUP_RETENTION_LATE: {
    title: 'Old snapshots were not removed for eight days.',
    next: 'Run `innkeeper backup retention --preview`, and look at the warnings of the last runs.',
    runbook: 'docs/runbooks/backup-retention-late.md',
  },
  BACKUP_SNAPSHOTS_UNNAMED: {
    title: 'Snapshots are in a repository that no run of ours made.',
    next: 'Find out who wrote them: somebody else has the password and the credentials. They neither count nor go.',
    runbook: 'docs/runbooks/backup-snapshots-unnamed.md',
  },
} as const;

/** Of these the doctor looks at the feeds themselves. */
export const captureCauses: ReadonlySet<string> = new Set(
  Object.keys(alertCauses).filter((cause) => cause.startsWith('CAPTURE_')),
);

export type AlertCause = keyof typeof alertCauses;

export type BackupCause = Extract<AlertCause, `BACKUP_${string}`>;

/** Of these the doctor looks at the backups themselves, where it can. */
export const backupCauses: ReadonlySet<string> = new Set(
  Object.keys(alertCauses).filter((cause) => cause.startsWith('BACKUP_')),
);
