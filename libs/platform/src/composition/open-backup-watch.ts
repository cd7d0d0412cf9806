import { readFileSync } from 'node:fs';

import { nodeHash } from '#libs/adapters/node-crypto';
import {
  composeBackups,
  readPresence,
  watchedSince,
  watchFromOutside,
  type BackupsParts,
  type OutsideAlarm,
  type OutsideReport,
  type RunStep,
  type ServersParts,
} from '#libs/backups';
import { randomId, systemClock } from '#libs/kernel';
import { alertId, announceAlert, backupCauses, type BackupCause } from '#libs/operations';
import type { Documents } from '#libs/ports/documents';

import { keysAt, proveCaller } from '../identity/caller-tokens.js';
import { systemTimers } from '../leases/timers.js';
import { readSettings, type Settings } from '../settings/read-settings.js';
import { SettingsError } from '../settings/settings-error.js';
import type { Environment } from '../settings/texts.js';
import { absentParts } from './absent-parts.js';
import { outboundWhenAsked } from './open-apis.js';
import { OpenFirestore } from './open-firestore.js';
import { Opened } from './opened.js';
import type { Opening } from './opening.js';
import { openOutsideServers } from './outside-servers.js';

/** Backups as somebody watches them from outside of what they back up. */
export interface OpenedBackupWatch {
  /** Throws unless the one calls that the settings name. */
  readonly prove: (authorization: string | undefined) => Promise<void>;
  readonly look: () => Promise<OutsideReport>;
  readonly close: () => Promise<void>;
}

/** What it can of a run: what is neither a database nor a disk, nor the right to remove from repositories. */
const outsideSteps: ReadonlySet<RunStep> = new Set<RunStep>([
  'boot',
  'save',
  'check',
  'drill',
  'destroy',
  'close',
]);

/** Cloud Scheduler waits three minutes, and comes again after five. */
const WORKS_FOR_MS = 45_000;

const expected = {
  documents: 'INNKEEPER_BACKUP_DOCUMENTS_KIND: expected firestore',
  audience: 'INNKEEPER_FUNCTION_AUDIENCE: expected https://…, the address of the function',
  caller: 'INNKEEPER_FUNCTION_CALLER: expected the address of a service account',
  agentUrl:
    'INNKEEPER_BACKUP_AGENT_URL: expected https://…, where servers reach the role backup-orchestrator',
} as const;

/** Opens neither log, sources, repositories nor keys: who takes this process over gets none of them. */
export const openBackupWatch = async (
  env: Environment = process.env,
): Promise<OpenedBackupWatch> => {
  const settings = readSettings(env, (path) => readFileSync(path, 'utf8'), 'ask');
  const { backup, backupDocuments, backupWatch, serverFleet } = settings;
  const { audience, caller, jwksUrl } = backupWatch;
  const isReached = serverFleet.kind === 'local' || backup.agentUrl !== undefined;
  if (backupDocuments.kind !== 'firestore' || !audience || !caller || !isReached)
    throw new SettingsError([
      ...(backupDocuments.kind === 'firestore' ? [] : [expected.documents]),
      ...(audience ? [] : [expected.audience]),
      ...(caller ? [] : [expected.caller]),
      ...(isReached ? [] : [expected.agentUrl]),
    ]);
  const opened = new Opened();
  const opening: Opening = {
    ...{ settings, data: undefined, opened },
    ...{ backEnds: [], retained: [], tidiers: [] },
  };
  const documents = await new OpenFirestore(opening).documents(backupDocuments);
  const servers = await openOutsideServers(opening);
  const parts = outsideParts(settings, documents, servers);
  const look = watchFromOutside({
    ...{ ...parts, worksForMs: WORKS_FOR_MS },
    ...{ backups: composeBackups(parts), alarm: alarmOf(opening) },
  });
  const prove = proveCaller({ audience, caller, keys: keysAt(jwksUrl) });
  return {
    prove: (authorization) => prove(authorization, systemClock.now()),
    look,
    close: () => opened.close(),
  };
};

const alarmOf = (opening: Opening): OutsideAlarm | undefined => {
  const { alertsUrl } = opening.settings.operations;
  if (!alertsUrl) return undefined;
  const announce = announceAlert({ outbound: outboundWhenAsked(opening), alertsUrl });
  return {
    isUrgent: ({ code }) => backupCauses.has(code),
    idOf: ({ code: cause, about, since: startedAt }) =>
      alertId(nodeHash, { cause: cause as BackupCause, about, startedAt }),
    announce: ({ cause, ...alert }) => announce({ ...alert, cause: cause as BackupCause }),
  };
};

const outsideParts = (
  { backup, company, process: { environment } }: Settings,
  documents: Documents,
  servers: ServersParts | undefined,
): BackupsParts => {
  const host = `innkeeper-${environment}`;
  const clock = systemClock;
  const since = async (): Promise<number> =>
    (await readPresence({ documents, host }))?.since ??
    (await watchedSince({ documents, clock, host }));
  return {
    ...{ ...absentParts, documents, clock, host, since, hash: nodeHash },
    can: servers ? outsideSteps : new Set<RunStep>(['close']),
    ...(servers && { servers }),
    holder: randomId(clock.now()),
    runsPerDay: backup.runsPerDay,
    schedule: backup.schedule && { ...backup.schedule, timeZone: company.timeZone },
    sleep: (ms, signal) => systemTimers.sleep(ms, signal),
    notice: () => undefined,
  };
};
