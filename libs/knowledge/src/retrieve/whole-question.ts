import { isStopWordOfAny } from '../analyse/stop-words.js';
import { sentencesOfLines } from '../passages/sentences.js';
import type { TextSpan } from '../passages/text-size.js';
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
  /^\s*(?:and|or|but|also|so|then|what about|how about|und|oder|aber|auch|wie ist es mit|was ist mit|et|ou|mais|aussi|qu(?:['’]| )?en est[- ]il|y|e|o|pero|también|tambien|qué tal|ma|anche|en|maar|ook|i co z|a co z|oraz|mas|também|tambem)(?![\p{L}\p{N}])/iu;

/** Here `there` and `es` stand for nothing. */
const EXISTING =
  /(?<!\p{L})(?:(?:is|are|was|were|will) there|there(?:['’]s| is| are)|gibt[ ’']?e?s|il y a|y a[- ]t[- ]il|ci sono|c['’]è|(?:is|zijn|was) er|er (?:is|zijn|was))(?!\p{L})/giu;

/** Places said before. */
const POINTING_THERE = new Set('there dort là-bas allí allá ahí lì là daar lá ali tam'.split(' '));

/** Words that stand for something said before, mostly in an earlier question, or else earlier in this one. */
const POINTING = new Set(
  (
    'it its they them their he him she her hers ' +
    'sie ihn ihm ihr ihnen dies dieser dieses davon dafür dazu damit dabei darin ' +
    'elle ils elles lui leur ça cela celui celle ceux ' +
    'él ella ellos ellas eso esto aquello ' +
    'esso essa lui lei loro quello quella ' +
    'hij zij hem haar hen deze ' +
    'ele ela eles elas isso isto aquilo ' +
    'tego jego jej ich'
  ).split(' '),
);

/** Articles and numbers, too: they point only where nothing follows that they belong to. */
const POINTING_ALONE =
  /(?<!\p{L})(?:this|that|these|those|same|ones?|es|das|die|der|dat|het|dit|to|lo)(?=\s*(?:[?.!,;]|$)|\s+(?:is|are|has|have|does|cost|costs|work|works|include|includes|mean|ist|sind|hat|kostet|heißt|heeft|kost)(?!\p{L}))/iu;

/** After so many words of its own a question has named what it points to: `When did Ann move, and where did she go?` */
const NAMED = 2;

/** A question of so few words seldom says all that is asked. */
const FEW_WORDS = 3;

const wordsIn = (text: string): readonly string[] => text.match(/[\p{L}\p{N}'’-]+/gu) ?? [];

/** Whether a question says by a word that it is about something said before. */
export const isPointing = (text: string): boolean => {
  const said = text.replaceAll(EXISTING, ' ');
  return OPENINGS.test(said) || POINTING_ALONE.test(said) || hasPointingWord(wordsIn(said));
};

const hasPointingWord = (words: readonly string[]): boolean => {
  let named = 0;
  for (const [at, word] of words.entries()) {
    const small = word.toLowerCase();
    if (POINTING_THERE.has(small)) return true;
    if (POINTING.has(small) && named < NAMED && !isFormal(word, at)) return true;
    if (!isStopWordOfAny(small)) named += 1;
  }
  return false;
};

/** German `Sie` and `Ihnen` are who is asked. */
const isFormal = (word: string, at: number): boolean => at > 0 && /^(?:Sie|Ihnen|Ihr)$/u.test(word);

/** Whether a question needs the turns before it to be understood. */
export const isLeaning = (text: string): boolean =>
  isPointing(text) || wordsIn(text).length <= FEW_WORDS;

/** Where a text asks: of several sentences those with a question mark. All of it where none has one, or every one. */
export const askingSpans = (text: string): readonly TextSpan[] => {
  const sentences = sentencesOfLines(text);
  const asking = sentences.filter(({ start, end }) => /[?？]/u.test(text.slice(start, end)));
  return asking.length === 0 ? sentences : asking;
};
