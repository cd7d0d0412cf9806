import { entry, type CodeEntry } from './entry.js';

/** Servers that are made for one backup, and what runs on them. */
export const serverCodes = {
  BACKUP_AGENT_REFUSED: entry(
    'unauthenticated',
    'This caller is not the server that the backup ordered, or its time is over.',
    'Nothing, if you did not call it: only the server of a backup calls here. Else look at the run with `innkeeper backup show <id>`.',
  ),
  BACKUP_CREDENTIALS_LASTING: entry(
    'misconfigured',
    'The server of the backup got an account of the storage that is good after its time, too.',
    'Only R2 knows credentials that end. Elsewhere take an account for backups alone, and a lock of the bucket.',
  ),
  BACKUP_DESK_UNREACHABLE: entry(
    'unavailable',
    'The server of the backup does not reach the orchestrator.',
    'Nothing at first: it tries again, and what is saved goes on meanwhile. Then check INNKEEPER_BACKUP_AGENT_URL from a machine of that network.',
  ),
  BACKUP_AGENT_THROTTLED: entry(
    'throttled',
    'Somebody called too often as the server of a backup.',
    'The log says for which run, and why calls were refused. See who calls from that address.',
  ),
  BACKUP_EXPORT_ELSEWHERE: entry(
    'unavailable',
    'The copy that the server fetches is not on this machine.',
    'It asks again by itself. With several orchestrators, let the address in INNKEEPER_BACKUP_AGENT_URL lead to each of them.',
  ),
  BACKUP_INNKEEPER_MISSING: entry(
    'misconfigured',
    'The server of the backup has no Innkeeper to start for the drill.',
    'Make the image again. See deploy/backup-server/README.md.',
  ),
  BACKUP_SERVER_BUDGET_SPENT: entry(
    'throttled',
    'There were as many servers today as INNKEEPER_BACKUP_SERVERS_PER_DAY allows.',
    'Look at `innkeeper backup list` for why so many were needed. Raise the setting if they are wanted.',
  ),
  BACKUP_SERVER_LOST: entry(
    'defect',
    'The server of the backup ended before its work was done.',
    'Another server is tried by itself. If it happens again, follow docs/runbooks/backup-run-stuck.md.',
  ),
  BACKUP_SERVER_OVERDUE: entry(
    'misconfigured',
    'The server of the backup was not done in its time.',
    'Give it more with INNKEEPER_BACKUP_SERVER_HOURS, or a larger type of server. See docs/runbooks/backup-run-stuck.md.',
  ),
  BACKUP_SERVER_SILENT: entry(
    'defect',
    'The server of the backup started and never called.',
    'See that it reaches INNKEEPER_BACKUP_AGENT_URL, and that its image holds the agent. See docs/runbooks/backup-run-stuck.md.',
  ),
  BACKUP_WATCH_REFUSED: entry(
    'unauthenticated',
    'This caller is not the one that the function expects.',
    'Nothing, if you did not call it. Else compare INNKEEPER_FUNCTION_AUDIENCE and INNKEEPER_FUNCTION_CALLER with the job of Cloud Scheduler.',
  ),
  BACKUP_WATCH_UNPROVED: entry(
    'unavailable',
    'Nobody could be asked for the keys that prove who calls.',
    'See that the function reaches INNKEEPER_FUNCTION_JWKS_URL. Cloud Scheduler calls again.',
  ),
  FLEET_ACCESS_DENIED: entry(
    'misconfigured',
    'Hetzner refuses the token.',
    'Set INNKEEPER_HETZNER_TOKEN to a token of the right project that may read and write.',
  ),
  FLEET_THROTTLED: entry(
    'throttled',
    'Hetzner was asked too often.',
    'Nothing: it is asked again when it allows it.',
  ),
  FLEET_UNREACHABLE: entry(
    'unavailable',
    'Hetzner does not answer, or answers that it cannot now.',
    'Nothing at first: it is asked again. Then look at status.hetzner.com and at INNKEEPER_HETZNER_URL.',
  ),
  SERVER_IMAGE_MISSING: entry(
    'misconfigured',
    'The image that backup servers start from is not there.',
    'Make it again and set INNKEEPER_HETZNER_IMAGE. See docs/runbooks/backup-image-missing.md.',
  ),
  SERVER_LIMIT_REACHED: entry(
    'misconfigured',
    'The Hetzner project may have no more servers.',
    'Ask Hetzner for a higher limit, or remove servers that nobody needs.',
  ),
  SERVER_NAME_TAKEN: entry(
    'misconfigured',
    'Another server has the name that the backup would give its own.',
    'Rename or remove that server. Two environments of one Hetzner project need different values of INNKEEPER_ENVIRONMENT.',
  ),
  SERVER_NOT_STARTED: entry(
    'unavailable',
    'The server was ordered and did not start.',
    'Nothing at first: another one is tried. Then look at status.hetzner.com.',
  ),
  SERVER_PROTECTED: entry(
    'misconfigured',
    'Somebody protected the server of the backup against deletion.',
    'Take the protection off, or remove the server by hand. It costs money meanwhile.',
  ),
  SERVER_REFUSED: entry(
    'misconfigured',
    'Hetzner does not make a server of this type at this place.',
    'Check INNKEEPER_HETZNER_SERVER_TYPE, INNKEEPER_HETZNER_LOCATION, INNKEEPER_HETZNER_NETWORK and INNKEEPER_HETZNER_SSH_KEY against the image.',
  ),
  SERVER_SOLD_OUT: entry(
    'unavailable',
    'Hetzner has none of these servers left.',
    'Name more types in INNKEEPER_HETZNER_SERVER_TYPE, or more places in INNKEEPER_HETZNER_LOCATION. It is tried again by itself.',
  ),
} satisfies Record<string, CodeEntry>;
