import type { JsonObject } from '#libs/kernel';

import { insightsIn, type ColleagueReference } from './call-insights.js';
import type { CallValues } from './call-values.js';
import { inTime, isoOf, referenceOf, shown, shownIfAny, stringOf } from './show.js';
import type { ItemWithId } from './values.js';

export const viewOfCall = (values: CallValues) => {
  const colleague = colleaguesIn(values);
  return {
    anonymous: values.anonymous,
    answeredAt: isoOf(values.answeredAt),
    archived: values.archived,
    assignedTo: colleague(values.assignedTo),
    colleague: colleague(values.colleague),
    comments: itemsBy(values.comments, colleague),
    contact: referenceOf(values.contact, values.contactName),
    direction: values.direction,
    durationSeconds: values.durationSeconds,
    endedAt: isoOf(values.endedAt),
    event: values.event,
    hangupCause: values.hangupCause,
    hasRecording: values.hasRecording,
    hasVoicemail: values.hasVoicemail,
    ...insightsIn(values, colleague),
    line: lineOf(values),
    menuChoices: itemsBy(values.menuChoices, colleague),
    missed: isMissed(values),
    missedReason: values.missedReason,
    offers: inTime(values.offers)?.map(({ id, value: { at, outcome } }) =>
      shown({ at: isoOf(at), outcome, to: colleague(id) }),
    ),
    onHold: values.status === 'answered' ? values.onHold : undefined,
    participants: values.participants,
    phone: values.phone ?? values.phoneRaw,
    recordingPage: values.recordingPage,
    reference: values.reference,
    startedAt: isoOf(values.startedAt),
    status: values.status,
    tags: tagsIn(values, colleague),
    talkSeconds: talkSecondsIn(values),
    teams: values.teams,
    transfer: shownIfAny({
      by: colleague(values.transferredBy),
      failed: values.transferFailed,
      to: colleague(values.transferredTo),
      toPhone: values.transferredToPhone,
    }),
  };
};

const colleaguesIn = ({ people }: CallValues): ColleagueReference => {
  const names = new Map(people?.map(({ id, value }) => [id, value]));
  return (id) => referenceOf(id, names.get(id ?? ''));
};

export const otherPartyIn = (values: CallValues): string | undefined =>
  stringOf(values.contactName) ??
  stringOf(values.phone) ??
  stringOf(values.phoneRaw) ??
  (values.anonymous === true ? 'anonymous' : undefined);

/** Over without anybody having answered; the reason is often not told. */
const isMissed = ({ status, answeredAt }: CallValues): boolean | undefined =>
  status === 'ended' ? answeredAt === undefined : undefined;

/** The source's duration counts from the first ring. */
const talkSecondsIn = ({ answeredAt: from, endedAt: to }: CallValues): number | undefined =>
  from === undefined || to === undefined ? undefined : Math.max(0, (to - from) / 1000);

const lineOf = ({ line, lineName, linePhone }: CallValues): JsonObject | undefined =>
  line === undefined ? undefined : shown({ id: line, name: lineName, phone: linePhone });

type CallItem = JsonObject & { readonly at?: number; readonly by?: string };

/** Oldest first, each with the colleague it is by. */
const itemsBy = <Value extends CallItem>(
  list: readonly ItemWithId<Value>[] | undefined,
  colleague: ColleagueReference,
): readonly JsonObject[] | undefined =>
  inTime(list)?.map(({ id, value }) => {
    const { at, by, ...rest } = value;
    return shown({ at: isoOf(at), by: colleague(by), id, ...(rest as JsonObject) });
  });

/** Each tag that is on it, with what is known of how it came there. */
const tagsIn = (
  { taggings, tags }: CallValues,
  colleague: ColleagueReference,
): readonly JsonObject[] | undefined => {
  const tagged = new Map(taggings?.map(({ id, value }) => [id, value]));
  const known = tags?.map(({ id, value }) => ({ id, value: { ...tagged.get(id), ...value } }));
  return itemsBy(known, colleague);
};
