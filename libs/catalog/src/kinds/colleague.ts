import {
  callObservedV1,
  colleagueObservedV1,
  guestMessageObservedV1,
  phoneMessageObservedV1,
  phoneNumberObservedV1,
  type ColleagueData,
  type ColleaguePersonal,
} from '#libs/contracts';

import { defineKind } from './define-kind.js';
import { after, labelled, prose, sectionsIn } from './section-text.js';
import { isoOf, stringOf } from './show.js';
import { IN_PASSING, type RecordStatement } from './statement.js';
import { flag, id, instant, number, one, text, type FieldsOf } from './values.js';

const values = {
  availability: text,
  available: flag,
  connected: flag,
  createdAt: instant,
  defaultLine: id,
  deletedAt: instant,
  event: text,
  extension: text,
  language: text,
  lastCall: id,
  lines: one<readonly string[]>(),
  mail: text,
  name: text,
  state: text,
  substatus: text,
  timeZone: text,
  wrapUpSeconds: number,
  wrappingUp: flag,
};

const fieldsOfColleague = (
  colleague: ColleagueData,
  personal: ColleaguePersonal | undefined,
): FieldsOf<typeof values> => ({
  availability: colleague.availability,
  available: colleague.available,
  createdAt: colleague.createdAt,
  defaultLine: colleague.defaultLine,
  extension: personal?.extension,
  id: colleague.id,
  language: colleague.language,
  lines: colleague.lines,
  mail: personal?.mail,
  name: personal?.name,
  state: colleague.state,
  substatus: colleague.substatus,
  timeZone: colleague.timeZone,
  wrapUpSeconds: colleague.wrapUpSeconds,
});

interface DescribedColleagues {
  readonly colleagues?: readonly ColleagueData[] | undefined;
}
interface DescribedPersonal {
  readonly colleagues?: readonly ColleaguePersonal[] | undefined;
}

/** Everyone whom somebody else's fact describes, as of that moment. */
const mentioned = (
  { colleagues }: DescribedColleagues,
  personal: DescribedPersonal,
): readonly RecordStatement<typeof values>[] | undefined =>
  colleagues?.map((colleague) => ({
    rank: IN_PASSING,
    fields: fieldsOfColleague(
      colleague,
      personal.colleagues?.find((one) => one.id === colleague.id),
    ),
  }));

export const colleagueKind = defineKind({
  name: 'colleague',
  values,
  from: (when) => [
    when(colleagueObservedV1, ({ fact, data, personal }) => ({
      fields: {
        ...fieldsOfColleague(data.colleague, personal.colleague),
        connected: data.connected,
        deletedAt: data.deleted && fact.occurredAt,
        event: data.event,
        lastCall: data.lastCall,
        wrappingUp: data.wrappingUp,
      },
    })),
    when(callObservedV1, ({ data, personal }) => mentioned(data, personal)),
    when(phoneMessageObservedV1, ({ data, personal }) => mentioned(data, personal)),
    when(phoneNumberObservedV1, ({ data, personal }) => mentioned(data, personal)),
    // A message tells what its author of the company is called, and nothing else of them.
    when(guestMessageObservedV1, ({ data: { author }, personal: { authorName: name } }) => {
      const colleague = author?.colleague;
      if (colleague === undefined || name === undefined) return undefined;
      return mentioned(
        { colleagues: [{ id: colleague }] },
        { colleagues: [{ id: colleague, name }] },
      );
    }),
  ],
  fields: ['availability'],
  // Every call mentions colleagues: an index for each of these would cost every one of them.
  namesInside: { defaultLine: ['phone_number'], lastCall: ['call'], lines: ['phone_number'] },
  nameOf: ({ mail, name }) => stringOf(name) ?? stringOf(mail),
  view: (values) => ({
    availability: values.availability,
    available: values.available,
    connected: values.connected,
    createdAt: isoOf(values.createdAt),
    defaultLine: values.defaultLine,
    extension: values.extension,
    language: values.language,
    lastCall: values.lastCall,
    lines: values.lines,
    mail: values.mail,
    name: values.name,
    state: values.state,
    substatus: values.substatus,
    timeZone: values.timeZone,
    wrapUpSeconds: values.wrapUpSeconds,
    wrappingUp: values.wrappingUp,
  }),
  // Whether somebody is free now changes with each call: that is asked of the record, not searched for.
  sections: ({ extension, language, mail, name, timeZone }) =>
    sectionsIn([
      {
        path: 'colleague',
        heading: 'Colleague',
        text: prose(
          after('Colleague', name),
          labelled('Mail', mail),
          labelled('Extension', extension),
          labelled('Language', language),
          labelled('Time zone', timeZone),
        ),
      },
    ]),
  person: {
    fields: ['mail', 'name'],
    name: ({ name }) => stringOf(name),
    mails: ({ mail }) => [mail],
  },
});
