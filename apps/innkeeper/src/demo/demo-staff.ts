import type { DemoLanguage } from './demo-home.js';

export const COMPANY = 'Larch & Tide Homes';
/** As Guesty names the account. */
export const ACCOUNT = '64b000000000000000000001';

export interface DemoColleague {
  readonly name: string;
  readonly language: DemoLanguage;
  /** As Aircall and Guesty know them. */
  readonly aircall: number;
  readonly guesty: string;
  readonly mail: string;
  readonly timeZone: string;
}

const colleague = (n: number, name: string, language: DemoLanguage, timeZone: string) => ({
  name,
  language,
  aircall: 930_100 + n,
  guesty: `64b1000000000000000000${String(n).padStart(2, '0')}`,
  mail: `${name.split(' ')[0]?.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase() ?? ''}@larchandtide.example`,
  timeZone,
});

/** Who answers guests in each language. */
export const hosts: Readonly<Record<DemoLanguage, DemoColleague>> = {
  en: colleague(1, 'Nora Whitfield', 'en', 'Europe/London'),
  de: colleague(2, 'Jana Reuter', 'de', 'Europe/Berlin'),
  fr: colleague(3, 'Camille Aubry', 'fr', 'Europe/Paris'),
  es: colleague(4, 'Lucía Ferrer', 'es', 'Europe/Madrid'),
  it: colleague(5, 'Marta Bassi', 'it', 'Europe/Rome'),
  nl: colleague(6, 'Sanne de Wit', 'nl', 'Europe/Amsterdam'),
};

/** They look after houses and speak to nobody on the phone. */
export const caretakers: readonly DemoColleague[] = [
  colleague(11, 'Femi Adeyemi', 'en', 'Europe/London'),
  colleague(12, 'Benoît Larrieu', 'fr', 'Europe/Paris'),
  colleague(13, 'Beppe Nencini', 'it', 'Europe/Rome'),
];

export interface DemoLine {
  readonly id: number;
  readonly name: string;
  readonly e164: string;
  readonly country: string;
  readonly timeZone: string;
}

/** Numbers that are kept free for stories, where a country keeps some. */
export const lines: Readonly<Record<'uk' | 'de' | 'fr', DemoLine>> = {
  uk: {
    id: 560_101,
    name: 'Guest line UK',
    e164: '+442079460155',
    country: 'GB',
    timeZone: 'Europe/London',
  },
  de: {
    id: 560_102,
    name: 'Gästetelefon',
    e164: '+493023125077',
    country: 'DE',
    timeZone: 'Europe/Berlin',
  },
  fr: {
    id: 560_103,
    name: 'Ligne hôtes',
    e164: '+33199005512',
    country: 'FR',
    timeZone: 'Europe/Paris',
  },
};

export const lineFor = (language: DemoLanguage): DemoLine => {
  if (language === 'de' || language === 'nl') return lines.de;
  return language === 'en' ? lines.uk : lines.fr;
};
