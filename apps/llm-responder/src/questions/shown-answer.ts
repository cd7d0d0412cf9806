import type { AnswerProgress, GivenAnswer, ShownDialogue } from '#libs/answering';
import type { AnswerDocument, AnswerEvent, DialogueAnswer } from '#libs/routes';

import { linkTo } from '../link-to.js';

/** An answer as it leaves. */
export const shownAnswer = (
  publicUrl: string | undefined,
  { askedAt, citations, choices, ...answer }: GivenAnswer,
): AnswerDocument => ({
  ...answer,
  askedAt: new Date(askedAt).toISOString(),
  abstained: answer.outcome === 'abstained',
  citations: shownCitations(publicUrl, citations),
  choices: [...choices],
});

/** What is known of an answer before it is there. */
export const shownProgress = (
  publicUrl: string | undefined,
  progress: AnswerProgress,
): AnswerEvent =>
  progress.sort === 'sources'
    ? { event: 'sources', data: { citations: shownCitations(publicUrl, progress.citations) } }
    : { event: 'sentence', data: { text: progress.text } };

const shownCitations = (
  publicUrl: string | undefined,
  citations: GivenAnswer['citations'],
): AnswerDocument['citations'] =>
  citations.map(({ name, ...cited }) => ({
    ...cited,
    name: name ?? cited.record,
    link: linkTo(publicUrl, cited.record),
  }));

export const shownDialogue = (
  publicUrl: string | undefined,
  { questions, ...dialogue }: ShownDialogue,
): DialogueAnswer => ({
  ...dialogue,
  questions: questions.map((question) => shownAnswer(publicUrl, question)),
});
