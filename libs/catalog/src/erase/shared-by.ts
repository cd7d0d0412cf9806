import type { JsonObject } from '#libs/kernel';
import type { StoredDocument } from '#libs/ports/documents';

import { isBearer } from '../identities/bearers.js';
import { placeOf } from '../identities/identity-index.js';
import { namesOf } from '../kinds/naming.js';
import { stateOf, valuesOf } from '../merge/record-state.js';
import { isEnd } from '../project-records/former-names.js';
import type { ErasureChoice } from './erasure-plan.js';

/** Why a record that leads to the person is not theirs alone. `isOwn` says who the person is. */
export const sharedBy = (
  record: string,
  { body, fields }: StoredDocument,
  isOwn: (bearer: string) => boolean,
): ErasureChoice['reason'] | undefined => {
  const [kind] = placeOf(record);
  if (isEnd(kind)) return 'names_others';
  for (const { field, kind: named } of namesOf(kind)) {
    const id = fields?.[field];
    if (id === undefined || isEnd(named) || !isBearer(named)) continue;
    if (!isOwn(`${named}/${id}`)) return 'names_others';
  }
  return isOfSeveral(body as JsonObject) ? 'group' : undefined;
};

/** A thread of a group, or a call of more than two. */
const isOfSeveral = (body: JsonObject): boolean => {
  const { group, participants } = valuesOf(stateOf(body));
  return group !== undefined || (Array.isArray(participants) && participants.length > 2);
};
