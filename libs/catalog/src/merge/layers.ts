import type { Json, JsonObject } from '#libs/kernel';

/**
 * A record's state is what its facts still say: one layer for each fact that is the newest to say at least one field,
 * oldest first. The key stands once for all its fields, and a field stands in one layer only. The same facts give the
 * same bytes, in any order and with any repetition.
 */
export type Layer = readonly [key: string, fields: JsonObject];
export type Layers = readonly Layer[];

/** What one fact says: absent and null say nothing, so they overwrite nothing. */
export type Fields = Readonly<Record<string, Json | undefined>>;

/** Gives the very same layers back when the fact changes nothing. */
export const lay = (layers: Layers, key: string, fields: Fields): Layers => {
  let at = layers.length;
  while (at > 0 && keyAt(layers, at - 1) > key) at--;
  if (at > 0 && keyAt(layers, at - 1) === key) return layers;
  const mine = unsaid(fields, layers, at);
  if (!mine) return layers;
  const laid: Layer[] = [];
  for (let i = 0; i < at; i++) {
    const layer = layers[i];
    const left = layer && without(layer, (name) => name in mine);
    if (left) laid.push(left);
  }
  laid.push([key, mine]);
  for (let i = at; i < layers.length; i++) laid.push(layers[i] as Layer);
  return laid;
};

/** A layer less some of its fields; the same one if it has none of them, nothing if it has no other. */
export const without = (layer: Layer, taken: (name: string) => boolean): Layer | undefined => {
  const [key, fields] = layer;
  const names = Object.keys(fields);
  const kept = names.filter((name) => !taken(name));
  if (kept.length === names.length) return layer;
  if (kept.length === 0) return undefined;
  return [key, pick(fields, kept)];
};

/** Every field's newest value. */
export const flatten = (layers: Layers): JsonObject => {
  const all: Record<string, Json> = {};
  for (const [, fields] of layers) Object.assign(all, fields);
  return all;
};

const keyAt = (layers: Layers, i: number): string => layers[i]?.[0] ?? '';

/** What no layer from this place on says. */
const unsaid = (fields: Fields, layers: Layers, from: number): JsonObject | undefined => {
  const names: string[] = [];
  let ordered = true;
  for (const name in fields) {
    const value = fields[name];
    if (value === undefined || value === null || isSaid(layers, from, name)) continue;
    if (ordered && names.length > 0 && (names[names.length - 1] ?? '') > name) ordered = false;
    names.push(name);
  }
  if (names.length === 0) return undefined;
  return pick(fields, ordered ? names : names.sort());
};

const isSaid = (layers: Layers, from: number, name: string): boolean => {
  for (let i = from; i < layers.length; i++) if (name in (layers[i]?.[1] ?? {})) return true;
  return false;
};

const pick = (fields: Fields, names: readonly string[]): JsonObject => {
  const picked: Record<string, Json> = {};
  for (const name of names) {
    const value = fields[name];
    if (value !== undefined) picked[name] = value;
  }
  return picked;
};
