import type { JsonObject } from '#libs/kernel';

import { recordKinds, type KindName } from './index.js';
import type { PhoneHash } from './kind-definition.js';
import type { RecordSection, SectionSetting } from './record-section.js';

/** What search asks of a record of any kind: what it says, what it is about, who may read it. */
export const createRecordReading = (phoneHash: PhoneHash) => ({
  sectionsOf: (
    kind: KindName,
    state: JsonObject,
    setting: SectionSetting,
  ): readonly RecordSection[] => recordKinds[kind].sectionsOf(state, setting),

  nameOf: (kind: KindName, state: JsonObject): string => recordKinds[kind].nameOf(state),

  isMessage: (kind: KindName): boolean => recordKinds[kind].partOf !== undefined,

  namedIn: (kind: KindName, state: JsonObject): readonly string[] =>
    recordKinds[kind].namedIn(state),

  scopeOf: (kind: KindName, state: JsonObject): readonly string[] =>
    recordKinds[kind].scopeOf(state, phoneHash),

  audienceOf: (kind: KindName, state: JsonObject): readonly string[] =>
    recordKinds[kind].audienceOf(state),

  isGone: (kind: KindName, state: JsonObject): boolean => recordKinds[kind].isGone(state),
});
