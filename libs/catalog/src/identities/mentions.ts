import { kindNames, recordKinds, type KindName } from '../kinds/index.js';
import type { RecordState } from '../merge/record-state.js';
import { phoneHandle, type Handle } from './handles.js';

/** Whom a record is about, in its provider's words and by the number it came from or went to. */
export interface Mention {
  /** By the provider's own id: `contact/aircall.main.880001`. */
  readonly bearer?: string;
  readonly handles: readonly Handle[];
  readonly isAnonymous: boolean;
}

/** Kinds whose records came from somebody or went to somebody. */
export const mentioningKinds = kindNames.filter((kind) => recordKinds[kind].subjectOf);

export const mentionIn = (kind: KindName, state: RecordState): Mention | undefined => {
  const subject = recordKinds[kind].subjectOf?.(state);
  if (!subject) return undefined;
  return {
    ...(subject.id !== undefined && { bearer: `${subject.kind}/${subject.id}` }),
    handles: subject.phones.flatMap((phone) => phoneHandle(phone) ?? []),
    isAnonymous: subject.isAnonymous,
  };
};
