/** What sort of thing a question asks for. `open`: it does not say. */
export type AskedSort = 'price' | 'number' | 'time' | 'place' | 'person' | 'yes-no' | 'open';

const at = (words: string, flags = 'iu'): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}])(?:${words})(?![\\p{L}\\p{N}])`, flags);

const times = at(
  'when|what time|until when|how late|how early|how long|opening hours|wann|um wie ?viel uhr|wie lange?|wie spät|ab wann|bis wann|' +
    'quand|à quelle heure|combien de temps|cuándo|cuando|a qué hora|hasta qué hora|cuánto tiempo|quando|a che ora|fino a che ora|' +
    'wanneer|hoe laat|hoe lang|vanaf hoe laat|kiedy|o której|od której|do której|jak długo|a que horas|até que horas|quanto tempo',
);
const prices = at(
  'how much (?:is|are|for|extra|do you|do we|does)|cost|costs|price|prices|charge for|do you charge|fee|fine|cheap|expensive|(?:for free|free of charge)|kostet|kosten|preis|preise|teuer|gebühr|kostenlos|umsonst|' +
    'verlangen sie|zahlen|coûte|coûtent|coût|prix|tarif|supplément|gratuite?|payer|paie|paye|cuesta|cuestan|cobran|precio|precios|tarifa|suplemento|gratis|paga|pagar|' +
    'costa|costano|prezzo|prezzi|tariffa|supplemento|pagare|kost|prijs|prijzen|tarief|duur|betalen|betaal|kosztuje|kosztują|cena|ceny|opłata|custa|custam|preço|preços|taxa',
);
const numbers = at(
  "how many|how much|how high|how far|how big|how old|how often|what(?: is|’s|'s) the deposit|" +
    'wie ?viele?|wie weit|wie groß|wie hoch|wie oft|combien|à quelle distance|' +
    'cuánt[oa]s?|a qué distancia|quant[oaie]|hoeveel|hoe ver|hoe groot|ile|jak daleko|quant[oa]s',
);
const places = at(
  'where|which (?:street|floor|drawer|cupboard)|address|wo|wohin|adresse|où|adresse|dónde|donde|dirección|dove|indirizzo|waar|adres|gdzie|onde|endereço',
);
const persons = at('who|whom|whose|wer|wen|wem|qui|quién|quiénes|quien|chi|kto|kogo|quem');

const YES_NO =
  /^\W*(?:(?:and|but|so|also|hi|hello|thanks|great|okay|ok|und|et|y|e|en|i)\W+)*(?:is|are|was|were|do|does|did|can|could|may|might|has|have|will|would|should|am|any|ist|sind|war|gibt|hat|habt|haben|kann|können|darf|dürfen|muss|müssen|soll|liegt|bietet|est[- ]ce|y a[- ]t[- ]il|avez[- ]vous|peut[- ]on|puis[- ]je|hay|tiene|tienen|puedo|podemos|se puede|está|están|es|c['’]è|ci sono|posso|possiamo|si può|avete|is er|zijn er|heeft|hebben|mag|kan|kunnen|czy|há|tem|têm|podemos|pode|é)(?![\p{L}\p{N}])/iu;

/** By its words: the first that says it, from the most to the least exact. */
export const askedSortOf = (question: string): AskedSort => {
  if (prices.test(question)) return 'price';
  if (times.test(question)) return 'time';
  if (numbers.test(question)) return 'number';
  if (places.test(question)) return 'place';
  if (persons.test(question)) return 'person';
  return lastSentenceOf(question).some((sentence) => YES_NO.test(sentence)) ? 'yes-no' : 'open';
};

const lastSentenceOf = (text: string): readonly string[] =>
  text
    .split(/(?<=[.!?])\s+/u)
    .filter((sentence) => sentence.trim() !== '')
    .slice(-2);

const CLOCK =
  /\d{1,2}[:.h]\d{2}|\d{1,2}\s?(?:am|pm|a\.m|p\.m|uhr|h\b)|o['’]clock|midnight|noon|mitternacht|mittags?|minuit|midi|medianoche|mediod[ií]a|mezzanotte|mezzogiorno|middernacht|północ|meia-noite|\b24\b/iu;
const SPAN =
  /\d+\s*(?:min|hour|day|night|week|month|year|stund|tag|nächt|nacht|woche|monat|jahr|heure|jour|nuit|semaine|mois|hora|día|dia|noche|semana|mes|ora|ore|giorn|nott|settiman|uur|dag|week|maand|godzin|dni|noc)/iu;
const DATE =
  /\d{1,2}[./-]\d{1,2}|\d{4}|\b(?:jan|feb|mar|mär|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez)|day|tag\b|daily|täglich|always|immer/iu;
const MONEY =
  /[€$£]|(?<!\p{L})(?:euros?|eur|dollars?|usd|pounds?|gbp|cents?|pence|francs?|chf|franken|pfund|centimes?|céntimos?|centesimi|złot|zł|pln|free|gratis|gratuit|kostenlos|kostenfrei|umsonst|included|inklusive|inbegriffen|enthalten|compris|inclus|incluid|compres|inbegrepen|half|hälfte|moitié|mitad|metà|helft|połow|metade|percent|prozent|pour ?cent|por ?ciento|procent)|%/iu;
const NUMBER =
  /\d|[€$£]|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|no|none|free|half|ein|eine|zwei|drei|vier|fünf|sechs|kein|keine|kostenlos|gratis|un|une|deux|trois|quatre|cinq|gratuit|uno|dos|tres|cuatro|cinco|due|tre|quattro|twee|drie|vier|dwa|trzy|dois|três)\b/iu;

/** Whether a text holds something of the sort that is asked for: 0, 1, or one half where that cannot be told. */
export const holdsSort = (text: string, sort: AskedSort): number => {
  if (sort === 'price') return MONEY.test(text) ? 1 : 0;
  if (sort === 'time') return CLOCK.test(text) || SPAN.test(text) || DATE.test(text) ? 1 : 0;
  if (sort === 'number') return NUMBER.test(text) ? 1 : 0;
  if (sort === 'person') return /(?<![.!?:]\s)(?<!^)\b\p{Lu}\p{Ll}+/u.test(text) ? 1 : 0;
  return 0.5;
};
