/** Languages with stop words and a stemmer, by ISO 639-1. */
export const languages = ['de', 'en', 'fr', 'es', 'it', 'nl', 'pl', 'pt'] as const;

export type Language = (typeof languages)[number];

/** Of a text whose language nobody can tell: its words are compared as they are written. */
export const NO_LANGUAGE = 'und';

export const isLanguage = (name: string): name is Language =>
  (languages as readonly string[]).includes(name);
