import type { DemoHome } from '../demo-home.js';

export const grachtenhuis: DemoHome = {
  key: 'grachtenhuis',
  nickname: 'Grachtenhuis',
  title: 'Grachtenhuis, trapgevel aan het Spaarne',
  street: 'Bakenessergracht 66',
  city: 'Haarlem',
  zip: '2011 JZ',
  country: 'Netherlands',
  latitude: 52.3821,
  longitude: 4.6409,
  timeZone: 'Europe/Amsterdam',
  currency: 'EUR',
  language: 'nl',
  ...{ guests: 5, bedrooms: 3, beds: 4, bathrooms: 1, price: 205, cleaning: 85, deposit: 250 },
  ...{ checkIn: '15:00', checkOut: '11:00' },
  earlier: { checkIn: '14:00' },
  propertyType: 'Townhouse',
  tags: ['canal', 'city'],
  facts: {
    wifi: {
      en: 'The network is Bakenes66 and the password is haring-met-uitjes.',
      own: 'Het netwerk heet Bakenes66 en het wachtwoord is haring-met-uitjes. De router staat in de meterkast; op de vliering is het bereik zwak.',
    },
    access: {
      en: 'The key safe hides in the foot of the letter box, code 8264. Push the door with your knee while you turn the key twice.',
      own: 'Het sleutelkluisje zit in de voet van de brievenbus, code 8264. Duw de deur met je knie aan terwijl je de sleutel twee keer omdraait. De achterdeur blijft op slot.',
    },
    parking: {
      en: 'Parking in the street costs 6.10 euros an hour. The garage De Kamp is seven minutes on foot; with our code 20% off. Guests may use the visitor app, 30 hours a month.',
      own: 'Parkeren op straat kost 6,10 euro per uur. Garage De Kamp is zeven minuten lopen en met onze code twintig procent goedkoper. Via de bezoekersapp heb je dertig uur per maand; vraag ons om je kenteken aan te melden.',
    },
    heating: {
      en: 'The thermostat is in the hall, 19 degrees is set. The boiler is on the attic; if the pressure is below 1 bar, ask us before you fill it.',
      own: 'De thermostaat hangt in de gang en staat op 19 graden. De ketel hangt op zolder; is de druk lager dan 1 bar, vraag ons dan eerst voordat je bijvult. De houtkachel is alleen voor de sier.',
    },
    waste: {
      en: 'Underground containers on the bridge, the card is on the key ring. Paper on the first Wednesday of the month. Do not put bags next to the container: 95 euros fine.',
      own: 'Ondergrondse containers staan bij de brug, het pasje zit aan de sleutelbos. Papier wordt op de eerste woensdag van de maand opgehaald. Zet nooit zakken naast de container: 95 euro boete. Gft gaat in het groene emmertje.',
    },
    kitchen: {
      en: 'The tap with the red ring gives boiling water at once: press twice and turn. The combi microwave is also the oven.',
      own: 'De kraan met de rode ring geeft direct kokend water: twee keer drukken en draaien. De combimagnetron is ook de oven. De pannenkoekenpan hangt aan het haakje naast het raam.',
    },
    laundry: {
      en: 'Washing machine and dryer are on the attic; the ladder folds down with the hook behind the bathroom door.',
      own: 'Wasmachine en droger staan op zolder; de trap klap je uit met de haak achter de badkamerdeur. Was niet na tien uur ’s avonds, de balken dragen het geluid.',
    },
    power: {
      en: 'The fuse box, called meterkast, is left of the front door. Group 4 is the kitchen and trips when oven and kettle run together.',
      own: 'De meterkast zit links van de voordeur. Groep 4 is de keuken en springt eruit als oven en waterkoker samen aanstaan. De aardlekschakelaar is de blauwe.',
    },
    quirks: {
      en: 'The stairs are as steep as a ladder: go down backwards. The canoe on the quay is ours and may be used; under the Gravestenenbrug keep your head down.',
      own: 'De trap is zo steil als een ladder: ga achteruit naar beneden. De kano aan de kade is van ons en mag gebruikt worden; onder de Gravestenenbrug hoofd omlaag. De carillonklokken spelen tot half elf.',
    },
    area: {
      en: 'Bakery Van Vessem for currant buns. The pharmacy on Gedempte Oude Gracht opens at half past eight. Market on Saturday on the Grote Markt.',
      own: 'Krentenbollen haal je bij bakker Van Vessem. De apotheek aan de Gedempte Oude Gracht gaat om half negen open. Zaterdag is er markt op de Grote Markt, met haring van Van der Meij.',
    },
    transport: {
      en: 'Haarlem station is nine minutes on foot, Amsterdam is fifteen minutes by train. Bus 80 goes to Zandvoort beach. Bicycles: two in the hall, lock code 1625.',
      own: 'Station Haarlem is negen minuten lopen, Amsterdam is een kwartier met de trein. Bus 80 gaat naar het strand van Zandvoort. In de gang staan twee fietsen, slotcode 1625.',
    },
    checkout: {
      en: 'Check-out is by 11:00. Bring the bikes in, key back into the foot of the letter box, thermostat to 15.',
      own: 'Uitchecken voor 11:00 uur. Zet de fietsen binnen, de thermostaat op 15 en leg de sleutel terug in de voet van de brievenbus.',
    },
    rules: {
      en: 'No smoking and no parties, the walls are shared. Children under four are at risk on these stairs, gates are in the cupboard. One small dog is allowed.',
      own: 'Niet roken en geen feestjes, de muren zijn gedeeld. Voor kinderen onder de vier zijn de trappen gevaarlijk, traphekjes staan in de kast. Eén kleine hond mag mee.',
    },
  },
  stories: [
    {
      language: 'nl',
      lines: [
        {
          by: 'guest',
          text: 'We zijn met de kano vast komen te zitten onder de brug en de peddel drijft weg.',
        },
        {
          by: 'host',
          text: 'Blijf zitten, de rondvaartboot van half drie trekt jullie los, schipper Henk is gebeld.',
        },
        { by: 'guest', text: 'Gered, met applaus van twintig toeristen. De peddel is ook terug.' },
      ],
    },
    {
      language: 'nl',
      lines: [
        {
          by: 'guest',
          text: 'De verhuizers bij de buren hebben een piano aan onze gevelhaak gehangen. Mag dat?',
        },
        {
          by: 'host',
          text: 'Nee, die haak is uit 1680! Ik bel ze nu meteen en stuur Sanne langs.',
        },
        { by: 'host', text: 'De piano hangt weer aan hun eigen haak. Bedankt voor het opletten.' },
      ],
    },
  ],
};
