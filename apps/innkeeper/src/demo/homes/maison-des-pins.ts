import type { DemoHome } from '../demo-home.js';

export const maisonDesPins: DemoHome = {
  key: 'maison-des-pins',
  nickname: 'Maison des Pins',
  title: 'Maison des Pins, villa landaise près de l’océan',
  street: '41 avenue des Écureuils',
  city: 'Hossegor',
  zip: '40150',
  country: 'France',
  latitude: 43.6712,
  longitude: -1.4261,
  timeZone: 'Europe/Paris',
  currency: 'EUR',
  language: 'fr',
  ...{ guests: 8, bedrooms: 4, beds: 6, bathrooms: 3, price: 290, cleaning: 120, deposit: 500 },
  ...{ checkIn: '17:00', checkOut: '10:00' },
  earlier: { checkIn: '16:00' },
  propertyType: 'Villa',
  tags: ['sea', 'pool', 'surf'],
  facts: {
    wifi: {
      en: 'The network is Pins-Invites and the password is grandplage40. By the pool use Pins-Jardin with the same password.',
      own: 'Le réseau s’appelle Pins-Invites et le mot de passe est grandplage40. Au bord de la piscine, prenez Pins-Jardin, même mot de passe.',
    },
    access: {
      en: 'The gate opens with code 1866*. Keys are in the box on the shed to the right, code 9054. The alarm is off while you stay; do not touch the keypad.',
      own: 'Le portail s’ouvre avec le code 1866*. Les clés sont dans la boîte sur le cabanon à droite, code 9054. L’alarme est coupée pendant votre séjour, ne touchez pas au clavier.',
    },
    parking: {
      en: 'Four cars fit under the pines inside the gate. Resin drips: covers are in the shed. A charging socket of 7 kilowatts is beside the boules ground.',
      own: 'Quatre voitures tiennent sous les pins, derrière le portail. La résine coule : des housses sont dans le cabanon. Une prise de recharge de 7 kilowatts se trouve près du terrain de pétanque.',
    },
    heating: {
      en: 'Reversible air conditioning in each bedroom; the remotes are in the bedside tables. The pool is heated to 27 degrees from May to September, in other months for 25 euros a day.',
      own: 'Chaque chambre a une climatisation réversible ; les télécommandes sont dans les tables de nuit. La piscine est chauffée à 27 degrés de mai à septembre, le reste de l’année pour 25 euros par jour.',
    },
    waste: {
      en: 'Two bins by the gate: green lid household, yellow lid recycling. The lorry passes on Monday and Friday at six in the morning.',
      own: 'Deux bacs près du portail : couvercle vert pour les ordures, couvercle jaune pour le tri. Le camion passe le lundi et le vendredi à six heures. Le verre va au conteneur du boulevard de la Dune.',
    },
    kitchen: {
      en: 'The plancha in the summer kitchen runs on gas; open the bottle under the worktop. The ice maker needs two hours. Oyster knives hang behind the door.',
      own: 'La plancha de la cuisine d’été marche au gaz ; ouvrez la bouteille sous le plan de travail. La machine à glaçons demande deux heures. Les couteaux à huîtres sont accrochés derrière la porte.',
    },
    laundry: {
      en: 'Washing machine and dryer in the garage. Rinse wetsuits at the outdoor shower first, sand blocks the pump.',
      own: 'Le lave-linge et le sèche-linge sont dans le garage. Rincez d’abord les combinaisons à la douche extérieure, le sable bouche la pompe.',
    },
    power: {
      en: 'The electric panel is in the garage behind the surf rack. The pool pump has a separate differential switch in the technical box under the deck.',
      own: 'Le tableau électrique est dans le garage, derrière le râtelier à planches. La pompe de la piscine a son propre différentiel dans le local sous la terrasse en bois.',
    },
    quirks: {
      en: 'The pool cover is closed each night: turn the key, hold it, and keep children away. Squirrels steal fruit through the kitchen window. The sprinklers start at five.',
      own: 'La bâche de la piscine se ferme chaque soir : tournez la clé et gardez-la tournée, les enfants loin du bord. Les écureuils volent les fruits par la fenêtre de la cuisine. L’arrosage démarre à cinq heures.',
    },
    area: {
      en: 'Bread and chocolatines from Chez Pédrot until noon. The nearest pharmacy is Pharmacie du Lac, avenue Paul Lahary. Surf school La Gravière takes children from six.',
      own: 'Pain et chocolatines chez Pédrot jusqu’à midi. La pharmacie la plus proche est la Pharmacie du Lac, avenue Paul Lahary. L’école de surf de la Gravière prend les enfants dès six ans. Poisson : sous les halles de Capbreton.',
    },
    transport: {
      en: 'The nearest station is Saint-Vincent-de-Tyrosse, thirteen kilometres. Bicycles for eight are in the garage, the lock code is 4040. The beach shuttle is free in July and August.',
      own: 'La gare la plus proche est Saint-Vincent-de-Tyrosse, à treize kilomètres. Huit vélos sont au garage, le code des cadenas est 4040. La navette des plages Yégo est gratuite en juillet et août.',
    },
    checkout: {
      en: 'Check-out is by 10:00. Close the pool cover, gas bottle off, keys back into the box. The deposit comes back within seven days.',
      own: 'Départ avant 10 h. Fermez la bâche de la piscine et la bouteille de gaz, remettez les clés dans la boîte. La caution est rendue sous sept jours.',
    },
    rules: {
      en: 'Two dogs at most, never in the pool. No barbecue with charcoal from June to September, forest fire law. Quiet from 23:00.',
      own: 'Deux chiens au plus, jamais dans la piscine. Pas de barbecue au charbon de juin à septembre, à cause des feux de forêt. Silence à partir de 23 h.',
    },
  },
  stories: [
    {
      language: 'fr',
      lines: [
        {
          by: 'guest',
          text: 'L’eau de la piscine est devenue verte pendant la nuit, c’est normal ?',
        },
        {
          by: 'host',
          text: 'Non, la pompe s’est arrêtée. Ne vous baignez pas : Benoît passe à onze heures avec du chlore choc.',
        },
        {
          by: 'host',
          text: 'La pompe tourne de nouveau. Baignade possible demain à partir de midi, nous vous rendons 90 euros.',
        },
        {
          by: 'guest',
          text: 'Merci pour la réaction. Les enfants ont préféré l’océan de toute façon.',
        },
      ],
    },
    {
      language: 'es',
      lines: [
        {
          by: 'guest',
          text: 'Una ardilla ha entrado por la ventana y se ha comido la tarta de cumpleaños de mi suegra.',
        },
        {
          by: 'host',
          text: '¡Ay, qué desastre! La pastelería Pédrot hace tartas de hojaldre para las cinco, he encargado una y corre de nuestra cuenta.',
        },
        { by: 'guest', text: 'Llegó la tarta, estaba mejor que la primera. Mil gracias.' },
      ],
    },
  ],
};
