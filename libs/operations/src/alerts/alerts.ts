import type { AlertClearedV1, AlertRaisedV1 } from '#libs/contracts';
import type { Journal } from '#libs/journal';
import { derivedId, fault, utf8, type Clock, type Hash, type Id } from '#libs/kernel';
import type { Documents } from '#libs/ports/documents';
import type { EventLog, StoredFact } from '#libs/ports/event-log';

import { AlertDocuments } from './alert-documents.js';
import { evolve, streamOf, type Alert, type AlertName, type Gap } from './alert.js';
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

interface Ports {
  readonly log: EventLog;
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
  /** Those whose state nobody was told of yet. */
  unannounced(): Promise<readonly Alert[]>;
  announced(alert: Alert): Promise<void>;
}

const META = { source: 'innkeeper/operations' } as const;
const PAGE = 500;

/**
 * Alerts are facts of a decided stream, one for each cause and thing: raised, cleared, raised again. A trouble
 * that is found again and again, by however many processes, is one alert.
 */
export const createAlerts = (ports: Ports): Alerts => {
  const documents = new AlertDocuments(ports.documents);

  /** What the log says; the document only spares reading its stream from the beginning. */
  const latest = async (name: AlertName): Promise<Alert | undefined> => {
    let alert = await documents.find(name);
    for (;;) {
      const facts = await ports.log.stream(streamOf(name), alert?.version ?? 0, PAGE);
      for (const fact of facts) alert = evolve(alert, fact);
      if (facts.length < PAGE) return alert;
    }
  };

  return {
    find: (cause, about) => latest({ cause, about }),
    list: (state) => documents.list(state),
    unannounced: () => documents.unannounced(),

    async raise(trouble) {
      const { cause, about, found } = trouble;
      const last = await latest(trouble);
      if (last?.state === 'raised') return undefined;
      // Never before the end of the one before: its id follows from its start.
      const startedAt = Math.max(trouble.startedAt, last?.clearedAt ?? 0);
      const alert = await alertId(ports.hash, { ...trouble, startedAt });
      const data: AlertRaisedV1 = { alert, cause, about, found: [...found], startedAt };
      const fact = await decide(ports, last, { type: 'operations.alert.raised.v1', data });
      return fact && documents.write(evolve(last, fact));
    },

    async clear(cause, about, gap) {
      const last = await latest({ cause, about });
      if (last?.state !== 'raised') return undefined;
      const { alert, startedAt } = last;
      const times = { startedAt, clearedAt: ports.clock.now() };
      const data: AlertClearedV1 = { alert, cause, about, ...times, ...(gap && { gap }) };
      const fact = await decide(ports, last, { type: 'operations.alert.cleared.v1', data });
      return fact && documents.write(evolve(last, fact));
    },

    async announced(alert) {
      // Changed meanwhile, its new state is to be told besides.
      const now = await documents.find(alert);
      if (now?.version === alert.version)
        await documents.write({ ...alert, announced: alert.state });
    },
  };
};

const alertId = async (hash: Hash, { cause, about, startedAt }: Trouble): Promise<Id> => {
  const [digest = new Uint8Array()] = await hash([utf8(`${cause}\0${about}\0${startedAt}`)]);
  return derivedId(startedAt, digest);
};

/** `undefined`: somebody else was quicker, and that is what holds. */
const decide = async (
  { log, journal }: Ports,
  last: Alert | undefined,
  { type, data }: { readonly type: string; readonly data: AlertRaisedV1 | AlertClearedV1 },
): Promise<StoredFact | undefined> => {
  const { alert, about } = data;
  const stream = streamOf({ cause: data.cause as AlertCause, about });
  const occurredAt = 'clearedAt' in data ? data.clearedAt : data.startedAt;
  const meta = { ...META, correlationId: alert, causationId: alert };
  const drafts = await journal.prepare([{ type, stream, occurredAt, data: { ...data }, meta }]);
  const version = last?.version ?? 0;
  const decided = await log.decide(stream, version, drafts);
  if (decided.outcome === 'conflict') return undefined;
  const [fact] = await log.stream(stream, version, 1);
  if (!fact) throw fault('LOG_UNAVAILABLE', { details: { stream } });
  return fact;
};
