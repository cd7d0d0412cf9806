import { folded } from '../texts/folded.js';
import type { Dialogue } from './dialogue.js';

/** What is really asked: a turn that only picks a choice answers the question before it. */
export interface AskedQuestion {
  readonly text: string;
  readonly about: readonly string[];
}

/** Without what is written between words. */
const wordsOf = (text: string): string =>
  folded(text)
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** Reads a turn that follows a question of ours: the choice by its name, its number, or its record. */
export const readChoice = (
  dialogue: Dialogue,
  turn: number,
  { text, about }: AskedQuestion,
): AskedQuestion => {
  const last = dialogue.questions.find((one) => one.turn === turn - 1);
  if (last?.outcome !== 'asked_back' || last.text === undefined || last.withdrawn !== undefined)
    return { text, about };
  const said = wordsOf(text);
  const chosen = last.choices.filter(
    ({ id, name }, i) => about.includes(id) || said === wordsOf(name) || said === String(i + 1),
  );
  const [one] = chosen;
  if (!one || chosen.length > 1) return { text, about };
  return { text: whole(dialogue, turn - 1) ?? last.text, about: [one.id] };
};

/** The question before may itself have picked a choice. */
const whole = (dialogue: Dialogue, turn: number): string | undefined => {
  const asked = dialogue.questions.find((one) => one.turn === turn);
  if (asked?.text === undefined) return undefined;
  return readChoice(dialogue, turn, { text: asked.text, about: asked.about }).text;
};
