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

export type KindName =
  | 'calendar_day'
  | 'call'
  | 'colleague'
  | 'contact'
  | 'conversation'
  | 'guest'
  | 'guest_message'
  | 'listing'
  | 'notice'
  | 'payment'
  | 'phone_message'
  | 'phone_number'
  | 'reservation'
  | 'review'
  | 'task';

/** What one fact says of one record. */
export interface Change {
  readonly kind: KindName;
  readonly id: string;
  readonly key: OrderKey;
  readonly fields: Fields;
  /** Ordered by how far the thing has come, then by the key. */
  readonly progress?: { readonly stage: number; readonly fields: Fields };
}

/** A list whose items are fields of their own is swept by the fact that says it tells all of them. */
export const SWEEP = 'tagsAre';
export const SWEPT = 'tag:';

/** Says that a fact tells everything: what is older says nothing any more, not even what it alone said. */
export const WHOLE = 'isWhole';

/**
 * Commutative and idempotent: any order and repetition of the same changes gives the same bytes.
 * Gives the very same state back when the change says nothing new.
 */
export const fold = (
  before: RecordState | undefined,
  { key, fields, progress }: Change,
): RecordState => {
  const state = before ?? NOTHING;
  const layers = isSuperseded(state.layers, key) ? state.layers : lay(state.layers, key, fields);
  const progressed = progress
    ? lay(state.progress, `${progress.stage}.${key}`, progress.fields)
    : state.progress;
  if (layers === state.layers && progressed === state.progress) return state;
  return {
    layers: layers === state.layers ? layers : swept(wholeOnly(layers)),
    progress: progressed,
  };
};

/** The newest fact that told everything is the oldest that counts. */
const isSuperseded = ([oldest]: Layers, key: OrderKey): boolean =>
  oldest !== undefined && key < oldest[0] && WHOLE in oldest[1];

const wholeOnly = (layers: Layers): Layers => {
  const whole = layers.findIndex(([, fields]) => WHOLE in fields);
  return whole > 0 ? layers.slice(whole) : layers;
};

const swept = (layers: Layers): Layers => {
  const sweep = layers.findIndex(([, fields]) => SWEEP in fields);
  if (sweep <= 0) return layers;
  const kept = layers.map((layer, i): Layer | undefined =>
    i < sweep ? without(layer, (name) => name.startsWith(SWEPT)) : layer,
  );
  return kept.filter((layer) => layer !== undefined);
};

/** Every field's value now. */
export const valuesOf = ({ layers, progress }: RecordState): JsonObject =>
  flatten([...layers, ...progress]);

/** The source's time of the newest fact in it. */
export const changedAt = ({ layers }: RecordState): number =>
  timeOfKey(layers[layers.length - 1]?.[0] ?? '');
