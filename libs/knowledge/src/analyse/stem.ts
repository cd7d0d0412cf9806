import { stemmer as dutch } from '@orama/stemmers/dutch';
import { stemmer as french } from '@orama/stemmers/french';
import { stemmer as german } from '@orama/stemmers/german';
import { stemmer as italian } from '@orama/stemmers/italian';
import { stemmer as portuguese } from '@orama/stemmers/portuguese';
import { stemmer as spanish } from '@orama/stemmers/spanish';
import { stem as english } from 'porter2';

import { fold } from './fold.js';
import { isLanguage, type Language } from './languages.js';
import { polishStem } from './polish-stem.js';

const stemmers: Readonly<Record<Language, (word: string) => string>> = {
  ...{ de: german, en: english, fr: french, es: spanish, it: italian, nl: dutch, pt: portuguese },
  // Snowball had no Polish when these packages were made.
  pl: (word) => polishStem(fold(word)),
};

const HAS_DIGIT = /\d/;

/** The folded stem of a word as it is written (small letters); what is no word of a known language is only folded. */
export const stemOf = (word: string, language: string): string => {
  if (!isLanguage(language) || word.length < 3 || HAS_DIGIT.test(word)) return fold(word);
  return fold(stemmers[language](word));
};
