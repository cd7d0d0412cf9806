import { callKind } from './call.js';
import { colleagueKind } from './colleague.js';
import { contactKind } from './contact.js';
import type { Kind, KindName } from './kind.js';
import { phoneNumberKind } from './phone-number.js';

export { changesOf } from './changes.js';
export { scopeOf, type Kind, type KindName } from './kind.js';

/** Every kind of record there is. */
export const kinds: Readonly<Record<KindName, Kind>> = {
  call: callKind,
  colleague: colleagueKind,
  contact: contactKind,
  phone_number: phoneNumberKind,
};
