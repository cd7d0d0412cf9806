import type { JsonObject } from '#libs/kernel';

import { flatten, lay, without, type Fields, type Layer, type Layers } from './layers.js';
import { timeOfKey, type OrderKey } from './order-key.js';

/** The state a record is folded into: plain JSON, written in key order, so its text is canonical as it is. */
export type RecordState = {
  readonly layers: Layers;
  /** Fields that follow the life of the thing before they follow the clock: a call's status. */
  readonly progress: Layers;
};

const NOTHING: RecordState = { layers: [], progress: [] };

/** Who keeps records knows a state as JSON; only folds write one. */
export const stateOf = (json: JsonObject | undefined): RecordState =>
  json === undefined ? NOTHING : (json as unknown as RecordState);

/** What one fact says of one record. */
export interface StateChange {
  readonly key: OrderKey;
  readonly fields: Fields;
  /** Ordered by how far the thing has come, then by the key. */
  readonly progress?: { readonly stage: number; readonly fields: Fields } | undefined;
  readonly rules?: FoldRules | undefined;
}

/** What some fields mean for others; the same for all records of a kind. */
export interface FoldRules {
  /** The field that says that a fact tells everything: what is older says nothing any more, not even what it alone said. */
  readonly whole?: string | undefined;
  /** `by` says that a fact tells all fields whose names begin with `of`: what is older says nothing of these. */
  readonly sweeps: readonly { readonly by: string; readonly of: string }[];
}

/**
 * Commutative and idempotent: any order and repetition of the same changes gives the same bytes.
 * Gives the very same state back when the change says nothing new.
 */
export const fold = (
  before: RecordState | undefined,
  { key, fields, progress, rules }: StateChange,
): RecordState => {
  const state = before ?? NOTHING;
  const layers = isSuperseded(state.layers, key, rules)
    ? state.layers
    : lay(state.layers, key, fields);
  const progressed = progress
    ? lay(state.progress, `${progress.stage}.${key}`, progress.fields)
    : state.progress;
  if (layers === state.layers && progressed === state.progress) return state;
  return {
    layers: layers === state.layers || !rules ? layers : ruled(layers, rules),
    progress: progressed,
  };
};

/** The newest fact that told everything is the oldest that counts. */
const isSuperseded = ([oldest]: Layers, key: OrderKey, rules: FoldRules | undefined): boolean =>
  rules?.whole !== undefined && oldest !== undefined && key < oldest[0] && rules.whole in oldest[1];

const ruled = (layers: Layers, { whole, sweeps }: FoldRules): Layers => {
  let left = layers;
  if (whole !== undefined) {
    const newest = left.findIndex(([, fields]) => whole in fields);
    if (newest > 0) left = left.slice(newest);
  }
  for (const { by, of } of sweeps) left = swept(left, by, of);
  return left;
};

/** A field stands in one layer only, so there is one newest sweep. */
const swept = (layers: Layers, by: string, of: string): Layers => {
  const sweep = layers.findIndex(([, fields]) => by in fields);
  if (sweep <= 0) return layers;
  const kept = layers.map((layer, i): Layer | undefined =>
    i < sweep ? without(layer, (name) => name.startsWith(of)) : layer,
  );
  return kept.filter((layer) => layer !== undefined);
};

/** Every field's value now. */
export const valuesOf = ({ layers, progress }: RecordState): JsonObject =>
  flatten([...layers, ...progress]);

/** The source's time of the newest fact in it. */
export const changedAt = ({ layers }: RecordState): number =>
  timeOfKey(layers[layers.length - 1]?.[0] ?? '');
