import type { DemoLanguage } from '../demo-home.js';
import type { DemoTalk } from '../demo-talk.js';
import { german } from './de.js';
import { english } from './en.js';
import { spanish } from './es.js';
import { french } from './fr.js';
import { italian } from './it.js';
import { dutch } from './nl.js';

export const talks: Readonly<Record<DemoLanguage, DemoTalk>> = {
  en: english,
  de: german,
  fr: french,
  es: spanish,
  it: italian,
  nl: dutch,
};
