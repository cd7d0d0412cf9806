/** A sentence of a text, with where it stands, in UTF-16 units. */
export interface Sentence {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const segmenters = new Map<string, Intl.Segmenter>();

/** Making one costs far more than using it. */
const segmenterOf = (language: string): Intl.Segmenter => {
  let known = segmenters.get(language);
  if (!known) {
    known = new Intl.Segmenter(language || 'en', { granularity: 'sentence' });
    segmenters.set(language, known);
  }
  return known;
};

/** Sentences of a text; a line break ends one, too. */
export const sentencesOf = (text: string, language: string): readonly Sentence[] => {
  const found: Sentence[] = [];
  for (const { segment, index } of segmenterOf(language).segment(text)) {
    let start = index;
    for (const line of segment.split('\n')) {
      const trimmed = line.trim();
      const at = start + line.indexOf(trimmed);
      if (trimmed !== '') found.push({ text: trimmed, start: at, end: at + trimmed.length });
      start += line.length + 1;
    }
  }
  return found;
};
