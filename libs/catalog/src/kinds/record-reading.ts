import type { JsonObject } from '#libs/kernel';

import { recordKinds, type KindName } from './index.js';
import type { RecordSection, SectionSetting } from './record-section.js';
import { scopeIn } from './scopes.js';

/** What search asks of a stored record of any kind: what it says, what it is about, who may read it. Needs no key. */
export const recordReading = {
  sectionsOf: (
    kind: KindName,
    state: JsonObject,
    setting: SectionSetting,
  ): readonly RecordSection[] => recordKinds[kind].sectionsOf(state, setting),

  nameOf: (kind: KindName, state: JsonObject): string => recordKinds[kind].nameOf(state),

  isMessage: (kind: KindName): boolean => recordKinds[kind].partOf !== undefined,

  namedIn: (kind: KindName, state: JsonObject): readonly string[] =>
    recordKinds[kind].namedIn(state),

  scopeOf: (_kind: KindName, state: JsonObject): readonly string[] => scopeIn(state),

  audienceOf: (kind: KindName, state: JsonObject): readonly string[] =>
    recordKinds[kind].audienceOf(state),

  isGone: (kind: KindName, state: JsonObject): boolean => recordKinds[kind].isGone(state),
};
