import type {
  CallInsightObservedV1,
  CallInsightObservedV1Personal,
  CallObservedV1,
  CallObservedV1Personal,
  VoiceAgentObservedV1,
  VoiceAgentObservedV1Personal,
} from '#libs/contracts';

import {
  comments,
  insightContents,
  insights,
  menuChoices,
  offers,
  people,
  taggings,
  tags,
  values,
  voiceAgents,
} from './call-values.js';
import { nameOfContact } from './contact.js';
import { filled, present } from './show.js';
import type { OpenFact, RecordStatement } from './statement.js';
import type { FieldsOf } from './values.js';

type CallStatement = RecordStatement<typeof values>;

/** How far a call has come: it never goes back, even if facts arrive late. */
const stages = { ringing: 1, answered: 2, ended: 3 } as const;

export const toldOfCall = ({
  fact,
  data,
  personal,
}: OpenFact<CallObservedV1, CallObservedV1Personal>): CallStatement => ({
  fields: withItems(fieldsOfCall(data, personal), { fact, data, personal }),
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

const fieldsOfCall = (
  data: CallObservedV1,
  personal: Partial<CallObservedV1Personal>,
): FieldsOf<typeof values> => ({
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
  teams: data.teams?.map((id) => present({ id, name: nameIn(personal.teams, id) })),
  transferFailed: data.transferFailed,
  transferredBy: data.transferredBy,
  transferredTo: data.transferredTo,
  transferredToPhone: personal.transferredToPhone,
});

const withItems = (
  fields: FieldsOf<typeof values>,
  { fact, data, personal }: OpenFact<CallObservedV1, CallObservedV1Personal>,
): FieldsOf<typeof values> => {
  comments.addTo(fields, data.comments, ({ at, by, id }) =>
    present({ at, by, text: personal.comments?.find((comment) => comment.id === id)?.text }),
  );
  menuChoices.addTo(fields, data.menuChoices, ({ at, id, key }) =>
    present({ at, key, title: personal.menuChoices?.find((choice) => choice.id === id)?.title }),
  );
  people.addTo(fields, personal.colleagues, ({ name }) => name);
  tags.addTo(fields, data.tags, ({ name }) => present({ name }));
  taggings.addTo(fields, data.tags, ({ at, by }) =>
    at === undefined && by === undefined ? undefined : present({ at, by }),
  );
  const { offered } = data;
  if (offered)
    offers.addTo(fields, [{ id: offered.to }], () => ({
      at: fact.occurredAt,
      outcome: offered.outcome,
    }));
  return fields;
};

const nameIn = (named: readonly { id: string; name: string }[] | undefined, id: string) =>
  named?.find((one) => one.id === id)?.name;

/** Transcription and summary are part of the call: a reader of the call reads what was said in it. */
export const toldOfInsight = ({
  fact,
  data,
  personal,
}: OpenFact<CallInsightObservedV1, CallInsightObservedV1Personal>): CallStatement => {
  const { call, insight, line, reference } = data;
  const name = data.of === 'voicemail' ? `voicemail_${insight}` : insight;
  return {
    fields: {
      id: call,
      line,
      reference,
      ...insights.told([{ id: name }], () => data.createdAt ?? data.updatedAt ?? fact.occurredAt),
      ...contentOf(name, data, personal),
    },
  };
};

/** Told in parts: one that only points at the content takes nothing of it away. */
const contentOf = (
  name: string,
  { generated, language, score, sentiments, speakers, utterances }: CallInsightObservedV1,
  personal: Partial<CallInsightObservedV1Personal>,
): object =>
  insightContents.told(name, {
    actionItems: personal.actionItems,
    generated,
    language,
    results: personal.results,
    score,
    sentiments,
    speakers: speakers?.map(({ by, colleague, phone }) =>
      filled({ by, colleague, phone: phone === undefined ? undefined : personal.phones?.[phone] }),
    ),
    text: personal.text,
    topics: personal.topics,
    utterances: utterances?.map(({ from, speaker, to }, i) =>
      filled({ from, speaker, text: personal.utterances?.[i], to }),
    ),
  });

export const toldOfVoiceAgent = ({
  fact,
  data,
  personal,
}: OpenFact<VoiceAgentObservedV1, VoiceAgentObservedV1Personal>): CallStatement => ({
  fields: {
    ...voiceAgents.told(data.session, {
      endReason: data.endReason,
      endedAt: data.endedAt,
      escalatedAt: data.escalated && fact.occurredAt,
      escalationReason: personal.escalationReason,
      extracted: personal.extracted,
      id: data.agent,
      name: personal.agentName,
      startedAt: data.startedAt,
    }),
    id: data.call,
    line: data.line,
    phone: personal.phone,
    phoneRaw: personal.phoneRaw,
    reference: data.reference,
  },
});
