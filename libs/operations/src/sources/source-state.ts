import type { Secret } from '#libs/kernel';

import type { Tally, SourceTallies } from './tallies.js';

/** A source of this deployment, as its settings make it. */
export interface ConfiguredSource {
  readonly source: string;
  readonly secrets: readonly Secret[];
  /** The setting its secrets come from. */
  readonly setting: string;
  /** The settings its API needs; empty where it has none that we ask. */
  readonly credentials: readonly string[];
}

export interface QuarantinedCount {
  readonly count: number;
  readonly bytes: number;
  /** There is more than was counted. */
  readonly more: boolean;
}

/** How far a provider's lists were read, by the role that reads them. */
export interface SyncState {
  readonly lists: number;
  readonly reading: number;
  /** Lists that could not be read, with the code. */
  readonly failed: readonly string[];
  /** Found by asking, and never told. */
  readonly untold: number;
  /** The newest part of every list was read up to here. */
  readonly coveredTo?: number;
}

export interface SourceState {
  readonly source: string;
  readonly way: 'door' | 'api';
  /** Where the provider posts to. */
  readonly path?: string;
  readonly on: boolean;
  /** Why it is on or off. */
  readonly says: string;
  readonly lastDelivery?: number;
  readonly lastCanary?: number;
  readonly hour: Tally;
  readonly day: Tally;
  readonly quarantine: QuarantinedCount;
  /** When each live secret was first seen, the current one first. */
  readonly secrets: readonly number[];
  readonly sync?: SyncState;
  /** Causes of alerts that are raised. */
  readonly alerts: readonly string[];
  /** Missing: nothing needs to be done. */
  readonly next?: string;
}

export interface Sourced {
  readonly items: readonly SourceState[];
  /** At doors that nobody has. */
  readonly strangers: SourceTallies;
}
