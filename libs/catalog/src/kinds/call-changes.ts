import type { CallObservedV1, CallObservedV1Personal, Fact } from '#libs/contracts';
import type { Json } from '#libs/kernel';

import type { Fields } from '../merge/layers.js';
import { orderKey } from '../merge/order-key.js';
import type { Change } from '../merge/record-state.js';
import { mentionsOfColleagues } from './colleague.js';
import { mentionOfContact, nameOfContact } from './contact.js';
import { mentionOfLine } from './phone-number.js';

/** How far a call has come: it never goes back, whatever arrives late. */
const stages = { ringing: 1, answered: 2, ended: 3 } as const;

/** A call's fact tells of the call, and in passing of everyone and everything in it. */
export const changesOfCall = (fact: Fact): Change[] => {
  const data = fact.data as CallObservedV1;
  const personal = (fact.personal ?? {}) as CallObservedV1Personal;
  const { contact, colleagues, line, normaliser } = data;
  const changes = [changeOfCall(fact, data, personal)];
  if (contact) changes.push(mentionOfContact(fact, normaliser, contact, personal.contact));
  changes.push(...mentionsOfColleagues(fact, normaliser, colleagues, personal.colleagues));
  if (line) changes.push(mentionOfLine(fact, normaliser, line, personal.line));
  return changes;
};

const changeOfCall = (
  fact: Fact,
  data: CallObservedV1,
  personal: CallObservedV1Personal,
): Change => ({
  kind: 'call',
  id: data.call,
  key: orderKey(fact.occurredAt, data.rank, data.normaliser, fact),
  fields: {
    ...fieldsOfCall(data, personal),
    ...itemsOfCall(data, personal),
    ...(data.offered && {
      [`offer:${data.offered.to}`]: { at: fact.occurredAt, outcome: data.offered.outcome },
    }),
  },
  progress: {
    stage: data.status ? stages[data.status] : 0,
    fields: {
      answeredAt: data.answeredAt,
      durationSeconds: data.durationSeconds,
      endedAt: data.endedAt,
      missedReason: data.missedReason,
      status: data.status,
    },
  },
});

const fieldsOfCall = (data: CallObservedV1, personal: CallObservedV1Personal): Fields => ({
  anonymous: data.anonymous,
  archived: data.archived,
  assignedTo: data.assignedTo,
  colleague: data.colleague,
  contact: data.contact?.id,
  contactName: nameOfContact(personal.contact),
  direction: data.direction,
  event: data.event,
  hangupCause: data.hangupCause,
  hasRecording: data.hasRecording,
  hasVoicemail: data.hasVoicemail,
  id: data.call,
  line: data.line?.id,
  lineName: personal.line?.name,
  linePhone: personal.line?.phone,
  onHold: data.onHold,
  participants: data.participants?.map((one, i) => ({ ...one, ...personal.participants?.[i] })),
  phone: personal.phone,
  phoneRaw: personal.phoneRaw,
  recordingPage: personal.recordingPage,
  reference: data.reference,
  startedAt: data.startedAt,
  tagsAre: data.tagsAre,
  teams: data.teams?.map((id) => said({ id, name: nameIn(personal.teams, id) })),
  transferFailed: data.transferFailed,
  transferredBy: data.transferredBy,
  transferredTo: data.transferredTo,
  transferredToPhone: personal.transferredToPhone,
});

/** What comes as a list of things with ids is a field for each: the newest word on each counts. */
const itemsOfCall = (data: CallObservedV1, personal: CallObservedV1Personal): Fields => {
  const items: Record<string, Json> = {};
  for (const { at, by, id } of data.comments ?? [])
    items[`comment:${id}`] = said({
      at,
      by,
      text: personal.comments?.find((comment) => comment.id === id)?.text,
    });
  for (const { at, id, key } of data.menuChoices ?? [])
    items[`menu:${id}`] = said({
      at,
      key,
      title: personal.menuChoices?.find((choice) => choice.id === id)?.title,
    });
  for (const { id, name } of personal.colleagues ?? [])
    if (name !== undefined) items[`person:${id}`] = name;
  for (const { at, by, id, name } of data.tags ?? []) {
    items[`tag:${id}`] = said({ name });
    // Who tagged it when is told by fewer than those who tell all tags there are, and so must outlast their sweep.
    if (at !== undefined || by !== undefined) items[`tagging:${id}`] = said({ at, by });
  }
  return items;
};

const nameIn = (named: readonly { id: string; name: string }[] | undefined, id: string) =>
  named?.find((one) => one.id === id)?.name;

const said = (fields: Readonly<Record<string, Json | undefined>>): Json => {
  const kept: Record<string, Json> = {};
  for (const name in fields) {
    const value = fields[name];
    if (value !== undefined) kept[name] = value;
  }
  return kept;
};
