import type {
  Fact,
  LineData,
  LinePersonal,
  PhoneNumberObservedV1,
  PhoneNumberObservedV1Personal,
} from '#libs/contracts';

import type { Fields } from '../merge/layers.js';
import { orderKey } from '../merge/order-key.js';
import { changedAt, valuesOf, type Change } from '../merge/record-state.js';
import { mentionsOfColleagues } from './colleague.js';
import {
  commonFields,
  commonFieldsOf,
  idOf,
  isoOf,
  shown,
  sourceOf,
  stringOf,
  type Kind,
} from './kind.js';

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

export const phoneNumberKind: Kind = {
  name: 'phone_number',
  fields: [...commonFields, 'country'],
  audience: ['staff'],

  fieldsOf(state) {
    const values = valuesOf(state);
    const country = stringOf(values.country);
    return {
      ...(country !== undefined && { country }),
      ...commonFieldsOf(state, values),
    };
  },

  view(state) {
    const values = valuesOf(state);
    const id = idOf(values);
    return shown({
      availability: values.availability,
      colleagues: values.colleagues,
      country: values.country,
      createdAt: isoOf(values.createdAt),
      deleted: values.deletedAt !== undefined,
      deletedAt: isoOf(values.deletedAt),
      displayName: stringOf(values.name) ?? stringOf(values.phone) ?? id,
      hasMenu: values.hasMenu,
      id,
      kind: 'phone_number',
      name: values.name,
      open: values.open,
      phone: values.phone ?? values.phoneRaw,
      priority: values.priority,
      recordsCalls: values.recordsCalls,
      source: sourceOf(values),
      timeZone: values.timeZone,
      updatedAt: isoOf(changedAt(state)),
    });
  },

  // The company's own line is not what a record is about: every call would be about it.
  phonesOf: () => [],
};
