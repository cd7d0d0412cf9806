import type { ColleagueData, ColleagueObservedV1, ColleaguePersonal, Fact } from '#libs/contracts';

import type { Fields } from '../merge/layers.js';
import { orderKey } from '../merge/order-key.js';
import type { Change } from '../merge/record-state.js';
import { kindOf } from './kind-of.js';
import { isoOf, stringOf } from './kind.js';

const fieldsOfColleague = (
  colleague: ColleagueData,
  personal: ColleaguePersonal | undefined,
): Fields => ({
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

/** Everyone whom somebody else's fact describes, as of that moment, but the weakest word on it. */
export const mentionsOfColleagues = (
  fact: Fact,
  normaliser: number,
  colleagues: readonly ColleagueData[] | undefined,
  personal: readonly ColleaguePersonal[] | undefined,
): Change[] => {
  if (!colleagues || colleagues.length === 0) return [];
  const key = orderKey(fact.occurredAt, 0, normaliser, fact);
  return colleagues.map((colleague) => ({
    kind: 'colleague',
    id: colleague.id,
    key,
    fields: fieldsOfColleague(
      colleague,
      personal?.find(({ id }) => id === colleague.id),
    ),
  }));
};

export const changesOfColleague = (fact: Fact): Change[] => {
  const data = fact.data as ColleagueObservedV1;
  const personal = fact.personal as { colleague?: ColleaguePersonal } | undefined;
  const { colleague, connected, deleted, event, lastCall, normaliser, rank, wrappingUp } = data;
  return [
    {
      kind: 'colleague',
      id: colleague.id,
      key: orderKey(fact.occurredAt, rank, normaliser, fact),
      fields: {
        ...fieldsOfColleague(colleague, personal?.colleague),
        connected,
        deletedAt: deleted && fact.occurredAt,
        event,
        lastCall,
        wrappingUp,
      },
    },
  ];
};

export const colleagueKind = kindOf({
  name: 'colleague',
  fields: ['availability'],
  namesInside: { defaultLine: ['phone_number'], lastCall: ['call'], lines: ['phone_number'] },
  nameOf: (values) => stringOf(values.name) ?? stringOf(values.mail),
  show: (values) => ({
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
});
