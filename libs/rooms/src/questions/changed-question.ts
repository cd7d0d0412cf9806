import type { RetractedQuestion, RoomQuestion } from './room-question.js';

/** Who works at it is not disturbed in what is on its way, and sees the change at its next note. */
const dueWhenFree = ({ claim }: RoomQuestion, now: number): number => claim?.until ?? now;

const retractedFrom = (
  { question, conversation, retracted }: RoomQuestion,
  reason: RetractedQuestion['reason'],
): readonly RetractedQuestion[] =>
  question === undefined || conversation === undefined
    ? retracted
    : [...retracted, { question, conversation, reason }];

const withoutDialogue = ({
  question: _question,
  conversation: _conversation,
  ...kept
}: RoomQuestion) => kept;

/** Its text was changed: that is another question, in the same place. */
export const askedAnew = (before: RoomQuestion, revision: number, now: number): RoomQuestion => {
  const { because: _because, ...kept } = withoutDialogue(before);
  return {
    ...kept,
    revision,
    heardAt: now,
    state: 'open',
    retracted: retractedFrom(before, 'edited'),
    ...{ attempts: 0, waits: 0, edits: 0, looks: 0 },
    dueAt: dueWhenFree(before, now),
  };
};

/** It is gone, or its new text asks nothing. */
export const takenBack = (
  before: RoomQuestion,
  because: RetractedQuestion['reason'],
  now: number,
  revision = before.revision,
): RoomQuestion => {
  return {
    ...withoutDialogue(before),
    revision,
    state: 'withdrawn',
    because,
    retracted: retractedFrom(before, because),
    ...{ waits: 0, edits: 0, looks: 0 },
    dueAt: dueWhenFree(before, now),
  };
};

/** A source of its answer may be gone: somebody makes again what is shown. */
export const doubted = (before: RoomQuestion, now: number): RoomQuestion => ({
  ...before,
  doubts: before.doubts + 1,
  looks: 0,
  dueAt: Math.min(before.dueAt, dueWhenFree(before, now)),
});
