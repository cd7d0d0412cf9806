/** Where a sentence begins and ends in its text, in UTF-16 units, without the space around it. */
export interface SentenceSpan {
  readonly start: number;
  readonly end: number;
}

const END = /[.!?…]+["'”’»)\]]*(?=\s|$)|[。！？]|\n+/gu;

/** Words that end with a point and end no sentence, in all languages. */
const shortened = new Set(
  (
    'bzw ca dr etc evtl ggf hr fr inkl nr prof st str tel usw vgl zzgl z.b d.h u.a mr mrs ms no vs e.g i.e approx ' +
    'av bd m mme mlle rdv p.ex ex sr sra srta avda c/ ud uds dña d p.ej sig sig.ra dott ecc p.es bijv dhr mevr o.a ' +
    'bv tel ul al np godz m.in tj dot im r av exmo exma jan feb febr mar apr aug sept okt oct nov dez dec a.m p.m'
  ).split(' '),
);
const LAST_WORD = /([\p{L}\p{N}./]+)$/u;
const ONLY_NUMBER = /^\d{1,2}$/;
const SMALL_FOLLOWS = /^\s+[\p{Ll}\d]/u;

/** Cuts at ends of sentences and at line breaks; not behind `z. B.`, `Dr.` or the number of a day. */
export const sentencesIn = (text: string): readonly SentenceSpan[] => {
  const spans: SentenceSpan[] = [];
  let start = 0;
  for (const { 0: mark, index } of text.matchAll(END)) {
    if (mark === '.' && goesOn(text, start, index)) continue;
    pushTrimmed(spans, text, start, mark.includes('\n') ? index : index + mark.length);
    start = index + mark.length;
  }
  pushTrimmed(spans, text, start, text.length);
  return spans;
};

const goesOn = (text: string, start: number, point: number): boolean => {
  const word = LAST_WORD.exec(text.slice(start, point))?.[1]?.toLowerCase() ?? '';
  const after = text.slice(point + 1, point + 12);
  if (shortened.has(word) || /^\p{L}$/u.test(word)) return after.trim() !== '';
  return ONLY_NUMBER.test(word) ? /^\s+\p{L}/u.test(after) : SMALL_FOLLOWS.test(after);
};

const pushTrimmed = (spans: SentenceSpan[], text: string, start: number, end: number): void => {
  const piece = text.slice(start, end);
  const from = start + piece.length - piece.trimStart().length;
  const to = start + piece.trimEnd().length;
  if (to > from) spans.push({ start: from, end: to });
};
