import { languageFor, type AnswerLanguage } from '../../texts/answer-texts.js';

/** Words that turn what is said into its opposite. */
const words: Readonly<Record<AnswerLanguage, string>> = {
  en: "not|no|never|none|nobody|nothing|nowhere|without|cannot|neither|nor|\\p{L}+n['’]t",
  de: 'nicht|kein(?:e[mnrs]?)?|nie|niemals|niemand(?:em|en)?|nichts|nirgends|ohne|weder|nein',
  fr: "ne|n['’]\\p{L}+|pas|jamais|sans|aucune?|ni|non|rien|personne",
  es: 'no|nunca|jamás|sin|ning[uú]n[ao]?|ni|tampoco|nada|nadie',
  it: 'non|no|mai|senza|nessun[ao]?|né|niente|nulla',
  nl: 'niet|geen|nooit|zonder|nee|niemand|niets|nergens|noch',
  pl: 'nie|bez|nigdy|żad(?:en|na|ne|nego|nej|nych)|brak|ani|nikt|nic|nigdzie',
  pt: 'não|nunca|sem|nenhum(?:a|as|ns)?|nem|nada|ninguém|jamais',
};

const patterns = new Map<AnswerLanguage, RegExp>();

const patternIn = (language: AnswerLanguage): RegExp => {
  const known = patterns.get(language);
  if (known) return known;
  const made = new RegExp(`(?<![\\p{L}\\p{N}])(?:${words[language]})(?![\\p{L}\\p{N}])`, 'giu');
  patterns.set(language, made);
  return made;
};

/** Where a text denies something, in UTF-16 units. `No. 5` is a number. */
export const negationsIn = (
  text: string,
  language: string,
): readonly { readonly start: number; readonly end: number }[] =>
  [...text.matchAll(patternIn(languageFor([language])))].flatMap(({ 0: word, index }) => {
    const end = index + word.length;
    return /^\.\s?\d/u.test(text.slice(end)) ? [] : [{ start: index, end }];
  });
