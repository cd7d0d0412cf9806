import type { DemoHome } from '../demo-home.js';

export const villaGinestra: DemoHome = {
  key: 'villa-ginestra',
  nickname: 'Villa Ginestra',
  title: 'Villa Ginestra, casale con piscina vicino a Lucca',
  street: 'Via della Pieve 104',
  city: 'Capannori',
  zip: '55012',
  country: 'Italy',
  latitude: 43.8772,
  longitude: 10.5736,
  timeZone: 'Europe/Rome',
  currency: 'EUR',
  language: 'it',
  ...{ guests: 10, bedrooms: 5, beds: 7, bathrooms: 4, price: 340, cleaning: 150, deposit: 600 },
  ...{ checkIn: '17:00', checkOut: '10:00' },
  earlier: { checkIn: '16:00' },
  propertyType: 'Villa',
  tags: ['pool', 'countryside', 'family'],
  facts: {
    wifi: {
      en: 'The network is Ginestra and the password is buccellato-1881. In the tower room use the network Ginestra_Torre.',
      own: 'La rete si chiama Ginestra e la password è buccellato-1881. Nella camera della torre usate Ginestra_Torre, stessa password.',
    },
    access: {
      en: 'Signora Pardini meets you at the gate until 20:00. Later the key is in the bread oven left of the porch, behind a loose brick; the gate code is 6620#.',
      own: 'La signora Pardini vi aspetta al cancello fino alle 20. Più tardi la chiave è nel forno del pane a sinistra del portico, dietro il mattone mobile; il codice del cancello è 6620#.',
    },
    parking: {
      en: 'Five cars in the shade of the mulberry trees. The last bend is tight for vans; turn at the chapel. Wall box for electric cars: 11 kilowatts, 45 cents each.',
      own: 'Cinque auto all’ombra dei gelsi. L’ultima curva è stretta per i furgoni: girate alla cappella. Colonnina per auto elettriche da 11 chilowatt, 45 centesimi al chilowattora.',
    },
    heating: {
      en: 'Radiators by LPG, paid by use at 5 euros a cubic metre from November to March. The meter is read at arrival. The bedrooms have ceiling fans; only the tower is air-conditioned.',
      own: 'I termosifoni vanno a GPL, a consumo: 5 euro al metro cubo da novembre a marzo, con lettura del contatore all’arrivo. Le camere hanno ventilatori a soffitto; solo la torre ha l’aria condizionata.',
    },
    waste: {
      en: 'Five bins behind the hay barn. Capannori sorts strictly: a wrong bag is left standing. Nappies go into the white bag and are collected on Tuesday and Saturday.',
      own: 'Cinque bidoni dietro il fienile. A Capannori si differenzia sul serio: il sacco sbagliato resta lì. I pannolini vanno nel sacco bianco, ritirato martedì e sabato; il secco il venerdì.',
    },
    kitchen: {
      en: 'The pizza oven outside needs two hours of fire; Signora Pardini lights it for 20 euros and brings the dough. The second fridge is in the cellar.',
      own: 'Il forno a legna per la pizza vuole due ore di fuoco; per 20 euro lo accende la signora Pardini e porta anche l’impasto. Il secondo frigorifero è in cantina.',
    },
    laundry: {
      en: 'Two washing machines in the old stable; lines behind the cypress hedge. Ironing service on request, 3 euros a shirt.',
      own: 'Due lavatrici nella vecchia stalla, fili per stendere dietro la siepe di cipressi. Servizio stiro su richiesta, 3 euro a camicia.',
    },
    power: {
      en: 'The electric panel is in the stable to the right of the door. In a thunderstorm unplug the router; the lightning rod of the tower draws everything.',
      own: 'Il quadro elettrico è nella stalla, a destra della porta. Durante i temporali staccate il router: il parafulmine della torre attira tutto.',
    },
    quirks: {
      en: 'The pool is open from 20 April to 10 October and is 1.40 metres deep, no diving. Wild boar cross the lawn at night: keep the lower gate shut. The well water is not for drinking.',
      own: 'La piscina è aperta dal 20 aprile al 10 ottobre ed è profonda 1,40 metri: vietato tuffarsi. Di notte i cinghiali attraversano il prato, tenete chiuso il cancello basso. L’acqua del pozzo non è potabile.',
    },
    area: {
      en: 'Supermarket Esselunga in Marlia, eight minutes by car. Pharmacy in Segromigno. The Saturday market of Lucca, buccellato from Taddeucci.',
      own: 'Supermercato Esselunga a Marlia, otto minuti in auto. La farmacia è a Segromigno in Monte. Al sabato il mercato di Lucca, e il buccellato da Taddeucci.',
    },
    transport: {
      en: 'You need a car. The station of Lucca is fourteen kilometres, Pisa airport forty minutes. Taxi Lucca must be ordered an hour ahead.',
      own: 'Serve l’auto. La stazione di Lucca è a quattordici chilometri, l’aeroporto di Pisa a quaranta minuti. Il taxi va ordinato un’ora prima. Sei biciclette sono nel fienile, catena 0707.',
    },
    checkout: {
      en: 'Check-out is by 10:00. The meter is read together with Signora Pardini, extra consumption is paid in cash. Sunbeds back under the pergola.',
      own: 'Il check-out è entro le 10:00. Il contatore si legge insieme alla signora Pardini, i consumi si pagano in contanti. Rimettete i lettini sotto la pergola.',
    },
    rules: {
      en: 'Up to three dogs, 8 euros each a day. Music outside until 23:00, weddings only by contract. No open fire from July to mid September.',
      own: 'Fino a tre cani, 8 euro ciascuno al giorno. Musica all’aperto fino alle 23, matrimoni solo con contratto. Vietati i fuochi da luglio a metà settembre.',
    },
  },
  stories: [
    {
      language: 'it',
      lines: [
        {
          by: 'guest',
          text: 'Stanotte i cinghiali hanno arato mezzo prato, avevamo lasciato aperto il cancello basso. Ci dispiace.',
        },
        {
          by: 'host',
          text: 'Capita. Beppe passa domani a rimettere le zolle. Il cancello va chiuso con il gancio, non basta accostarlo.',
        },
        { by: 'guest', text: 'Ora è agganciato. Paghiamo volentieri Beppe.' },
        { by: 'host', text: 'Non serve, i cinghiali sono compresi nel prezzo.' },
      ],
    },
    {
      language: 'en',
      lines: [
        {
          by: 'guest',
          text: 'We would like to propose marriage, well, I would, on the tower on Saturday at sunset. Can somebody hide a violin player?',
        },
        {
          by: 'host',
          text: 'With joy. Signora Pardini’s nephew Elia plays, he can wait in the stable from eight. Sunset is at 20:41.',
        },
        {
          by: 'guest',
          text: 'She said yes. Elia played through the whole thing while being licked by a dog.',
        },
      ],
    },
  ],
};
