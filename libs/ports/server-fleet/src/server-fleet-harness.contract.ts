import { asFault, Secret, type Code, type Fault } from '#libs/kernel';

import type { FleetServer, FleetWatch, ServerFleet, ServerOrder } from './server-fleet.port.js';

/** `true`, or why this fleet cannot show it. */
export type FleetAbility = true | { readonly not: string };

/** A call whose end the test decides. */
export interface HeldFleet {
  release(): Promise<void>;
}

/** Failures that come from outside. Which of them a fleet can have, it says itself. */
export type FleetFailure = Extract<
  Code,
  | 'FLEET_ACCESS_DENIED'
  | 'FLEET_THROTTLED'
  | 'FLEET_UNREACHABLE'
  | 'SERVER_IMAGE_MISSING'
  | 'SERVER_LIMIT_REACHED'
  | 'SERVER_REFUSED'
  | 'SERVER_SOLD_OUT'
>;

export interface FleetHarness {
  readonly fleet: ServerFleet;
  /** The same fleet as another process sees it, or this one after a restart. */
  again(): Promise<ServerFleet>;
  /** Names of all machines that really are there, looked at from behind the fleet. */
  names(): Promise<readonly string[]>;
  /** What the machine of this name was told. */
  toldTo(name: string): Promise<string>;
  /** The machine ends by itself. */
  end(name: string): Promise<void>;
  /** Machines that are made from now on end before they run. */
  startNothing(): Promise<void>;
  /** Machines that are made from now on do not run until they are released. */
  holdStart?(): Promise<HeldFleet>;
  /** Machines stay until they are released, though they are asked to go. */
  holdLeaving?(): Promise<HeldFleet>;
  protect?(name: string): Promise<void>;
  /** The next `create` or `destroy` is done, and nobody hears so. */
  loseAnswer?(call: 'create' | 'destroy'): Promise<void>;
  /** Makes every `create` fail so; `undefined`: no longer. */
  trouble?(what: FleetFailure | undefined): Promise<void>;
  readonly capabilities: {
    readonly startsLate: FleetAbility;
    readonly leavesLate: FleetAbility;
    readonly protects: FleetAbility;
    readonly losesAnswers: FleetAbility;
    /** Which failures it has; the others cannot come from it. */
    readonly failures: readonly FleetFailure[];
    /** More than fit into one answer of the fleet, where it has pages. */
    readonly many: number;
  };
  dispose(): Promise<void>;
}

export type MakeFleet = () => Promise<FleetHarness>;
export type FleetBehaviour = (harness: FleetHarness) => Promise<void>;

export const watching = (signal = new AbortController().signal): FleetWatch => ({ signal });

export const TOKEN_OF_ORDER = 'the-token-that-nobody-may-read';
export const OURS = { 'innkeeper-environment': 'test', 'innkeeper-run': 'run-1' };

export const orderOf = (
  name: string,
  labels: Readonly<Record<string, string>> = OURS,
): ServerOrder => ({ name, labels, userData: new Secret(`#cloud-config ${TOKEN_OF_ORDER}`) });

export const failureOf = async (work: Promise<unknown>): Promise<Fault> => {
  const failure = await work.then(() => undefined, asFault);
  if (!failure) throw new Error('it did not fail');
  return failure;
};

/** `none`: it did not fail. */
export const codeOf = (work: Promise<unknown>): Promise<Code | 'none'> =>
  work.then(
    () => 'none' as const,
    (thrown: unknown) => asFault(thrown).code,
  );

export const started = async (fleet: ServerFleet, order: ServerOrder): Promise<FleetServer> => {
  const { id } = await fleet.create(order, watching());
  return fleet.ready(id, watching());
};
