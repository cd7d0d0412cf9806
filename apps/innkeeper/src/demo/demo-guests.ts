import { Chance } from './chance.js';
import type { DemoLanguage } from './demo-home.js';
import { demoId } from './demo-ids.js';

export interface DemoGuest {
  readonly n: number;
  readonly id: string;
  readonly first: string;
  readonly last: string;
  readonly name: string;
  readonly mail: string;
  /** E.164. */
  readonly phone: string;
  readonly language: DemoLanguage;
  readonly hometown: string;
}

interface Names {
  readonly first: readonly string[];
  readonly last: readonly string[];
  readonly towns: readonly string[];
  /** Where a country keeps numbers free for stories, these are some; `n` has three digits. */
  readonly phone: (n: string) => string;
}

const words = (text: string): readonly string[] => text.split(' ');

const names: Readonly<Record<DemoLanguage, Names>> = {
  en: {
    first: words(
      'Oliver Amelia Harriet Callum Priya Dylan Rosalind Kwame Imogen Declan Tabitha Gareth Nadia Rupert Siobhan Theo Winifred Malik Bronwen Edgar',
    ),
    last: words(
      'Hartley Penrose Okafor Blackwood Sutcliffe Brennan Pemberton Achebe Lockwood Davies Fairbairn Qureshi Trelawney Hobbs Mackenzie Ashdown Rowntree Kavanagh Bellamy Nightingale',
    ),
    towns: words('Leeds Edinburgh Cardiff Norwich Dublin Exeter Sheffield Boston Toronto'),
    phone: (n) => `+447700900${n}`,
  },
  de: {
    first: words(
      'Annika Björn Charlotte Detlef Elif Friederike Götz Heike Ingo Jule Karsten Liesel Moritz Nele Ottmar Petra Rüdiger Swantje Tilman Ursula',
    ),
    last: words(
      'Achterberg Brinkmann Çelik Dörfler Eichstädt Frühauf Größl Hübner Itzenplitz Jürgens Kowalke Löwe Mühlbauer Nießen Oppermann Pfeiffer Rößler Schönberg Thürmann Wölfle',
    ),
    towns: words('Hamburg Münster Leipzig Ulm Kassel Zürich Wien Rostock Göttingen'),
    phone: (n) => (Number(n) % 2 === 0 ? `+4917139200${n.slice(1)}` : `+49176040690${n.slice(1)}`),
  },
  fr: {
    first: words(
      'Aurélie Baptiste Clémence Didier Élodie Fabrice Gaëlle Hugo Inès Jérôme Léonie Mathilde Noémie Octave Pascal Quentin Rozenn Sylvain Thérèse Yannick',
    ),
    last: words(
      'Abadie Bellanger Castanet Delacroix Évrard Fauvel Garrigue Hébert Jaouen Kerleau Lefèvre Maréchal Noël Pélissier Roussel Sénéchal Thibaud Vasseur Wagnies Zeller',
    ),
    towns: words('Lyon Nantes Rennes Lille Dijon Grenoble Bruxelles Genève Toulouse'),
    phone: (n) => `+336399800${n.slice(1)}`,
  },
  es: {
    first: words(
      'Álvaro Begoña Carmelo Dolores Esteban Fátima Gonzalo Hortensia Íñigo Jimena Lorenzo Macarena Nuria Óscar Pilar Rocío Santiago Tomasa Vicente Zulema',
    ),
    last: words(
      'Aguirre Barrera Cañizares Domínguez Echevarría Fuentes Garrido Hinojosa Ibáñez Jurado Lozano Muñoz Núñez Olmedo Peñalver Quintana Rebollo Sáenz Tejero Zambrano',
    ),
    towns: words('Madrid Valencia Zaragoza Bilbao Murcia Granada Oviedo Salamanca Vigo'),
    phone: (n) => `+34699000${n}`,
  },
  it: {
    first: words(
      'Alessia Bruno Chiara Davide Elena Fabio Giulia Ignazio Letizia Matilde Nicolò Ornella Pietro Rosanna Saverio Teresa Ugo Valentina Walter Zeno',
    ),
    last: words(
      'Amoruso Bianchetti Colombo D’Angelo Esposito Ferraris Galimberti Iacobelli Lanfranchi Merlo Niccolai Orlandi Pagliari Quaglia Rinaldi Sbrana Tondelli Urbani Viscardi Zanetti',
    ),
    towns: words('Milano Torino Bologna Parma Bari Trieste Modena Perugia Padova'),
    phone: (n) => `+393450000${n}`,
  },
  nl: {
    first: words(
      'Anouk Bram Carlijn Diederik Esmée Floris Geertje Hidde Ilse Joost Karlijn Lotte Maarten Nienke Oscar Pieternel Roel Saskia Teun Wouter',
    ),
    last: [
      'van Aalst',
      'Boerema',
      'Claassen',
      'van Dalen',
      'Ebbink',
      'Fokkema',
      'de Groot',
      'Huizinga',
      'van Ittersum',
      'Jongeneel',
      'Kuipers',
      'van Leeuwen',
      'Meertens',
      'Nijhuis',
      'Oosterhuis',
      'Postma',
      'Rietveld',
      'Schuurman',
      'ter Horst',
      'Zandstra',
    ],
    towns: words('Utrecht Groningen Arnhem Breda Leiden Zwolle Gent Antwerpen Delft'),
    phone: (n) => `+316970001${n.slice(1)}`,
  },
};

/** Nobody shares a name with another, so that a name finds one guest. */
export const demoGuest = (n: number, language: DemoLanguage): DemoGuest => {
  const { first, last, towns, phone } = names[language];
  // Twenty and twenty, turned against each other: four hundred names before one comes again.
  const firstName = first[n % first.length] ?? '';
  const lastName = last[(n + Math.floor(n / last.length)) % last.length] ?? '';
  const ascii = `${firstName}.${lastName}`
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll('ß', 'ss')
    .replaceAll(/[^A-Za-z.]/g, '')
    .toLowerCase();
  return {
    n,
    id: demoId('guest', n),
    first: firstName,
    last: lastName,
    name: `${firstName} ${lastName}`,
    mail: `${ascii}@mail.example`,
    phone: phone(String(n).padStart(3, '0')),
    language,
    hometown: new Chance(`town ${n}`).one(towns),
  };
};
