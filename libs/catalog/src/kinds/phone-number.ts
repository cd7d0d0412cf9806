import type {
  Fact,
  LineData,
  LinePersonal,
  PhoneNumberObservedV1,
  PhoneNumberObservedV1Personal,
} from '#libs/contracts';

import type { Fields } from '../merge/layers.js';
import { orderKey } from '../merge/order-key.js';
import type { Change } from '../merge/record-state.js';
import { mentionsOfColleagues } from './colleague.js';
import { kindOf } from './kind-of.js';
import { isoOf, stringOf } from './kind.js';

const fieldsOfLine = (line: LineData, personal: LinePersonal | undefined): Fields => ({
  availability: line.availability,
  country: line.country,
  createdAt: line.createdAt,
  hasMenu: line.hasMenu,
  id: line.id,
  name: personal?.name,
  open: line.open,
  phone: personal?.phone,
  phoneRaw: personal?.phoneRaw,
  priority: line.priority,
  recordsCalls: line.recordsCalls,
  timeZone: line.timeZone,
});

/** A call's fact describes the line it came in on: as of that moment, but the weakest word on it. */
export const mentionOfLine = (
  fact: Fact,
  normaliser: number,
  line: LineData,
  personal: LinePersonal | undefined,
): Change => ({
  kind: 'phone_number',
  id: line.id,
  key: orderKey(fact.occurredAt, 0, normaliser, fact),
  fields: fieldsOfLine(line, personal),
});

export const changesOfPhoneNumber = (fact: Fact): Change[] => {
  const data = fact.data as PhoneNumberObservedV1;
  const personal = fact.personal as PhoneNumberObservedV1Personal | undefined;
  const { colleagues, deleted, event, line, normaliser, rank } = data;
  return [
    {
      kind: 'phone_number',
      id: line.id,
      key: orderKey(fact.occurredAt, rank, normaliser, fact),
      fields: {
        ...fieldsOfLine(line, personal?.line),
        colleagues: colleagues?.map(({ id }) => id),
        deletedAt: deleted && fact.occurredAt,
        event,
      },
    },
    ...mentionsOfColleagues(fact, normaliser, colleagues, personal?.colleagues),
  ];
};

// The company's own line is not what a record is about: every call would be about it. So it has no `phonesOf`.
export const phoneNumberKind = kindOf({
  name: 'phone_number',
  fields: ['country'],
  namesInside: { colleagues: ['colleague'] },
  nameOf: (values) => stringOf(values.name) ?? stringOf(values.phone),
  show: (values) => ({
    availability: values.availability,
    colleagues: values.colleagues,
    country: values.country,
    createdAt: isoOf(values.createdAt),
    hasMenu: values.hasMenu,
    name: values.name,
    open: values.open,
    phone: values.phone ?? values.phoneRaw,
    priority: values.priority,
    recordsCalls: values.recordsCalls,
    timeZone: values.timeZone,
  }),
});
