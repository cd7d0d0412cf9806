import { describe, expect, it } from '@jest/globals';

import { recogniseLookUp } from './recognise-look-up.js';

const recognised: readonly (readonly [text: string, topic: string, language: string])[] = [
  ['When does Hannah Müller arrive?', 'arrival', 'en'],
  ['What time is Hannah Müller checking in?', 'arrival', 'en'],
  ['When does the guest in 12 leave?', 'departure', 'en'],
  ['Until when is Mr Okafor staying?', 'departure', 'en'],
  ['Which home is Hannah in?', 'home', 'en'],
  ['Where is Hannah Müller staying?', 'home', 'en'],
  ['How many people come with Hannah?', 'party', 'en'],
  ['What does Hannah Müller still owe?', 'balance', 'en'],
  ['Has Hannah Müller paid?', 'balance', 'en'],
  ['What is the phone number of the guest in 12?', 'phone', 'en'],
  ['What is the e-mail address of Hannah?', 'mail', 'en'],
  ['What is the confirmation code of Hannah Müller?', 'code', 'en'],
  ['Has anybody called from +49 171 3920094?', 'calls', 'en'],
  ['When did +34 699 000 111 call last?', 'calls', 'en'],
  ['Can you tell me when Hannah arrives?', 'arrival', 'en'],
  ['Wann reist Herr Müller ab?', 'departure', 'de'],
  ['Wann kommt Frau Müller?', 'arrival', 'de'],
  ['Wann reist Familie Müller an?', 'arrival', 'de'],
  ['In welcher Wohnung ist Frau Müller?', 'home', 'de'],
  ['Wie viele Personen kommen mit Herrn Müller?', 'party', 'de'],
  ['Was schuldet Herr Müller noch?', 'balance', 'de'],
  ['Wie lautet die Telefonnummer von Frau Müller?', 'phone', 'de'],
  ['Wann hat Herr Müller zuletzt angerufen?', 'calls', 'de'],
  ['Quand arrive Madame Lefèvre ?', 'arrival', 'fr'],
  ['Quand part le client de Le Grenier ?', 'departure', 'fr'],
  ['Dans quel logement est Madame Lefèvre ?', 'home', 'fr'],
  ['Combien doit encore Madame Lefèvre ?', 'balance', 'fr'],
  ['Quel est le numéro de téléphone de Madame Lefèvre ?', 'phone', 'fr'],
  ['¿Cuándo llega la señora Muñoz?', 'arrival', 'es'],
  ['¿Cuándo sale el huésped de Casa Azahar?', 'departure', 'es'],
  ['¿En qué casa está la señora Muñoz?', 'home', 'es'],
  ['¿Cuánto debe todavía Muñoz?', 'balance', 'es'],
  ['¿Con cuántas personas viene Muñoz?', 'party', 'es'],
  ['Quando arriva il signor Rinaldi?', 'arrival', 'it'],
  ['Quanto deve ancora Rinaldi?', 'balance', 'it'],
  ['In quale casa alloggia Rinaldi?', 'home', 'it'],
  ['Wanneer vertrekt mevrouw de Groot?', 'departure', 'nl'],
  ['In welk huis zit mevrouw de Groot?', 'home', 'nl'],
  ['Hoeveel personen komen er met de Groot?', 'party', 'nl'],
  ['Kiedy przyjeżdża pan Wójcik?', 'arrival', 'pl'],
  ['W którym domu mieszka pan Wójcik?', 'home', 'pl'],
  ['Quando chega o senhor Silva?', 'arrival', 'pt'],
  ['Quanto deve o senhor Silva?', 'balance', 'pt'],
  ['Em que casa está o senhor Silva?', 'home', 'pt'],
];

const left: readonly string[] = [
  'What did Hannah Müller say about her arrival?',
  'Why does Hannah leave so early?',
  'What is the earliest time when guests may check in?',
  'How do I call a taxi?',
  'Where can Hannah leave her luggage?',
  'Did Hannah call about the broken heating?',
  'What did Hannah complain about in her e-mail?',
  'What is the wifi password?',
  'Wo ist der Sicherungskasten?',
  'Worüber hat sich Frau Müller beschwert?',
  'Was hat Herr Müller über die Anreise geschrieben?',
  'Wie komme ich zum Bahnhof?',
  'Où est le compteur électrique ?',
  'Que dit le règlement ?',
  '¿Dónde está el contador?',
  'Dov’è il quadro elettrico?',
  'Waar staat de vuilnisbak?',
  'Gdzie jest bezpiecznik?',
  'Onde fica o quadro elétrico?',
  'What is our cancellation policy?',
  'Is there a hair dryer?',
];

describe('one thing that is asked about somebody', () => {
  it.each(recognised)('%s', (text, topic, language) => {
    expect(recogniseLookUp(text)).toEqual({ topic, language });
  });

  it.each(left)('is not: %s', (text) => {
    expect(recogniseLookUp(text)).toBeUndefined();
  });
});
