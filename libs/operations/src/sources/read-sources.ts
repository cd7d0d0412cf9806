import type { KnownSecrets } from './known-secrets.js';
import { nextStep } from './next-step.js';
import type {
  ConfiguredSource,
  Sourced,
  SourceState,
  SyncState,
  QuarantinedCount,
} from './source-state.js';
import type { Tallies, SourceTallies } from './tallies.js';

export interface ReadSourcesParts {
  readonly sources: readonly ConfiguredSource[];
  readonly tallies: Pick<Tallies, 'told'>;
  readonly knownSecrets: KnownSecrets;
  readonly lastDelivery: (source: string) => Promise<number | undefined>;
  readonly quarantined: (source: string) => Promise<QuarantinedCount>;
  /** By the source; only those that a role asks. */
  readonly syncs: () => Promise<ReadonlyMap<string, SyncState>>;
  readonly alerts: () => Promise<readonly { readonly cause: string; readonly about: string }[]>;
  readonly now: () => number;
}

/** Requests to doors that do not exist, as one name: a caller must not make names. */
export const STRANGERS = 'unknown';

export const apiNameOf = (source: string): string => `${source}-api`;
const NOTHING_WAITS: QuarantinedCount = { count: 0, bytes: 0, more: false };

/** Each source of the deployment and the API beside it: whether it is on, what it brought, and what to do. */
export const readSources = (ports: ReadSourcesParts) => async (): Promise<Sourced> => {
  const { sources } = ports;
  const names = [...sources.flatMap(({ source }) => [source, apiNameOf(source)]), STRANGERS];
  const [told, syncs, alerts] = await Promise.all([
    ports.tallies.told(names),
    ports.syncs(),
    ports.alerts(),
  ]);
  const known = new Map(names.map((name, i) => [name, told[i] as SourceTallies]));
  const items = await Promise.all(
    sources.map(async (one) => {
      const { source } = one;
      const own = alerts.flatMap(({ cause, about }) => (about === source ? [cause] : []));
      const door = await doorOf(ports, one, known.get(source) as SourceTallies);
      const api = await apiOf(ports, one, known.get(apiNameOf(source)) as SourceTallies);
      const sync = syncs.get(source);
      return [
        advised({ ...door, alerts: own }, one, ports.now()),
        ...(one.credentials.length === 0
          ? []
          : [advised({ ...api, ...whetherAsked(one, sync) }, one, ports.now())]),
      ];
    }),
  );
  return { items: items.flat(), strangers: known.get(STRANGERS) as SourceTallies };
};

const advised = (state: SourceState, configured: ConfiguredSource, now: number): SourceState => {
  const next = nextStep(state, configured, now);
  return next === undefined ? state : { ...state, next };
};

const doorOf = async (
  { knownSecrets, quarantined, lastDelivery }: ReadSourcesParts,
  { source, secrets, setting }: ConfiguredSource,
  told: SourceTallies,
): Promise<SourceState> => {
  const [seen, waiting, last] = await Promise.all([
    knownSecrets.seen(source, secrets),
    quarantined(source),
    lastDelivery(source),
  ]);
  const on = secrets.length > 0;
  return {
    ...{ source, way: 'door', path: `/webhooks/${source}`, on },
    says: on
      ? `${secrets.length === 1 ? 'one live secret' : 'two live secrets'} (${setting})`
      : `no secret is set (${setting})`,
    ...(last !== undefined && { lastDelivery: last }),
    ...{ ...told, quarantine: waiting, secrets: seen, alerts: [] },
  };
};

const apiOf = async (
  { lastDelivery }: ReadSourcesParts,
  { source }: ConfiguredSource,
  told: SourceTallies,
): Promise<SourceState> => {
  const name = apiNameOf(source);
  const last = await lastDelivery(name);
  return {
    ...{ source: name, way: 'api', on: false, says: '' },
    ...(last !== undefined && { lastDelivery: last }),
    ...{ ...told, quarantine: NOTHING_WAITS, secrets: [], alerts: [] },
  };
};

const whetherAsked = (
  { credentials }: ConfiguredSource,
  sync: SyncState | undefined,
): Pick<SourceState, 'on' | 'says' | 'sync'> =>
  sync
    ? { on: true, says: `${sync.lists} lists are read by the clock`, sync }
    : { on: false, says: `no credentials are set (${credentials.join(', ')})` };
