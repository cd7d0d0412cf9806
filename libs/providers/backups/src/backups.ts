import {
  CANARY_EVENT,
  canaryOf,
  canarySaved,
  eventName,
  instant,
  jsonObjectOf,
  notUnderstood,
  present,
  proveSaved,
  SIGNATURE_HEADERS,
  signSaved,
  unreadField,
} from '#libs/foreign';
import type { Normalised, NormaliserInput, Provider } from '#libs/ports/provider';

import { readRun, type ToldRun } from './read-run.js';

/** Raise it when anything here, or in `readRun`, says more or better. */
const NORMALISER = 1;

export const RUN_CHANGED = 'run.changed';

const normalise = ({ account, body }: NormaliserInput): Normalised => {
  const payload = jsonObjectOf(body);
  if (!payload) return notUnderstood('the body is not a JSON object');
  const event = eventName(payload['event']);
  if (event === undefined) return notUnderstood(unreadField('event', payload['event']));
  const occurredAt = instant(payload['savedAt']);
  if (event === CANARY_EVENT) return canaryOf('savedAt', payload['savedAt'], occurredAt);
  if (occurredAt === undefined)
    return notUnderstood(unreadField('savedAt', payload['savedAt']), event);
  if (event !== RUN_CHANGED) return notUnderstood('the event is not known', event);
  const read = readRun(payload['run']);
  if (!read) return notUnderstood('the run is not as it should be', event);
  const run = `backups.${account}.${read.id}`;
  return {
    understood: true,
    observations: [
      {
        type: 'intake.backup_run.observed.v1',
        stream: `backup_run/${run}`,
        occurredAt,
        data: dataOf(read, { event, run }),
      },
    ],
  };
};

const dataOf = (read: ToldRun, { event, run }: { event: string; run: string }) =>
  present({
    drill: read.drill,
    endedAt: read.endedAt,
    error: read.error,
    event,
    kind: read.kind,
    normaliser: NORMALISER,
    rank: read.state,
    requestedAt: read.requestedAt,
    retention: read.retention,
    run,
    sources: read.sources.map((source) => present(source)),
    startedAt: read.startedAt,
    status: read.status,
    step: read.step,
    warnings: read.warnings,
  });

/**
 * The history of our own backups. The orchestrator hands each state of a run in; the run's document stays the truth
 * while it lives. Who makes backups elsewhere may post them to a door, signed as Standard Webhooks says.
 */
export const backups: Provider = {
  name: 'backups',

  secrets: {
    ending: 'SECRETS',
    means:
      'Secrets of who posts states of backups to `/webhooks/backups` (Standard Webhooks). The role backup-orchestrator needs none.',
    expects: 'one or two secrets (whsec_… or whpk_…), separated by a comma',
    fits: /^(?:(?:whsec|whpk|whsk)_)?[A-Za-z0-9+/_-]{16,}={0,2}$/,
  },

  proofHeaders: SIGNATURE_HEADERS,

  handedIn: true,

  bodyLimit: 65_536,

  prove: proveSaved,
  normalise,
  sign: signSaved,
  canary: canarySaved,
};
