import type { DialogueTurn } from './retrieval.js';

/** A question with what it leaves to the turns before it. */
export interface WholeQuestion {
  /** As it is shown: the question, and the turn it goes on from where it needs one. */
  readonly asked: string;
  /** Earlier turns, the newest first, each with what a word of it weighs beside one of the question. */
  readonly earlier: readonly { readonly text: string; readonly weight: number }[];
}

/** More is not talked about any more. */
const TURNS = 10;
/** The turn just before weighs this much where the question cannot stand alone, and this where it can. */
const LEANING = 0.4;
const STANDING = 0.12;
/** Each turn further back weighs so much less. */
const FADING = 0.6;
/** What the other side said is mostly an answer already given. */
const OTHER_SIDE = 0.6;
/** Turns whose words would weigh less are left out. */
const LEAST = 0.03;

/** Makes a follow-up whole: `and the wifi?` is asked of what was talked about before. */
export const wholeQuestion = (text: string, turns: readonly DialogueTurn[]): WholeQuestion => {
  const newestFirst = [...turns].reverse().slice(0, TURNS);
  const leans = isLeaning(text);
  const base = leans ? LEANING : STANDING;
  const earlier = newestFirst
    .map((turn, back) => ({
      text: turn.text,
      weight: base * FADING ** Math.floor(back / 2) * (turn.who === 'user' ? 1 : OTHER_SIDE),
    }))
    .filter(({ weight }) => weight >= LEAST);
  const before = newestFirst.find(({ who }) => who === 'user');
  return { asked: leans && before ? `${before.text} ${text}` : text, earlier };
};

/** Words that open a question which goes on from another one. */
const OPENINGS =
  /^\s*(?:and|or|but|also|so|then|what about|how about|und|oder|aber|auch|wie ist es mit|was ist mit|et|ou|mais|aussi|qu(?:['’]| )?en est[- ]il|y|e|o|pero|también|tambien|qué tal|ma|anche|en|maar|ook|i|a co z|oraz|mas|também|tambem)(?![\p{L}\p{N}])/iu;

/** Words that stand for something said before. */
const POINTING = new Set(
  (
    'it its they them their that this these those there one ones he she him her his hers same else ' +
    'es sie er ihn ihm ihr ihnen das dies dieser diese dieses dort da davon dafür dazu damit dabei darin denn auch ' +
    'il elle ils elles lui leur ça cela celui celle ceux y là-bas ' +
    'él ella ellos ellas eso esto ese esa aquel allí allá ahí lo ' +
    'esso essa lui lei loro quello quella questo questa lì là ci ne ' +
    'het hij zij hem haar hen dat dit die deze daar er ' +
    'ele ela eles elas isso isto aquele aquela lá ali ' +
    'on ona ono oni to ten ta tam tego jego jej ich'
  ).split(' '),
);

/** A question of so few words seldom says all that is asked. */
const FEW_WORDS = 3;

/** Whether a question needs the turns before it to be understood. */
export const isLeaning = (text: string): boolean => {
  const words = text.toLowerCase().match(/[\p{L}\p{N}'’-]+/gu) ?? [];
  return (
    words.length <= FEW_WORDS || OPENINGS.test(text) || words.some((word) => POINTING.has(word))
  );
};
