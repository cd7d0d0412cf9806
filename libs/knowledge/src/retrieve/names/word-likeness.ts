/** Shorter words are compared letter by letter only: one edit makes another word of them. */
const SHORTEST = 4;

const LEAST = 0.5;

/** What one edit costs, as a share of the longer word. */
const PRICE = 1.6;

/** A slip on the first letter is rare. */
const OTHER_BEGINNING = 0.85;

/** How likely one folded word is the other misspelt: 1 where they are equal, 0 where they are two words. */
export const likeness = (a: string, b: string): number => {
  if (a === b) return 1;
  const shorter = Math.min(a.length, b.length);
  if (shorter < SHORTEST || /\d/.test(a + b)) return 0;
  if (isInflected(a, b) || isInflected(b, a)) return INFLECTED;
  const longer = Math.max(a.length, b.length);
  const most = Math.floor(((1 - LEAST) * longer) / PRICE);
  const edits = editsBetween(a, b, most);
  if (edits > most) return 0;
  const like = 1 - (PRICE * edits) / longer;
  const weighed = a[0] === b[0] ? like : like * OTHER_BEGINNING;
  return weighed >= LEAST ? weighed : 0;
};

const INFLECTED = 0.95;

/** `Seehauses` of `Seehaus`: an ending of case or number. */
const isInflected = (word: string, longer: string): boolean =>
  longer.startsWith(word) && /^(?:s|n|en|es|e)$/.test(longer.slice(word.length));

/** Letters added, left out, exchanged or swapped with the next one; more than `most` is just more. */
export const editsBetween = (a: string, b: string, most: number): number => {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, (before[j - 2] ?? 0) + 1);
      next.push(least);
    }
    if (Math.min(...next) > most) return most + 1;
    [before, row] = [row, next];
  }
  return row[b.length] ?? most + 1;
};

/** The three-letter pieces of a word, its edges marked. */
export const piecesOf = (word: string): readonly string[] => {
  const marked = `^${word}$`;
  const pieces = new Set<string>();
  for (let i = 0; i + 3 <= marked.length; i++) pieces.add(marked.slice(i, i + 3));
  return [...pieces];
};
