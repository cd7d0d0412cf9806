import {
  callObservedV1,
  phoneMessageObservedV1,
  phoneNumberObservedV1,
  type LineData,
  type LinePersonal,
} from '#libs/contracts';

import { defineKind } from './define-kind.js';
import { after, labelled, prose, sectionsIn } from './section-text.js';
import { isoOf, stringOf } from './show.js';
import { IN_PASSING, type RecordStatement } from './statement.js';
import { flag, instant, number, text, texts, type FieldsOf } from './values.js';

const values = {
  availability: text,
  colleagues: texts,
  country: text,
  createdAt: instant,
  deletedAt: instant,
  event: text,
  hasMenu: flag,
  name: text,
  open: flag,
  phone: text,
  phoneRaw: text,
  priority: number,
  recordsCalls: flag,
  timeZone: text,
};

const fieldsOfLine = (
  line: LineData,
  personal: LinePersonal | undefined,
): FieldsOf<typeof values> => ({
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

/** Somebody else's fact describes the line it came in on, as of that moment. */
const mentioned = (
  line: LineData | undefined,
  personal: LinePersonal | undefined,
): RecordStatement<typeof values> | undefined =>
  line && { rank: IN_PASSING, fields: fieldsOfLine(line, personal) };

// The company's own line is not what a record is about: every call would be about it. So it has no `scope`.
export const phoneNumberKind = defineKind({
  name: 'phone_number',
  values,
  from: (when) => [
    when(phoneNumberObservedV1, ({ fact, data, personal }) => ({
      fields: {
        ...fieldsOfLine(data.line, personal.line),
        colleagues: data.colleagues?.map(({ id }) => id),
        deletedAt: data.deleted && fact.occurredAt,
        event: data.event,
      },
    })),
    when(callObservedV1, ({ data, personal }) => mentioned(data.line, personal.line)),
    when(phoneMessageObservedV1, ({ data, personal }) => mentioned(data.line, personal.line)),
  ],
  fields: ['country'],
  namesInside: { colleagues: ['colleague'] },
  nameOf: ({ name, phone }) => stringOf(name) ?? stringOf(phone),
  view: (values) => ({
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
  // Whether it is open now changes by the hour: that is asked of the record, not searched for.
  sections: (values) =>
    sectionsIn([
      {
        path: 'line',
        heading: 'Line',
        text: prose(
          after('Phone line', values.name),
          labelled('Number', values.phone ?? values.phoneRaw),
          labelled('Country', values.country),
          labelled('Time zone', values.timeZone),
          values.hasMenu === true ? 'Callers hear a menu' : undefined,
          values.recordsCalls === true ? 'Calls are recorded' : undefined,
        ),
      },
    ]),
  companyLine: { fields: ['phone'], phones: ({ phone }) => [phone] },
});
