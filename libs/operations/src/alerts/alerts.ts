import type { AlertClearedV1, AlertRaisedV1 } from '#libs/contracts';
import { derivedId, fault, utf8, type Clock, type Hash, type Id } from '#libs/kernel';
import type { Journal } from '#libs/journal';
import type { Collection, Documents } from '#libs/ports/documents';
import type { EventLog, StoredFact } from '#libs/ports/event-log';

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

export type Gap = NonNullable<AlertClearedV1['gap']>;

/** The latest trouble of a cause with one thing. */
export interface Alert extends Omit<AlertRaisedV1, 'found'> {
  readonly found: readonly string[];
  readonly state: 'raised' | 'cleared';
  readonly clearedAt?: number;
  readonly gap?: Gap;
  /** Of its stream. */
  readonly version: number;
  /** Which state everybody was told of. */
  readonly announced?: 'raised' | 'cleared';
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

const collection: Collection = {
  name: 'alerts',
  fields: ['state', 'startedAt', 'announced'],
  orderedBy: 'startedAt',
};

const META = { source: 'innkeeper/operations' } as const;
const PAGE = 500;

/**
 * Alerts are facts of a decided stream, one for each cause and thing: raised, cleared, raised again. A trouble
 * that is found again and again, by however many processes, is one alert.
 */
export const createAlerts = (ports: Ports): Alerts => {
  const { documents, clock } = ports;
  const keyOf = ({ cause, about }: Pick<Alert, 'cause' | 'about'>): string => `${cause}/${about}`;

  const write = async (alert: Alert): Promise<Alert> => {
    for (let version = (await stored(alert))?.version ?? 0; ;) {
      const { state, startedAt } = alert;
      const announced = alert.announced === state ? 'yes' : 'no';
      const body = JSON.parse(JSON.stringify(alert)) as Record<string, never>;
      const swapped = await documents.swap(
        collection,
        { id: keyOf(alert), body, fields: { state, startedAt, announced } },
        version,
      );
      if (swapped.swapped) return alert;
      const now = await stored(alert);
      if (now && bodyOf(now.body).version > alert.version) return bodyOf(now.body);
      version = swapped.version;
    }
  };
  const stored = async (alert: Pick<Alert, 'cause' | 'about'>) =>
    (await documents.get(collection, [keyOf(alert)]))[0];

  /** What the log says; the document only spares reading its stream from the beginning. */
  const latest = async (cause: AlertCause, about: string): Promise<Alert | undefined> => {
    const known = await stored({ cause, about });
    let alert = known && bodyOf(known.body);
    for (;;) {
      const facts = await ports.log.stream(streamOf(cause, about), alert?.version ?? 0, PAGE);
      for (const fact of facts) alert = evolve(alert, fact);
      if (facts.length < PAGE) return alert;
    }
  };

  return {
    find: latest,

    async raise(trouble) {
      const { cause, about, found } = trouble;
      const last = await latest(cause, about);
      if (last?.state === 'raised') return undefined;
      // Never before the end of the one before: its id follows from its start.
      const startedAt = Math.max(trouble.startedAt, last?.clearedAt ?? 0);
      const alert = await alertId(ports.hash, { ...trouble, startedAt });
      const data: AlertRaisedV1 = { alert, cause, about, found: [...found], startedAt };
      const fact = await decide(ports, last, { type: 'operations.alert.raised.v1', data });
      return fact && write(evolve(last, fact));
    },

    async clear(cause, about, gap) {
      const last = await latest(cause, about);
      if (last?.state !== 'raised') return undefined;
      const { alert, startedAt } = last;
      const clearedAt = clock.now();
      const data: AlertClearedV1 = {
        ...{ alert, cause, about, startedAt, clearedAt },
        ...(gap && { gap }),
      };
      const fact = await decide(ports, last, { type: 'operations.alert.cleared.v1', data });
      return fact && write(evolve(last, fact));
    },

    async list(state) {
      const { items } = await documents.query(collection, {
        ...(state && { where: { state } }),
        order: { field: 'startedAt', descending: true },
        limit: 200,
      });
      return items.map(({ body }) => bodyOf(body));
    },

    async unannounced() {
      const query = { where: { announced: 'no' }, limit: 50 };
      return (await documents.query(collection, query)).items.map(({ body }) => bodyOf(body));
    },

    async announced(alert) {
      const now = await stored(alert);
      // Changed meanwhile, its new state is to be told besides.
      if (now && bodyOf(now.body).version === alert.version)
        await write({ ...alert, announced: alert.state });
    },
  };
};

const streamOf = (cause: AlertCause, about: string): string => `alert/${cause}/${about}`;
const bodyOf = (body: unknown): Alert => body as Alert;

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
  const { alert, cause, about } = data;
  const stream = streamOf(cause as AlertCause, about);
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

const evolve = (before: Alert | undefined, fact: StoredFact): Alert => {
  const data = JSON.parse(fact.data) as AlertRaisedV1 & AlertClearedV1;
  const { version } = fact;
  if (fact.type === 'operations.alert.raised.v1') return { ...data, state: 'raised', version };
  return { ...data, found: before?.found ?? [], state: 'cleared', version };
};
