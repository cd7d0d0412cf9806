import { readFact, type Fact } from '#libs/contracts';

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

/**
 * What a fact says of which records, each record once. Most of the log's own facts say nothing of any.
 * A type or a shape that is not known throws: nothing is left out in silence.
 */
export const changesOf = (fact: Fact): readonly Change[] => {
  const read = readFact(fact);
  return changes[read.type]?.(read) ?? [];
};
