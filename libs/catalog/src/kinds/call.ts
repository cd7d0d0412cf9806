import type { Json, JsonObject } from '#libs/kernel';

import { changedAt, valuesOf } from '../merge/record-state.js';
import { insightsIn } from './call-insights.js';
import {
  commonFields,
  commonFieldsOf,
  idOf,
  isoOf,
  itemsOf,
  numberOf,
  objectOf,
  shown,
  sourceOf,
  stringOf,
  type Kind,
  type KindName,
} from './kind.js';

const ownFields = ['colleague', 'contact', 'direction', 'line', 'startedAt', 'status'] as const;
const ofColleagues: readonly KindName[] = ['colleague'];

export const callKind: Kind = {
  name: 'call',
  fields: [...commonFields, ...ownFields, 'participant'],
  audience: ['staff'],
  names: {
    colleague: 'colleague',
    contact: 'contact',
    line: 'phone_number',
    participant: 'contact',
  },
  // Calls are what most facts are about: an index for each of these would cost every one of them.
  namesInside: {
    'comment:': ofColleagues,
    'offer:': ofColleagues,
    'person:': ofColleagues,
    'said:': ofColleagues,
    'tagging:': ofColleagues,
    assignedTo: ofColleagues,
    participants: ['colleague', 'contact'],
    transferredBy: ofColleagues,
    transferredTo: ofColleagues,
  },

  fieldsOf(state) {
    const values = valuesOf(state);
    const fields: Record<string, string | number> = {
      ...commonFieldsOf(state, values),
    };
    for (const name of ownFields) {
      const value = values[name];
      if (typeof value === 'string' || typeof value === 'number') fields[name] = value;
    }
    const participant = participantIn(values);
    if (participant !== undefined) fields.participant = participant;
    return fields;
  },

  view(state) {
    const values = valuesOf(state);
    const id = idOf(values);
    const person = personIn(values);
    return shown({
      anonymous: values.anonymous,
      answeredAt: isoOf(values.answeredAt),
      archived: values.archived,
      assignedTo: person(values.assignedTo),
      colleague: person(values.colleague),
      comments: items(values, 'comment:', person),
      contact: reference(values.contact, values.contactName),
      deleted: false,
      direction: values.direction,
      displayName: otherParty(values) ?? id,
      durationSeconds: values.durationSeconds,
      endedAt: isoOf(values.endedAt),
      event: values.event,
      hangupCause: values.hangupCause,
      hasRecording: values.hasRecording,
      hasVoicemail: values.hasVoicemail,
      id,
      ...insightsIn(values, person),
      kind: 'call',
      line: lineOf(values),
      menuChoices: items(values, 'menu:', person),
      missed: isMissed(values),
      missedReason: values.missedReason,
      offers: offersOf(values, person),
      onHold: values.status === 'answered' ? values.onHold : undefined,
      participants: values.participants,
      phone: values.phone ?? values.phoneRaw,
      recordingPage: values.recordingPage,
      reference: values.reference,
      source: sourceOf(values),
      startedAt: isoOf(values.startedAt),
      status: values.status,
      tags: tagsIn(values, person),
      talkSeconds: talkSeconds(values),
      teams: values.teams,
      transfer: transferOf(values, person),
      updatedAt: isoOf(changedAt(state)),
    });
  },

  phonesOf(state) {
    const phone = stringOf(valuesOf(state).phone);
    return phone === undefined ? [] : [phone];
  },
};

/** In a call of several, the first from the address book who is not the one it is with. */
const participantIn = ({ contact, participants }: JsonObject): string | undefined => {
  for (const { id, kind } of itemsOf(participants) ?? [])
    if (kind === 'contact' && typeof id === 'string' && id !== contact) return id;
  return undefined;
};

type Person = (id: Json | undefined) => JsonObject | undefined;

const personIn =
  (values: JsonObject): Person =>
  (id) =>
    reference(id, typeof id === 'string' ? values[`person:${id}`] : undefined);

const reference = (id: Json | undefined, name: Json | undefined): JsonObject | undefined =>
  typeof id === 'string' ? shown({ id, name }) : undefined;

const otherParty = (values: JsonObject): string | undefined =>
  stringOf(values.contactName) ??
  stringOf(values.phone) ??
  stringOf(values.phoneRaw) ??
  (values.anonymous === true ? 'anonymous' : undefined);

/** Over without anybody having answered; the reason is often not told. */
const isMissed = ({ status, answeredAt }: JsonObject): boolean | undefined =>
  status === 'ended' ? answeredAt === undefined : undefined;

/** The source's duration counts from the first ring. */
const talkSeconds = ({ answeredAt, endedAt }: JsonObject): number | undefined => {
  const from = numberOf(answeredAt);
  const to = numberOf(endedAt);
  return from === undefined || to === undefined ? undefined : Math.max(0, (to - from) / 1000);
};

const lineOf = ({ line, lineName, linePhone }: JsonObject): JsonObject | undefined =>
  typeof line === 'string' ? shown({ id: line, name: lineName, phone: linePhone }) : undefined;

/** The fields that are items of one list, oldest first. */
const items = (values: JsonObject, prefix: string, person: Person): JsonObject[] | undefined => {
  const found = Object.keys(values).filter((name) => name.startsWith(prefix));
  if (found.length === 0) return undefined;
  return inTime(found, values).map((name) => {
    const { at, by, ...rest } = objectOf(values[name]);
    return shown({ at: isoOf(at), by: person(by), id: name.slice(prefix.length), ...rest });
  });
};

/** Each tag that is on it, with what is known of how it came there. */
const tagsIn = (values: JsonObject, person: Person): JsonObject[] | undefined => {
  const tags = Object.keys(values).filter((name) => name.startsWith('tag:'));
  const whole = tags.map((name): [string, Json] => {
    const tagging = objectOf(values[`tagging:${name.slice('tag:'.length)}`]);
    return [name, { ...tagging, ...objectOf(values[name]) }];
  });
  return items(Object.fromEntries(whole), 'tag:', person);
};

const offersOf = (values: JsonObject, person: Person): JsonObject[] | undefined => {
  const found = Object.keys(values).filter((name) => name.startsWith('offer:'));
  if (found.length === 0) return undefined;
  return inTime(found, values).map((name) => {
    const { at, outcome } = objectOf(values[name]);
    return shown({ at: isoOf(at), outcome, to: person(name.slice('offer:'.length)) });
  });
};

const inTime = (names: string[], values: JsonObject): string[] => {
  const timeOf = (name: string): number => numberOf(objectOf(values[name]).at) ?? 0;
  return names.sort((a, b) => timeOf(a) - timeOf(b) || (a < b ? -1 : 1));
};

const transferOf = (values: JsonObject, person: Person): JsonObject | undefined => {
  const { transferFailed, transferredBy, transferredTo, transferredToPhone } = values;
  const transfer = shown({
    by: person(transferredBy),
    failed: transferFailed,
    to: person(transferredTo),
    toPhone: transferredToPhone,
  });
  return Object.keys(transfer).length > 0 ? transfer : undefined;
};
