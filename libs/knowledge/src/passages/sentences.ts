import { trimmed, type TextSpan } from './text-size.js';

/** What ends with a point and ends no sentence, in the languages of guests. Written without that point. */
const abbreviations = new Set(
  [
    'mr mrs ms dr prof st no nr vs etc e.g i.e cf approx apt ave blvd fig vol dept ext tel max min incl excl hrs',
    'z.b bzw ca usw zzgl evtl ggf inkl exkl str hr fr u.a d.h o.ä z.t vgl bspw tgl mind',
    'm mme mlle bd env rdv p.ex av avda sr sra srta ud uds dña núm pág aprox c.a p.ej vd vds',
    'sig sig.ra dott es pag ecc p.es jr sta exmo exma dom bijv blz resp evt o.a t.a.v nl incl dhr mevr bv m.in tj',
    'np tzn itd itp ul al pl godz tel pok tzw dot min max p jan feb mar apr jun jul aug sep sept oct okt nov dec dez',
  ]
    .join(' ')
    .split(' '),
);

/** A sign that ends sentences, what closes after it, and a blank or the end. */
const ENDS = /(?:[.!?…]+["'”’»)\]]*(?=\s|$))|(?:[。！？]+[」』）]*)/gu;

/** The sentences of a text within a span, in order, blanks at their ends left out. Line ends do not end one. */
export const sentencesIn = (text: string, span: TextSpan): readonly TextSpan[] => {
  const found: TextSpan[] = [];
  let start = span.start;
  ENDS.lastIndex = span.start;
  for (let end = ENDS.exec(text); end && end.index < span.end; end = ENDS.exec(text)) {
    const after = end.index + end[0].length;
    if (after >= span.end) break;
    if (!endsSentence(text, end.index, after, start)) continue;
    const sentence = trimmed(text, { start, end: after });
    if (sentence) found.push(sentence);
    start = after;
  }
  const rest = trimmed(text, { start, end: span.end });
  if (rest) found.push(rest);
  return found;
};

/** The same of a whole text in which line ends do end sentences: what is quoted never reaches over one. */
export const sentencesOfLines = (text: string): readonly TextSpan[] =>
  [...text.matchAll(/[^\n\r]+/gu)].flatMap(({ 0: line, index }) =>
    sentencesIn(text, { start: index, end: index + line.length }),
  );

const endsSentence = (text: string, at: number, after: number, from: number): boolean => {
  const next = /\S/u.exec(text.slice(after, after + 40))?.[0];
  // A small letter goes on with what was begun.
  if (next !== undefined && /\p{Ll}/u.test(next)) return false;
  if (text.charAt(at) !== '.') return true;
  const word = /\S+$/u.exec(text.slice(Math.max(from, at - 24), at))?.[0] ?? '';
  const bare = word.replace(/^[("'„“«[¿¡]+/u, '').toLowerCase();
  // `14. September`, an initial, an abbreviation.
  return !/^\d{1,2}$/u.test(bare) && !/^\p{L}$/u.test(bare) && !abbreviations.has(bare);
};
