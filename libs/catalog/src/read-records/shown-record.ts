import type { Json, JsonObject } from '#libs/kernel';

import { recordKinds, type KindName } from '../kinds/index.js';
import type { MayRead } from './readers.js';

/** A record of which nothing is known: its audience is that of its kind. */
export const EMPTY_STATE: JsonObject = { layers: [], progress: [] };

/** A record as these eyes see it: without what it repeats of kinds that they may not read. */
export const shownRecord = (kind: KindName, state: JsonObject, mayRead: MayRead): JsonObject => {
  const defined = recordKinds[kind];
  const hidden = Object.entries(defined.repeats).filter(
    ([, other]) => !mayRead(other, EMPTY_STATE),
  );
  return hidden.reduce((shown, [path]) => without(shown, path.split('.')), defined.view(state));
};

const without = (object: JsonObject, [first = '', ...rest]: readonly string[]): JsonObject => {
  const { [first]: member, ...others } = object;
  if (rest.length === 0) return others;
  return isObject(member) ? { ...object, [first]: without(member, rest) } : object;
};

const isObject = (json: Json | undefined): json is JsonObject =>
  typeof json === 'object' && json !== null && !Array.isArray(json);
