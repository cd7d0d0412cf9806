import { factDefinitions, type Fact } from '#libs/contracts';
import { fault } from '#libs/kernel';

import type { Change } from '../merge/record-state.js';
import { changesOfCall } from './call-changes.js';
import { changesOfColleague } from './colleague.js';
import { changesOfContact } from './contact.js';
import { changesOfPhoneNumber } from './phone-number.js';

const changes: Readonly<Record<string, (fact: Fact) => Change[]>> = {
  'intake.call.observed.v1': changesOfCall,
  'intake.colleague.observed.v1': changesOfColleague,
  'intake.contact.observed.v1': changesOfContact,
  'intake.phone_number.observed.v1': changesOfPhoneNumber,
};

/** A fact is asked once for what it touches and once for each record: the answer is worked out once. */
const known = new WeakMap<Fact, readonly Change[]>();

/** What a fact says of which records, each record once. Most of the log's own facts say nothing of any. */
export const changesOf = (fact: Fact): readonly Change[] => {
  const before = known.get(fact);
  if (before) return before;
  const found = read(fact);
  known.set(fact, found);
  return found;
};

const read = (fact: Fact): readonly Change[] => {
  const changesOfType = changes[fact.type];
  if (changesOfType) return changesOfType(fact);
  if (!factDefinitions.has(fact.type))
    throw fault('FACT_SCHEMA_UNKNOWN', { details: { type: fact.type, id: fact.id } });
  return [];
};
