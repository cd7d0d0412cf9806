import type { DemoHome } from '../demo-home.js';

export const casaLimone: DemoHome = {
  key: 'casa-limone',
  nickname: 'Casa Limone',
  title: 'Casa Limone, limonaia sul lago di Garda',
  street: 'Via Castello 18',
  city: 'Limone sul Garda',
  zip: '25010',
  country: 'Italy',
  latitude: 45.8136,
  longitude: 10.7925,
  timeZone: 'Europe/Rome',
  currency: 'EUR',
  language: 'it',
  ...{ guests: 5, bedrooms: 2, beds: 4, bathrooms: 1, price: 195, cleaning: 80, deposit: 200 },
  ...{ checkIn: '16:00', checkOut: '10:00' },
  propertyType: 'House',
  tags: ['lake', 'garden'],
  facts: {
    wifi: {
      en: 'The network is LimonaiaGuest and the password is cedro2cedri.',
      own: 'La rete si chiama LimonaiaGuest e la password è cedro2cedri. In giardino il segnale arriva fino al terzo terrazzo.',
    },
    access: {
      en: 'From the car park take the 112 steps of Via Castello. The key hangs in the second watering can by the well, no code. In rain the steps are slippery.',
      own: 'Dal parcheggio si sale per i 112 gradini di Via Castello. La chiave è nel secondo annaffiatoio vicino al pozzo, non c’è codice. Con la pioggia i gradini sono scivolosi. Per le valigie chiamate Gino con l’Ape, 10 euro.',
    },
    parking: {
      en: 'The village is closed to cars. Your space is number 7 at the multi-storey car park Caldogno, level 2; the card in your welcome letter opens the barrier.',
      own: 'Il paese è chiuso alle auto. Il vostro posto è il numero 7 al parcheggio multipiano Caldogno, livello 2; la tessera nella lettera di benvenuto apre la sbarra.',
    },
    heating: {
      en: 'Heating is on from 15 October to 15 April by law; the thermostat is next to the bread oven. The fireplace may be used with olive wood only.',
      own: 'Il riscaldamento è acceso per legge dal 15 ottobre al 15 aprile; il termostato è accanto al forno del pane. Nel camino si brucia solo legna d’ulivo. L’acqua calda è solare: dopo due giorni di pioggia accendete la resistenza, interruttore rosso.',
    },
    waste: {
      en: 'Door to door collection: hang the bags on the hook by 21:00. Organic Monday and Thursday, plastic Wednesday, paper Friday, the rest Saturday.',
      own: 'Raccolta porta a porta: appendete il sacco al gancio entro le 21. Umido lunedì e giovedì, plastica mercoledì, carta venerdì, secco sabato. Il vetro va alla campana del porto.',
    },
    kitchen: {
      en: 'The moka for six is the good one. The gas closes itself when the window is not open a finger wide: that is the sensor, not a fault.',
      own: 'La moka da sei è quella buona. Il gas si chiude da solo se la finestra non è aperta un dito: è il sensore, non un guasto. L’olio della dispensa è nostro, prendetene pure.',
    },
    laundry: {
      en: 'Washing machine in the vaulted cellar. Dry under the lemon beams; a dryer is at the laundrette in Via Lungolago.',
      own: 'La lavatrice è nella cantina a volta. Si stende sotto le travi della limonaia; l’asciugatrice è alla lavanderia di Via Lungolago.',
    },
    power: {
      en: 'Three kilowatts only: oven and kettle together switch everything off. The meter is in the wall outside, behind the little green door.',
      own: 'Ci sono solo tre chilowatt: forno e bollitore insieme fanno saltare la corrente. Il contatore è nel muro esterno, dietro lo sportellino verde; rialzate la leva e basta.',
    },
    quirks: {
      en: 'Lemons may be picked, citrons not: they are counted. At six in the morning the wind Pelèr slams every shutter that is not hooked.',
      own: 'I limoni si possono cogliere, i cedri no: sono contati. Alle sei del mattino il Pelèr sbatte ogni persiana non agganciata. Il gatto Tobia entra dalla finestra del bagno e non è nostro.',
    },
    area: {
      en: 'Bakery in Via Corda from half past six. Pharmacy on Via IV Novembre, closed on Thursday afternoon. Lake fish at the Osteria da Livio, book a day before.',
      own: 'Il panificio di Via Corda apre alle sei e mezza. La farmacia è in Via IV Novembre, chiusa il giovedì pomeriggio. Pesce di lago all’Osteria da Livio, si prenota il giorno prima.',
    },
    transport: {
      en: 'Bus LN027 to Riva and Desenzano stops at the church. Ferries from the harbour until 19:35 in summer. The cycle path over the water starts at Capo Reamol.',
      own: 'L’autobus LN027 per Riva e Desenzano ferma alla chiesa. I battelli partono dal porto fino alle 19:35 d’estate. La ciclabile sospesa comincia a Capo Reamol.',
    },
    checkout: {
      en: 'Check-out is by 10:00. Hook the shutters, close the gas, key back into the watering can. City tax: 1.50 euros a person and night, in cash on the table.',
      own: 'Il check-out è entro le 10:00. Agganciate le persiane, chiudete il gas e rimettete la chiave nell’annaffiatoio. Tassa di soggiorno: 1,50 euro a persona per notte, in contanti sul tavolo.',
    },
    rules: {
      en: 'No pets, because of the lemon trees. No ball games on the terraces. Silence from 14:00 to 16:00.',
      own: 'Niente animali, per via dei limoni. Niente palloni sui terrazzi. Silenzio dalle 14 alle 16 e dopo le 23.',
    },
  },
  stories: [
    {
      language: 'it',
      lines: [
        {
          by: 'guest',
          text: 'Buongiorno, nostro figlio ha raccolto quattro cedri pensando fossero limoni. Siamo mortificati.',
        },
        {
          by: 'host',
          text: 'Il signor Fava li conta ogni sera, ma con un’acqua di cedro gliela fate passare. Portateglieli voi, abita al numero 20.',
        },
        { by: 'guest', text: 'Ci ha regalato due vasetti di marmellata. Pace fatta.' },
      ],
    },
    {
      language: 'de',
      lines: [
        { by: 'guest', text: 'Das Gas geht immer nach zwei Minuten aus, ist der Herd kaputt?' },
        {
          by: 'host',
          text: 'Nein, das ist der Sensor: Bitte das Küchenfenster einen Finger breit öffnen, dann bleibt die Flamme an.',
        },
        { by: 'guest', text: 'Tatsächlich. Darauf muss man kommen!' },
      ],
    },
  ],
};
