import type { Catalog, ProjectorName } from '#libs/catalog';
import type { ReadDeliveries } from '#libs/intake';
import { asFault, type Clock } from '#libs/kernel';
import {
  whatLeaves,
  type Health,
  type LeavingText,
  type PartState,
  type Settings,
} from '#libs/platform';
import type { EventLog } from '#libs/ports/event-log';

/** What anybody may see: names, states, positions and ids. Nothing of what was said. */
export interface Overview {
  readonly ready: boolean;
  /** Why nothing can be said about the log, where it does not answer. */
  readonly unreachable?: string;
  readonly roles: readonly ShownPart[];
  readonly backEnds: readonly (ShownPart & { readonly keeps: string })[];
  readonly head?: number;
  readonly followers: readonly {
    readonly name: string;
    readonly says: string;
    readonly position: number;
    readonly behind: number;
  }[];
  readonly deliveries: readonly {
    readonly id: string;
    readonly source: string;
    readonly receivedAt: number;
    readonly facts: number;
  }[];
  /** Each has a door; without a secret it refuses everything. */
  readonly sources: readonly DoorSwitch[];
  /** What can be asked here: of a company, or of the demo company. Missing where nobody answers in this process. */
  readonly asks?: 'company' | 'demo';
  /** Which text goes to which server when somebody asks. */
  readonly leaving: readonly LeavingText[];
}

export interface DoorSwitch {
  readonly name: string;
  readonly on: boolean;
}

interface ShownPart {
  readonly name: string;
  readonly ready: boolean;
  readonly code?: string;
}

export interface OverviewParts {
  readonly log: EventLog;
  readonly clock: Clock;
  readonly health: Pick<Health, 'report'>;
  readonly settings: Pick<Settings, 'process' | 'eventLog' | 'documents' | 'bus' | 'keys'> &
    Parameters<typeof whatLeaves>[0];
  readonly deliveries: Pick<ReadDeliveries, 'list'>;
  readonly sources: readonly DoorSwitch[];
  readonly isDemo: boolean;
  readonly projectors: Catalog['projectors'];
  readonly checkpoint: (projector: string) => Promise<{ readonly position: number } | undefined>;
}

/** The page is open to everybody, so asking for it often must cost nothing. */
const FRESH_MS = 1_000;
const SHOWN = 6;

const saysOf: Readonly<Record<ProjectorName, string>> = {
  catalog: 'folds records',
  relay: 'announces facts',
};

export const lookAround = (ports: OverviewParts): (() => Promise<Overview>) => {
  let last: { readonly at: number; readonly overview: Promise<Overview> } | undefined;
  return () => {
    const now = ports.clock.now();
    if (!last || now - last.at >= FRESH_MS || now < last.at)
      last = { at: now, overview: look(ports) };
    return last.overview;
  };
};

const look = async (ports: OverviewParts): Promise<Overview> => {
  const { ready, parts } = ports.health.report();
  const known = {
    ready,
    roles: ports.settings.process.roles.map((role) => stateOfRole(role, parts)),
    backEnds: backEndsOf(ports.settings, parts),
    sources: ports.sources,
    leaving: whatLeaves(ports.settings),
    ...(ports.settings.process.roles.includes('llm-responder') && {
      asks: ports.isDemo ? ('demo' as const) : ('company' as const),
    }),
  };
  try {
    return { ...known, ...(await lookAtStores(ports)) };
  } catch (thrown) {
    return { ...known, unreachable: asFault(thrown).code, followers: [], deliveries: [] };
  }
};

const lookAtStores = async ({ log, deliveries, projectors, checkpoint }: OverviewParts) => {
  const [places, { items }] = await Promise.all([
    Promise.all(projectors.map(({ name }) => checkpoint(name))),
    deliveries.list({ limit: SHOWN }),
  ]);
  const { position: head } = await log.head();
  return {
    head,
    followers: projectors.map(({ name }, i) => {
      const position = places[i]?.position ?? 0;
      return { name, says: saysOf[name], position, behind: Math.max(0, head - position) };
    }),
    deliveries: items.map(({ id, source, receivedAt, facts }) => ({
      id,
      source,
      receivedAt,
      facts: facts.length,
    })),
  };
};

const stateOfRole = (role: string, parts: readonly PartState[]): ShownPart => {
  const ill = parts.find((part) => part.role === role && !part.ready);
  return { name: role, ready: !ill, ...(ill?.code && { code: ill.code }) };
};

/** What keeps what, by technology: one that keeps several things is one line. */
const backEndsOf = (
  { eventLog, documents, bus, keys }: OverviewParts['settings'],
  parts: readonly PartState[],
): Overview['backEnds'] => {
  const kept = { log: eventLog, records: documents, messages: bus, keys };
  const byKind = Map.groupBy(Object.entries(kept), ([, { kind }]) => kind);
  return [...byKind].map(([kind, things]) => {
    const part = parts.find(({ kind: of, name }) => of === 'backend' && name.startsWith(kind));
    return {
      name: kind,
      keeps: things.map(([name]) => name).join(', '),
      ready: part?.ready ?? true,
      ...(part?.code && { code: part.code }),
    };
  });
};
