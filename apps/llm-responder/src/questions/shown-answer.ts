import type { GivenAnswer, ShownDialogue } from '#libs/answering';
import type { DialogueAnswer, AnswerDocument } from '#libs/routes';

import { linkTo } from '../link-to.js';

/** An answer as it leaves. */
export const shownAnswer = (
  publicUrl: string | undefined,
  { askedAt, citations, choices, ...answer }: GivenAnswer,
): AnswerDocument => ({
  ...answer,
  askedAt: new Date(askedAt).toISOString(),
  abstained: answer.outcome === 'abstained',
  citations: citations.map(({ name, ...cited }) => ({
    ...cited,
    name: name ?? cited.record,
    link: linkTo(publicUrl, cited.record),
  })),
  choices: [...choices],
});

export const shownDialogue = (
  publicUrl: string | undefined,
  { questions, ...dialogue }: ShownDialogue,
): DialogueAnswer => ({
  ...dialogue,
  questions: questions.map((question) => shownAnswer(publicUrl, question)),
});
