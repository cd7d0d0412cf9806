/** Which topics places of a sort write about. */
export const topicsOfSort = {
  hotel:
    'parking breakfast pool wifi pets arrival departure towels cot smoking shuttle lift gym deposit bikes charger sauna',
  home: 'parking wifi pets arrival departure key heating waste laundry towels sauna deposit quiet bikes fuse oven boat',
  restaurant:
    'parking wifi pets table kitchen vegan terrace payment groups corkage takeaway smoking charger lift',
  campsite:
    'parking wifi pets arrival departure showers power gate fire boat shop quiet bikes laundry deposit pool',
} as const;

export type PlaceSort = keyof typeof topicsOfSort;

/** Invented, two of a sort in each language where a sort has two. */
export const placeNames: Readonly<Record<string, Readonly<Record<PlaceSort, readonly string[]>>>> =
  {
    en: {
      hotel: ['Heron Court', 'The Copper Bell'],
      home: ['Bramble Cottage', 'Tidewater House'],
      restaurant: ['The Salted Plum'],
      campsite: ['Otter Meadow'],
    },
    de: {
      hotel: ['Hotel Lindenhof', 'Gasthof Eisvogel'],
      home: ['Haus Brombeere', 'Ferienhaus Seestern'],
      restaurant: ['Wirtshaus Zum Dachs'],
      campsite: ['Campingplatz Erlengrund'],
    },
    fr: {
      hotel: ['Hôtel du Héron', 'Hôtel des Tanneurs'],
      home: ['La Maison du Mûrier', 'Gîte des Ajoncs'],
      restaurant: ['Le Chaudron Bleu'],
      campsite: ['Camping de la Loutre'],
    },
    es: {
      hotel: ['Hotel Garza Real', 'Hostal del Molino'],
      home: ['Casa Zarzamora', 'Villa Marea'],
      restaurant: ['El Caldero de Rosa'],
      campsite: ['Camping La Nutria'],
    },
    it: {
      hotel: ['Albergo Airone', 'Locanda del Rame'],
      home: ['Casa Ginepro', 'Villa Mareggiata'],
      restaurant: ['Trattoria Al Tasso'],
      campsite: ['Campeggio La Lontra'],
    },
    nl: {
      hotel: ['Hotel De Reiger', 'Logement Koperslager'],
      home: ['Huis Braam', 'Vakantiehuis Eb en Vloed'],
      restaurant: ['Eethuis De Das'],
      campsite: ['Camping Otterwei'],
    },
  };

/** What a sort is called, how a place is named in a question, and how a question goes on from another. */
export const placeWords: Readonly<
  Record<
    string,
    {
      readonly sorts: Readonly<Record<PlaceSort, string>>;
      readonly at: readonly string[];
      readonly and: string;
    }
  >
> = {
  en: {
    sorts: { hotel: 'hotel', home: 'holiday home', restaurant: 'restaurant', campsite: 'campsite' },
    at: [
      '{name}: {ask}',
      'We booked {name}. {ask}',
      'Hello, we have a question about {name}. {ask}',
    ],
    and: 'And ',
  },
  de: {
    sorts: {
      hotel: 'Hotel',
      home: 'Ferienhaus',
      restaurant: 'Restaurant',
      campsite: 'Campingplatz',
    },
    at: [
      '{name}: {ask}',
      'Wir haben {name} gebucht. {ask}',
      'Hallo, wir haben eine Frage zu {name}. {ask}',
    ],
    and: 'Und ',
  },
  fr: {
    sorts: {
      hotel: 'hôtel',
      home: 'maison de vacances',
      restaurant: 'restaurant',
      campsite: 'camping',
    },
    at: [
      '{name} : {ask}',
      'Nous avons réservé {name}. {ask}',
      'Bonjour, nous avons une question sur {name}. {ask}',
    ],
    and: 'Et ',
  },
  es: {
    sorts: {
      hotel: 'hotel',
      home: 'casa de vacaciones',
      restaurant: 'restaurante',
      campsite: 'camping',
    },
    at: [
      '{name}: {ask}',
      'Hemos reservado {name}. {ask}',
      'Hola, tenemos una pregunta sobre {name}. {ask}',
    ],
    and: 'Y ',
  },
  it: {
    sorts: {
      hotel: 'albergo',
      home: 'casa vacanze',
      restaurant: 'ristorante',
      campsite: 'campeggio',
    },
    at: [
      '{name}: {ask}',
      'Abbiamo prenotato {name}. {ask}',
      'Buongiorno, abbiamo una domanda su {name}. {ask}',
    ],
    and: 'E ',
  },
  nl: {
    sorts: { hotel: 'hotel', home: 'vakantiehuis', restaurant: 'restaurant', campsite: 'camping' },
    at: [
      '{name}: {ask}',
      'We hebben {name} geboekt. {ask}',
      'Hallo, we hebben een vraag over {name}. {ask}',
    ],
    and: 'En ',
  },
};
