import type {
  CallInsightObservedV1,
  CallInsightObservedV1Personal,
  Fact,
  VoiceAgentObservedV1,
  VoiceAgentObservedV1Personal,
} from '#libs/contracts';
import type { Json, JsonObject } from '#libs/kernel';

import type { Fields } from '../merge/layers.js';
import { orderKey } from '../merge/order-key.js';
import type { Change } from '../merge/record-state.js';
import { isoOf, itemsOf, numberOf, referenceOf, shown } from './kind.js';

/** What was made of a call is part of the call: whoever reads the call reads what was said in it. */
export const changesOfCallInsight = (fact: Fact): Change[] => {
  const data = fact.data as CallInsightObservedV1;
  const personal = (fact.personal ?? {}) as CallInsightObservedV1Personal;
  const { call, insight, line, normaliser, rank, reference } = data;
  const name = data.of === 'voicemail' ? `voicemail_${insight}` : insight;
  return [
    {
      kind: 'call',
      id: call,
      key: orderKey(fact.occurredAt, rank, normaliser, fact),
      fields: {
        id: call,
        line,
        reference,
        // That there is one is known before its content, and may stay all that is known.
        [`insight:${name}`]: data.createdAt ?? data.updatedAt ?? fact.occurredAt,
        ...contentOf(`said:${name}:`, data, personal),
      },
    },
  ];
};

/** A field for each part: one that only points at the content takes nothing of it away. */
const contentOf = (
  prefix: string,
  { generated, language, score, sentiments, speakers, utterances }: CallInsightObservedV1,
  personal: CallInsightObservedV1Personal,
): Fields => ({
  [`${prefix}actionItems`]: personal.actionItems,
  [`${prefix}generated`]: generated,
  [`${prefix}language`]: language,
  [`${prefix}results`]: personal.results,
  [`${prefix}score`]: score,
  [`${prefix}sentiments`]: sentiments,
  [`${prefix}speakers`]: speakers?.map(({ by, colleague, phone }) =>
    shown({ by, colleague, phone: phone === undefined ? undefined : personal.phones?.[phone] }),
  ),
  [`${prefix}text`]: personal.text,
  [`${prefix}topics`]: personal.topics,
  [`${prefix}utterances`]: utterances?.map(({ from, speaker, to }, i) =>
    shown({ from, speaker, text: personal.utterances?.[i], to }),
  ),
});

export const changesOfVoiceAgent = (fact: Fact): Change[] => {
  const data = fact.data as VoiceAgentObservedV1;
  const personal = (fact.personal ?? {}) as VoiceAgentObservedV1Personal;
  const { call, line, normaliser, rank, reference, session } = data;
  const of = (name: string): string => `agent:${session}:${name}`;
  const fields: Fields = {
    [of('endReason')]: data.endReason,
    [of('endedAt')]: data.endedAt,
    [of('escalatedAt')]: data.escalated && fact.occurredAt,
    [of('escalationReason')]: personal.escalationReason,
    [of('extracted')]: personal.extracted,
    [of('id')]: data.agent,
    [of('name')]: personal.agentName,
    [of('startedAt')]: data.startedAt,
    id: call,
    line,
    phone: personal.phone,
    phoneRaw: personal.phoneRaw,
    reference,
  };
  return [
    { kind: 'call', id: call, key: orderKey(fact.occurredAt, rank, normaliser, fact), fields },
  ];
};

type Person = (id: Json | undefined) => JsonObject | undefined;

/** The part of a call's view that tells what was made of it. */
export const insightsIn = (values: JsonObject, person: Person): JsonObject => {
  const said = (name: string, part: string): Json | undefined => values[`said:${name}:${part}`];
  const judged = (name: string): JsonObject | undefined => {
    const [generated, results, score, text] = ['generated', 'results', 'score', 'text'].map(
      (part) => said(name, part),
    );
    const judgement = shown({ generated, results, score, text });
    return Object.keys(judgement).length > 0 ? judgement : undefined;
  };
  const transcript = (name: string): JsonObject | undefined =>
    transcriptIn((part) => said(name, part), person);
  return shown({
    actionItems: said('action_items', 'actionItems') ?? said('action_items', 'text'),
    customSummary: said('custom_summary', 'text'),
    evaluation: judged('evaluation'),
    insights: announcedIn(values),
    playbookResult: judged('playbook_result'),
    sentiments: itemsOf(said('sentiment', 'sentiments'))?.map(({ by, colleague, value }) =>
      shown({ by, colleague: person(colleague), value }),
    ),
    summary: said('summary', 'text'),
    topics: said('topics', 'topics'),
    transcription: transcript('transcription'),
    voicemailTranscription: transcript('voicemail_transcription'),
    voiceAgents: voiceAgentsIn(values),
  });
};

const announcedIn = (values: JsonObject): JsonObject[] | undefined => {
  const names = Object.keys(values).filter((name) => name.startsWith('insight:'));
  if (names.length === 0) return undefined;
  return names
    .sort()
    .map((name) => shown({ at: isoOf(values[name]), insight: name.slice('insight:'.length) }));
};

const transcriptIn = (
  said: (part: string) => Json | undefined,
  person: Person,
): JsonObject | undefined => {
  const spoken = itemsOf(said('utterances'));
  const speakers = itemsOf(said('speakers')) ?? [];
  return (
    spoken &&
    shown({
      language: said('language'),
      utterances: spoken.map(({ from, speaker, text, to }) => {
        const { by, colleague, phone } = speakers[numberOf(speaker) ?? -1] ?? {};
        return shown({
          ...{ by, colleague: person(colleague), fromSecond: secondsOf(from), phone, text },
          toSecond: secondsOf(to),
        });
      }),
    })
  );
};

const secondsOf = (milliseconds: Json | undefined): number | undefined => {
  const number = numberOf(milliseconds);
  return number === undefined ? undefined : number / 1000;
};

const AGENT = /^agent:([^:]+):(\w+)$/;

/** One machine may talk twice in one call: each session is told on its own, in the order they began. */
const voiceAgentsIn = (values: JsonObject): JsonObject[] | undefined => {
  const sessions = new Map<string, Record<string, Json>>();
  for (const [field, value] of Object.entries(values)) {
    const [, session, name] = AGENT.exec(field) ?? [];
    if (session === undefined || name === undefined) continue;
    const known = sessions.get(session) ?? {};
    sessions.set(session, { ...known, [name]: value });
  }
  if (sessions.size === 0) return undefined;
  return [...sessions.entries()]
    .sort(([a, one], [b, other]) => beganAt(one) - beganAt(other) || (a < b ? -1 : 1))
    .map(([session, agent]) =>
      shown({
        agent: referenceOf(agent.id, agent.name),
        endReason: agent.endReason,
        endedAt: isoOf(agent.endedAt),
        escalatedAt: isoOf(agent.escalatedAt),
        escalationReason: agent.escalationReason,
        extracted: agent.extracted,
        session,
        startedAt: isoOf(agent.startedAt),
      }),
    );
};

const beganAt = ({ startedAt, endedAt, escalatedAt }: JsonObject): number =>
  numberOf(startedAt) ?? numberOf(escalatedAt) ?? numberOf(endedAt) ?? 0;
