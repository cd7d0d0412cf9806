import type { JsonObject } from '#libs/kernel';

import { recordKinds, type KindName } from '../kinds/index.js';

/** Whose eyes these are: what they may not read does not exist to them. */
export type Principals = readonly string[];

/** Everybody of the company. */
export const staff: Principals = ['staff'];

/** Whether the reader may see a record in this state. */
export type MayRead = (kind: KindName, state: JsonObject) => boolean;

export const readableBy =
  (principals: Principals): MayRead =>
  (kind, state) =>
    recordKinds[kind].audienceOf(state).some((reader) => principals.includes(reader));
