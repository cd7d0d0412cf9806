import type { JsonObject } from '#libs/kernel';

import type { CallValues, InsightContent, VoiceAgentSession } from './call-values.js';
import { isoOf, referenceOf, shown, shownIfAny } from './show.js';

/** A colleague by their id, with the name the call knows them by. */
export type ColleagueReference = (id: string | undefined) => JsonObject | undefined;

/** The part of a call's view that tells what was made of it. */
export const insightsIn = (values: CallValues, colleague: ColleagueReference): JsonObject => {
  const contents = new Map(values.insightContents?.map(({ id, value }) => [id, value]));
  const content = (name: string): Partial<InsightContent> => contents.get(name) ?? {};
  const actionItems = content('action_items');
  return shown({
    actionItems: actionItems.actionItems ?? actionItems.text,
    customSummary: content('custom_summary').text,
    evaluation: judgementIn(content('evaluation')),
    insights: values.insights?.map(({ id, value }) => shown({ at: isoOf(value), insight: id })),
    playbookResult: judgementIn(content('playbook_result')),
    sentiments: content('sentiment').sentiments?.map(({ by, colleague: id, value }) =>
      shown({ by, colleague: colleague(id), value }),
    ),
    summary: content('summary').text,
    topics: content('topics').topics,
    transcription: transcriptIn(content('transcription'), colleague),
    voicemailTranscription: transcriptIn(content('voicemail_transcription'), colleague),
    voiceAgents: sessionsIn(values),
  });
};

const judgementIn = ({
  generated,
  results,
  score,
  text,
}: Partial<InsightContent>): JsonObject | undefined =>
  shownIfAny({ generated, results, score, text });

const transcriptIn = (
  { language, speakers = [], utterances }: Partial<InsightContent>,
  colleague: ColleagueReference,
): JsonObject | undefined =>
  utterances &&
  shown({
    language,
    utterances: utterances.map(({ from, speaker, text, to }) => {
      const spoke = speakers[speaker];
      return shown({
        ...{ by: spoke?.by, colleague: colleague(spoke?.colleague), fromSecond: secondsOf(from) },
        ...{ phone: spoke?.phone, text, toSecond: secondsOf(to) },
      });
    }),
  });

const secondsOf = (milliseconds: number | undefined): number | undefined =>
  milliseconds === undefined ? undefined : milliseconds / 1000;

/** One machine may talk twice in one call: each session is told on its own, in the order they began. */
const sessionsIn = ({ voiceAgents }: CallValues): readonly JsonObject[] | undefined =>
  voiceAgents &&
  [...voiceAgents]
    .sort(({ value: a }, { value: b }) => beganAt(a) - beganAt(b))
    .map(({ id: session, value: agent }) =>
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

const beganAt = ({ startedAt, endedAt, escalatedAt }: Partial<VoiceAgentSession>): number =>
  startedAt ?? escalatedAt ?? endedAt ?? 0;
