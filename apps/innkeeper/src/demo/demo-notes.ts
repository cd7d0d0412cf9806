import type { DemoDelivery } from './demo-delivery.js';
import { factKeys, type DemoHome, type DemoLanguage, type FactKey } from './demo-home.js';
import { headings, manualTitles } from './note-words.js';

/** The notes of one home: a manual in the language of the place, and a short guide in English beside it. */
export const noteDeliveries = (home: DemoHome): readonly DemoDelivery[] => [
  note(home, home.language, 'manual', factKeys),
  ...(home.language === 'en' ? [] : [note(home, 'en', 'guide', factKeys)]),
];

const note = (
  home: DemoHome,
  language: DemoLanguage,
  name: string,
  keys: readonly FactKey[],
): DemoDelivery => {
  const sections = keys.map((key) => {
    const { en, own } = home.facts[key];
    return `## ${headings[language][key]}\n\n${language === home.language ? (own ?? en) : en}`;
  });
  const front = [
    '---',
    `listing: ${home.nickname}`,
    `title: ${home.nickname}, ${manualTitles[language][name === 'manual' ? 0 : 1]}`,
    `language: ${language}`,
    'tags: [house manual]',
    '---',
  ];
  return {
    way: 'note',
    name: `${home.key}/${name}`,
    text: `${front.join('\n')}\n\n${sections.join('\n\n')}\n`,
  };
};

/** What holds for every home. */
export const companyNotes: readonly DemoDelivery[] = [
  {
    way: 'note',
    name: 'company/cancellation',
    text: '---\ntitle: Cancellation rules\nlanguage: en\ntags: [booking, money]\n---\n\nMore than five days before arrival everything is paid back. Later than that we keep half, and offer a voucher for the rest. Illness with a doctor’s letter counts as early.\n\n## Who may decide more\n\nNora Whitfield up to 300, beyond that only the owners of the home.\n',
  },
  {
    way: 'note',
    name: 'company/lost-property',
    text: '---\ntitle: Lost property\nlanguage: en\ntags: [lost and found]\n---\n\nThe cleaner photographs what is found and writes the stay’s code on a bag. We keep it for ninety days in the office cupboard, passports only for three. Guests pay the postage; under 10 euros we do.\n',
  },
  {
    way: 'note',
    name: 'company/emergencies',
    text: '---\ntitle: Emergencies and night duty\nlanguage: en\ntags: [emergency]\n---\n\nAmbulance and fire brigade: 112 everywhere on the continent, 999 in Britain. At night the duty phone is with Nora in even weeks and with Jana in odd ones.\n\n## Gas smell\n\nOpen windows, touch no switch, go outside, call the fire brigade, then us.\n\n## Water damage\n\nClose the main tap first. Take photographs before anything is moved.\n',
  },
  {
    way: 'note',
    name: 'company/invoices',
    text: '---\ntitle: Invoices and tax\nlanguage: en\ntags: [money]\n---\n\nInvoices are made out to the person who booked. A company name may be added within fourteen days. VAT is shown only for homes in Germany and the Netherlands.\n',
  },
];
