import { CLOCKS_APART_MS, type Clock } from '#libs/kernel';
import { pagesOfStream, type EventLog, type StoredFact } from '#libs/ports/event-log';

import type { Examined } from './consumers.js';
import { finding, spoken } from './findings.js';

/** When something last came all the way through a door. */
export interface DoorState {
  readonly source: string;
  readonly lastDelivery?: number;
  readonly lastCanary?: number;
}

/** A source of this deployment. */
export interface ExaminedDoor {
  readonly source: string;
  /** It has a secret. */
  readonly open: boolean;
  /** Nobody has to use it: as long as nothing ever came, no secret is no trouble. */
  readonly optional?: boolean;
}

export interface ExaminedDoorsParts {
  readonly log: EventLog;
  readonly clock: Clock;
  readonly doors: readonly ExaminedDoor[];
  readonly lastDelivery: (source: string) => Promise<number | undefined>;
  /** When a canary was last taken in, as it is counted; a day later that is forgotten. */
  readonly lastCanary: (source: string) => Promise<number | undefined>;
  /** 0: no canaries, so silence says nothing. */
  readonly canarySeconds: number;
  /** When this process began to look: silence before that is not held against a door. */
  readonly startedAt: number;
}

/** One lost canary is an accident, three are a shut door. */
const MISSED = 3;

export const examineDoors = async (ports: ExaminedDoorsParts): Promise<Examined<DoorState>> => {
  const states = await Promise.all(ports.doors.map(({ source }) => stateOf(ports, source)));
  const findings = states.flatMap((state, i) => {
    const about = `door ${state.source}`;
    const { open = false, optional = false } = ports.doors[i] ?? {};
    if (!open)
      return optional && state.lastDelivery === undefined
        ? []
        : [finding('DOOR_SHUT', about, 'It has no secret, so everything is refused.')];
    const silent = silence(ports, state);
    return silent > ports.canarySeconds * 1000 * MISSED
      ? [finding('DOOR_SILENT', about, `Nothing has come through it for ${spoken(silent)}.`)]
      : [];
  });
  return { states, findings };
};

/** A canary comes through door, bus, intake and log like a delivery, so the last one of either proves the way. */
const silence = (
  { clock, canarySeconds, startedAt }: ExaminedDoorsParts,
  { lastCanary = 0, lastDelivery = 0 }: DoorState,
): number => {
  if (canarySeconds === 0) return 0;
  const now = clock.now();
  // What stands in the future came in while our clock was wrong, and hides no silence.
  const known = [lastCanary, lastDelivery, startedAt].filter((at) => at <= now + CLOCKS_APART_MS);
  return now - Math.max(0, ...known);
};

const stateOf = async (ports: ExaminedDoorsParts, source: string): Promise<DoorState> => {
  const [delivery, canary] = await Promise.all([
    ports.lastDelivery(source),
    lastCanaryOf(ports, source),
  ]);
  return {
    source,
    ...(delivery !== undefined && { lastDelivery: delivery }),
    ...(canary !== undefined && { lastCanary: canary }),
  };
};

/** Each is counted; the log keeps the first of an hour. */
const lastCanaryOf = async (
  { log, lastCanary }: ExaminedDoorsParts,
  source: string,
): Promise<number | undefined> =>
  (await lastCanary(source)) ?? (await lastOf(log, `canary/${source}`))?.recordedAt;

const FIRST_WINDOW = 4_096;
const WIDER = 8;

/** The newest fact of an observed stream, searched from the end of the log in ever wider windows. */
const lastOf = async (log: EventLog, stream: string): Promise<StoredFact | undefined> => {
  const { position: head } = await log.head();
  for (let window = FIRST_WINDOW; ; window *= WIDER) {
    const last = await lastAfter(log, stream, Math.max(0, head - window));
    if (last || window >= head) return last;
  }
};

const lastAfter = async (
  log: EventLog,
  stream: string,
  from: number,
): Promise<StoredFact | undefined> => {
  let last: StoredFact | undefined;
  for await (const page of pagesOfStream(log, stream, { after: from })) last = page.at(-1);
  return last;
};
