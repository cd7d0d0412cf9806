import type { DemoHome } from '../demo-home.js';

export const casaDelFaro: DemoHome = {
  key: 'casa-del-faro',
  nickname: 'Casa del Faro',
  title: 'Casa del Faro, ático frente al mar en Cádiz',
  street: 'Calle San Félix 11',
  city: 'Cádiz',
  zip: '11002',
  country: 'Spain',
  latitude: 36.5301,
  longitude: -6.3058,
  timeZone: 'Europe/Madrid',
  currency: 'EUR',
  language: 'es',
  ...{ guests: 4, bedrooms: 2, beds: 3, bathrooms: 1, price: 140, cleaning: 60, deposit: 150 },
  ...{ checkIn: '16:00', checkOut: '12:00' },
  earlier: { checkOut: '11:00' },
  propertyType: 'Apartment',
  tags: ['sea', 'city'],
  facts: {
    wifi: {
      en: 'The network is FaroAtico and the password is levante-fuerte-9.',
      own: 'La red se llama FaroAtico y la contraseña es levante-fuerte-9. Con levante la antena del vecino tapa la señal: usa el cable que hay junto a la tele.',
    },
    access: {
      en: 'The keys are at the bar El Veedor, two doors down, until one in the morning. Say “las del faro” and show your name.',
      own: 'Las llaves las tiene Manolo en el bar El Veedor, dos puertas más abajo, hasta la una de la madrugada. Pide «las del faro» y di tu nombre. El ático es el cuarto piso, con ascensor hasta el tercero.',
    },
    parking: {
      en: 'Leave the car outside the old town at Campo del Sur, free on Sundays, otherwise the Canalejas car park at 12 euros a day with the stamp of the bar.',
      own: 'Deja el coche en el Campo del Sur, gratis los domingos; si no, en el aparcamiento de Canalejas, 12 euros al día con el sello del bar.',
    },
    heating: {
      en: 'No heating is needed here, says the owner; for January there are two oil radiators in the wardrobe. Ceiling fans run from the cord. There is no air conditioning.',
      own: 'Aquí no hace falta calefacción, dice la dueña; para enero hay dos radiadores de aceite en el armario. Los ventiladores de techo van con el cordón. No hay aire acondicionado. El termo eléctrico tarda una hora en calentar.',
    },
    waste: {
      en: 'Take bags to the containers at Plaza de las Viudas after nine in the evening. There is no lift for the last floor, so please every day.',
      own: 'Las bolsas se bajan a los contenedores de la Plaza de las Viudas a partir de las nueve de la noche. No dejes basura en la terraza: vienen las gaviotas.',
    },
    kitchen: {
      en: 'Glass-ceramic hob with a lock: hold the padlock for three seconds. The frying pan for tortillitas is seasoned, never put it into the dishwasher.',
      own: 'La vitrocerámica tiene bloqueo: mantén pulsado el candado tres segundos. La sartén de las tortillitas está curada, nunca la metas en el lavavajillas.',
    },
    laundry: {
      en: 'Washing machine in the kitchen. With the east wind everything flies away: use the storm pegs, the red ones.',
      own: 'La lavadora está en la cocina. Con levante todo sale volando: usa las pinzas rojas, las de temporal.',
    },
    power: {
      en: 'The fuse box is in the corridor at shoulder height, behind the tide calendar.',
      own: 'El cuadro de luces está en el pasillo, a la altura del hombro, detrás del calendario de mareas. La terraza tiene su propio automático, el cuarto.',
    },
    quirks: {
      en: 'The lighthouse beam crosses the bedroom ceiling every ten seconds; the dark curtains close it out. Salt eats everything: rinse the door lock with fresh water if it sticks.',
      own: 'La luz del faro cruza el techo del dormitorio cada diez segundos; las cortinas oscuras la tapan. La sal se lo come todo: si la cerradura se atasca, échale agua dulce.',
    },
    area: {
      en: 'La Caleta beach is four minutes away. Fried fish at the Freiduría Las Flores, sold by weight. Pharmacy on Calle Columela until ten.',
      own: 'La playa de La Caleta está a cuatro minutos. Pescaíto frito en la Freiduría Las Flores, se vende al peso. La farmacia está en la calle Columela y abre hasta las diez. Erizos en la calle, en Carnaval.',
    },
    transport: {
      en: 'The station is eighteen minutes on foot. The catamaran to El Puerto leaves from the harbour every hour until 21:50, not in heavy east wind.',
      own: 'La estación está a dieciocho minutos andando. El catamarán a El Puerto sale cada hora hasta las 21:50, salvo con temporal de levante.',
    },
    checkout: {
      en: 'Check-out is by 12:00, there is no hurry in Cádiz. Keys back to Manolo.',
      own: 'La salida es antes de las 12:00; en Cádiz no hay prisa. Las llaves se devuelven a Manolo en El Veedor. Baja la persiana de la terraza por si salta el levante.',
    },
    rules: {
      en: 'Small pets welcome. No flamenco heels after eleven. The terrace holds eight people and no more.',
      own: 'Se admiten mascotas pequeñas. Nada de taconeo después de las once. En la terraza caben ocho personas y ni una más.',
    },
  },
  stories: [
    {
      language: 'es',
      lines: [
        {
          by: 'guest',
          text: 'El levante se ha llevado la sombrilla de la terraza, la hemos visto pasar hacia la catedral.',
        },
        {
          by: 'host',
          text: 'No sois los primeros. El sacristán la guarda, mañana la recojo. No abráis otra hasta el jueves.',
        },
        { by: 'guest', text: 'Entendido, nos quedamos con la luz del faro.' },
      ],
    },
    {
      language: 'fr',
      lines: [
        { by: 'guest', text: 'Le bar est fermé pour un mariage et nos clés sont dedans !' },
        {
          by: 'host',
          text: 'Frappez trois fois au volet de gauche, Manolo vous attend avec les clés et deux verres de manzanilla.',
        },
        { by: 'guest', text: 'On a fini par danser au mariage. Les clés vont bien aussi.' },
      ],
    },
  ],
};
