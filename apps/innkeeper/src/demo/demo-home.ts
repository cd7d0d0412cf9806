/** Languages that guests of the demo company speak. */
export const demoLanguages = ['en', 'de', 'fr', 'es', 'it', 'nl'] as const;
export type DemoLanguage = (typeof demoLanguages)[number];

/** What the house notes of each home tell. */
export const factKeys = [
  'wifi',
  'access',
  'parking',
  'heating',
  'waste',
  'kitchen',
  'laundry',
  'power',
  'quirks',
  'area',
  'transport',
  'checkout',
  'rules',
] as const;
export type FactKey = (typeof factKeys)[number];

/** In English for all of the team, and in the language of the place where that is another. */
export interface HouseFact {
  readonly en: string;
  readonly own?: string;
}

/** One message of an incident, told as it was written. */
export interface StoryLine {
  readonly by: 'guest' | 'host';
  readonly text: string;
}

/** Something that happened once, at one home. */
export interface HomeStory {
  readonly language: DemoLanguage;
  readonly lines: readonly StoryLine[];
}

export interface DemoHome {
  readonly key: string;
  readonly nickname: string;
  readonly title: string;
  readonly street: string;
  readonly city: string;
  readonly zip: string;
  readonly country: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly timeZone: string;
  readonly currency: 'GBP' | 'EUR';
  readonly language: DemoLanguage;
  readonly guests: number;
  readonly bedrooms: number;
  readonly beds: number;
  readonly bathrooms: number;
  readonly price: number;
  readonly cleaning: number;
  readonly deposit: number;
  readonly checkIn: string;
  readonly checkOut: string;
  /** What it said until three weeks ago. */
  readonly earlier?: { readonly checkIn?: string; readonly checkOut?: string };
  readonly propertyType: string;
  readonly tags: readonly string[];
  readonly facts: Readonly<Record<FactKey, HouseFact>>;
  readonly stories: readonly HomeStory[];
}
