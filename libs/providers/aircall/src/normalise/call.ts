import {
  ANONYMOUS,
  flag,
  type Foreign,
  instant,
  objectOf,
  phoneOf,
  phoneText,
  text,
  whole,
  word,
} from '#libs/foreign';
import type { CallObservedV1, CallObservedV1Personal } from '#libs/contracts';
import type { Observation } from '#libs/ports/provider';

import type { EventOf } from '../events.js';
import { callLists, type CallLists } from './call-lists.js';
import { Colleagues } from './colleague.js';
import { contactData, contactPersonal } from './contact.js';
import { lineData, linePersonal } from './line.js';
import { entityOf, observation, type AircallReport } from './report.js';

const statuses: Readonly<Record<string, CallObservedV1['status']>> = {
  initial: 'ringing',
  answered: 'answered',
  done: 'ended',
};

/** The things a call's body mentions beside itself. */
interface CallMentions {
  readonly contact: Foreign | undefined;
  readonly contactId: string | undefined;
  readonly line: Foreign | undefined;
  readonly lineId: string | undefined;
  readonly user: string | undefined;
  readonly assignedTo: string | undefined;
  readonly transferredBy: string | undefined;
  readonly transferredTo: string | undefined;
}

const castOf = (report: AircallReport, call: Foreign, colleagues: Colleagues): CallMentions => {
  const contact = objectOf(call.contact);
  const line = objectOf(call.number);
  return {
    contact,
    contactId: entityOf(report, contact?.id),
    line,
    lineId: entityOf(report, line?.id),
    user: colleagues.add(call.user),
    assignedTo: colleagues.add(call.assigned_to),
    transferredBy: colleagues.add(call.transferred_by),
    transferredTo: colleagues.add(call.transferred_to),
  };
};

export const callObservation = (
  report: AircallReport,
  event: EventOf<'call'>,
  id: string,
  call: Foreign,
): Observation => {
  const colleagues = new Colleagues(report);
  const cast = castOf(report, call, colleagues);
  const lists = callLists(report, call, colleagues, cast.contactId);
  return observation({
    type: 'intake.call.observed.v1',
    stream: `call/${id}`,
    occurredAt: report.at,
    data: dataOf({ report, event, id, call, cast, lists, colleagues }),
    personal: personalOf(call, cast, lists, colleagues),
  });
};

interface CallReading {
  readonly report: AircallReport;
  readonly event: EventOf<'call'>;
  readonly id: string;
  readonly call: Foreign;
  readonly cast: CallMentions;
  readonly lists: CallLists;
  readonly colleagues: Colleagues;
}

const dataOf = ({
  report,
  event,
  id,
  call,
  cast,
  lists,
  colleagues,
}: CallReading): CallObservedV1 => {
  const status = typeof call.status === 'string' ? statuses[call.status] : undefined;
  const asset = text(call.asset);
  const { offer } = event;
  return {
    anonymous: call.raw_digits === ANONYMOUS ? true : undefined,
    answeredAt: instant(call.answered_at),
    archived: flag(call.archived),
    assignedTo: cast.assignedTo,
    call: id,
    colleague: offer ? undefined : cast.user,
    colleagues: colleagues.data,
    comments: lists.comments,
    contact:
      cast.contact && cast.contactId !== undefined
        ? contactData(cast.contact, cast.contactId)
        : undefined,
    direction:
      call.direction === 'inbound' || call.direction === 'outbound' ? call.direction : undefined,
    // Before the end it is 0, which says nothing.
    durationSeconds: status === 'ended' ? whole(call.duration) : undefined,
    endedAt: instant(call.ended_at),
    event: report.event,
    hangupCause: word(call.hangup_cause),
    hasRecording: call.recording || asset?.endsWith('/recording') ? true : undefined,
    hasVoicemail: call.voicemail || asset?.endsWith('/voicemail') ? true : undefined,
    line: cast.line && cast.lineId !== undefined ? lineData(cast.line, cast.lineId) : undefined,
    menuChoices: lists.menuChoices,
    missedReason: word(call.missed_call_reason),
    normaliser: report.normaliser,
    offered: offer && cast.user !== undefined ? { outcome: offer, to: cast.user } : undefined,
    onHold: event.onHold,
    participants: lists.participants,
    rank: event.rank,
    reference: word(call.call_uuid ?? call.sid),
    startedAt: instant(call.started_at),
    status,
    tags: lists.tags,
    tagsAre: event.allTags ? 'all' : undefined,
    teams: lists.teams,
    transferFailed: event.transferFailed,
    transferredBy: cast.transferredBy,
    transferredTo: cast.transferredTo,
  };
};

const personalOf = (
  call: Foreign,
  { contact, contactId, line, lineId }: CallMentions,
  { personal }: CallLists,
  colleagues: Colleagues,
): CallObservedV1Personal => {
  const phone = phoneOf(call.raw_digits, word(line?.country));
  return {
    colleagues: colleagues.personal,
    comments: personal.comments,
    contact: contact && contactId !== undefined ? contactPersonal(contact) : undefined,
    line: line && lineId !== undefined ? linePersonal(line) : undefined,
    menuChoices: personal.menuChoices,
    participants: personal.participants,
    phone: phone?.e164,
    phoneRaw: phone?.raw,
    recordingPage: text(call.asset),
    teams: personal.teams,
    transferredToPhone: phoneText(call.external_transferred_to, word(line?.country)),
  };
};
