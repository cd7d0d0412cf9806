import type { Json } from '#libs/kernel';

import { recordKinds, type KindName } from '../kinds/index.js';
import { stringOf } from '../kinds/kind.js';
import { valuesOf, type RecordState } from '../merge/record-state.js';
import { phoneHandle, type Handle } from './handles.js';

/** Whom a record is about, in its provider's words and by the number it came from or went to. */
export interface Mention {
  /** By the provider's own id: `contact/aircall.main.880001`. */
  readonly bearer?: string;
  readonly handles: readonly Handle[];
  readonly isAnonymous: boolean;
}

type Reading = (state: RecordState) => Mention;

const referred = (kind: KindName, id: Json | undefined): { readonly bearer?: string } => {
  const known = stringOf(id);
  return known === undefined ? {} : { bearer: `${kind}/${known}` };
};

const byNumber =
  (kind: KindName): Reading =>
  (state) => {
    const { anonymous, contact } = valuesOf(state);
    const phones = recordKinds[kind].phonesOf(state);
    return {
      ...referred('contact', contact),
      handles: phones.flatMap((phone) => phoneHandle(phone) ?? []),
      isAnonymous: anonymous === true,
    };
  };

const byGuest: Reading = (state) => ({
  ...referred('guest', valuesOf(state).guest),
  handles: [],
  isAnonymous: false,
});

const readings: Partial<Readonly<Record<KindName, Reading>>> = {
  call: byNumber('call'),
  conversation: byGuest,
  guest_message: byGuest,
  phone_message: byNumber('phone_message'),
  reservation: byGuest,
};

export const mentioningKinds = Object.keys(readings) as readonly KindName[];

export const mentionIn = (kind: KindName, state: RecordState): Mention | undefined =>
  readings[kind]?.(state);
