import type { FactMeta } from '#libs/contracts';
import type { Journal, StreamSnapshot } from '#libs/journal';
import { derivedId, utf8, type Awaitable, type Clock, type Hash, type Id } from '#libs/kernel';
import type { Documents } from '#libs/ports/documents';

import { AlertDocuments } from './alert-documents.js';
import {
  alertDecider,
  startAfter,
  streamOf,
  type Alert,
  type AlertCommand,
  type AlertEvent,
  type AlertName,
  type Gap,
} from './alert.js';
import type { AlertCause } from './causes.js';

export interface Trouble {
  readonly cause: AlertCause;
  /** Letters, digits and `._-`: part of a stream's name. */
  readonly about: string;
  /** Words of ours; nothing from outside. */
  readonly found: readonly string[];
  /** Since when, as far as one can tell. */
  readonly startedAt: number;
}

interface AlertsParts {
  readonly journal: Journal;
  readonly documents: Documents;
  readonly hash: Hash;
  readonly clock: Clock;
}

export interface Alerts {
  /** `undefined`: it is raised already. Two who find it at the same moment get the same one. */
  raise(trouble: Trouble): Promise<Alert | undefined>;
  /** `undefined`: there is none. */
  clear(cause: AlertCause, about: string, gap?: Gap): Promise<Alert | undefined>;
  find(cause: AlertCause, about: string): Promise<Alert | undefined>;
  list(state?: Alert['state']): Promise<readonly Alert[]>;
  /** Those whose state was not announced yet. */
  unannounced(): Promise<readonly Alert[]>;
  announced(alert: Alert): Promise<void>;
}

/**
 * Alerts are facts of a decided stream, one for each cause and thing: raised, cleared, raised again. A trouble
 * that is found again and again, by however many processes, is one alert.
 */
export const createAlerts = ({ clock, hash, journal, documents: stored }: AlertsParts): Alerts => {
  const documents = new AlertDocuments(stored);

  /** The alert after the command, where the command changed it. */
  const decide = async (
    name: AlertName,
    command: (last: Alert | undefined) => Awaitable<AlertCommand>,
  ): Promise<Alert | undefined> => {
    const from = await documents.find(name);
    const request = { stream: streamOf(name), from: snapshotOf(from), command, metaOf };
    const { state, events } = await journal.decide(alertDecider, request);
    return state && events.length > 0 ? documents.write(state) : undefined;
  };

  return {
    find: async (cause, about) => {
      // The log is what holds; the document only spares reading its stream from the beginning.
      const name = { cause, about };
      return journal.stateOf(alertDecider, streamOf(name), snapshotOf(await documents.find(name)));
    },
    list: (state) => documents.list(state),
    unannounced: () => documents.unannounced(),

    raise: (trouble) =>
      decide(trouble, async (last) => {
        const { cause, about, found } = trouble;
        const startedAt = startAfter(last, trouble.startedAt);
        const alert = await alertId(hash, { cause, about, startedAt });
        return { type: 'raise', alert, cause, about, found, startedAt };
      }),

    clear: (cause, about, gap) =>
      decide({ cause, about }, () => ({ type: 'clear', clearedAt: clock.now(), gap })),

    async announced(alert) {
      // Changed meanwhile, its new state must be announced, too.
      const now = await documents.find(alert);
      if (now?.version === alert.version)
        await documents.write({ ...alert, announced: alert.state });
    },
  };
};

const snapshotOf = (alert: Alert | undefined): StreamSnapshot<Alert | undefined> | undefined =>
  alert && { state: alert, version: alert.version };

/** An alert is its own cause: its facts are found by its id. */
const metaOf = ({ data: { alert } }: AlertEvent): FactMeta => ({
  source: 'innkeeper/operations',
  correlationId: alert,
  causationId: alert,
});

/** Who finds the same trouble without the log comes to the same id. */
export const alertId = async (
  hash: Hash,
  { cause, about, startedAt }: Omit<Trouble, 'found'>,
): Promise<Id> => {
  const [digest = new Uint8Array()] = await hash([utf8(`${cause}\0${about}\0${startedAt}`)]);
  return derivedId(startedAt, digest);
};
