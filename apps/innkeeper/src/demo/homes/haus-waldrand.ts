import type { DemoHome } from '../demo-home.js';

export const hausWaldrand: DemoHome = {
  key: 'haus-waldrand',
  nickname: 'Haus Waldrand',
  title: 'Haus Waldrand, Schwarzwaldhof mit Sauna',
  street: 'Im Spriegelsbach 21',
  city: 'Titisee-Neustadt',
  zip: '79822',
  country: 'Germany',
  latitude: 47.9031,
  longitude: 8.1532,
  timeZone: 'Europe/Berlin',
  currency: 'EUR',
  language: 'de',
  ...{ guests: 8, bedrooms: 4, beds: 6, bathrooms: 2, price: 225, cleaning: 110, deposit: 300 },
  ...{ checkIn: '15:00', checkOut: '10:30' },
  propertyType: 'Farmhouse',
  tags: ['forest', 'sauna', 'winter'],
  facts: {
    wifi: {
      en: 'The network is Waldrand and the password is Auerhahn_77. There is no mobile reception in the valley, so use calls over wifi.',
      own: 'Das WLAN heißt Waldrand, das Kennwort ist Auerhahn_77. Im Tal gibt es keinen Handyempfang, also bitte die WLAN-Telefonie einschalten. Für Notrufe steht ein Festnetztelefon in der Stube.',
    },
    access: {
      en: 'The key lies in the milk can beside the barn door, under the lid with the magnet. There is no code. The farmer’s wife, Frau Faller, has a spare one at the yellow house.',
      own: 'Der Schlüssel liegt in der Milchkanne neben dem Scheunentor, unter dem Deckel mit dem Magneten. Einen Code gibt es nicht. Den Ersatzschlüssel hat Frau Faller im gelben Haus gegenüber.',
    },
    parking: {
      en: 'Park in the yard in front of the barn, room for four cars. From November to March snow chains are needed for the last 400 metres; a pair for 16-inch wheels hangs in the barn.',
      own: 'Geparkt wird im Hof vor der Scheune, Platz für vier Autos. Von November bis März braucht man für die letzten 400 Meter Schneeketten; ein Paar für 16-Zoll-Räder hängt in der Scheune.',
    },
    heating: {
      en: 'A pellet boiler heats the house. If the display shows F12 the ash box is full: empty it into the metal bucket. The sauna needs an hour, its switch is behind the mirror in the cellar shower.',
      own: 'Ein Pelletkessel heizt das Haus. Zeigt das Display F12, ist der Aschekasten voll: in den Blecheimer leeren und zweimal Reset drücken. Die Sauna braucht eine Stunde, ihr Schalter ist hinter dem Spiegel in der Kellerdusche, sie kostet 15 Euro je Abend.',
    },
    waste: {
      en: 'Bins stand behind the barn and the lid must be clamped because of martens. Collection is on Tuesday at the road, 400 metres down; Frau Faller takes the bins along if you ask.',
      own: 'Die Tonnen stehen hinter der Scheune, der Deckel muss wegen der Marder festgeklemmt werden. Abholung ist dienstags unten an der Straße; Frau Faller nimmt die Tonnen mit, wenn man fragt. Kompost kommt auf den Haufen beim Apfelbaum.',
    },
    kitchen: {
      en: 'The wood-fired range is for show, please cook on the electric one. The spätzle press hangs on the beam. Drinking water comes from our own spring and is tested each spring.',
      own: 'Der Holzherd ist nur noch Zierde, gekocht wird auf dem Elektroherd. Die Spätzlepresse hängt am Balken. Das Trinkwasser kommt aus eigener Quelle und wird jedes Frühjahr geprüft.',
    },
    laundry: {
      en: 'Washing machine in the cellar, drying room with a line beside the boiler, where wet ski boots dry too. No tumble dryer.',
      own: 'Die Waschmaschine steht im Keller, daneben ist ein Trockenraum mit Leine am Heizkessel, dort trocknen auch Skischuhe. Einen Wäschetrockner gibt es nicht.',
    },
    power: {
      en: 'The fuse box is in the hallway behind the cuckoo clock; swing the clock out like a door. The sauna has a separate breaker, the red one at the bottom.',
      own: 'Der Sicherungskasten ist im Hausgang hinter der Kuckucksuhr; die Uhr lässt sich wie eine Tür aufklappen. Die Sauna hat einen eigenen roten Schutzschalter ganz unten.',
    },
    quirks: {
      en: 'Ceilings are low: 1.84 metres in the parlour. The cuckoo can be silenced with the little lever on its left side. Deer eat everything that stands on the balcony.',
      own: 'Die Decken sind niedrig, in der Stube 1,84 Meter. Den Kuckuck stellt man mit dem kleinen Hebel an der linken Seite ab. Rehe fressen alles, was auf dem Balkon steht.',
    },
    area: {
      en: 'Milk, eggs and ham from Frau Faller, pay into the tin. The next supermarket is in Neustadt, 9 kilometres. The mountain rescue number hangs beside the phone.',
      own: 'Milch, Eier und Schinken gibt es bei Frau Faller, bezahlt wird in die Blechdose. Der nächste Supermarkt ist in Neustadt, neun Kilometer. Die nächste Apotheke ist die Hochfirst-Apotheke. Die Nummer der Bergwacht hängt am Telefon.',
    },
    transport: {
      en: 'Bus 7257 stops at Spriegelsbach four times a day, not on Sundays. The station Titisee is 6 kilometres away; with the Konus card trains and buses are free.',
      own: 'Der Bus 7257 hält viermal am Tag am Spriegelsbach, sonntags nicht. Zum Bahnhof Titisee sind es sechs Kilometer. Mit der KONUS-Karte fahren Sie kostenlos mit Bus und Bahn. Das Loipentaxi rufen Sie am Vorabend.',
    },
    checkout: {
      en: 'Check-out is by 10:30. Empty the ash box, close the shutters on the valley side, key back into the milk can.',
      own: 'Abreise ist bis 10:30 Uhr. Bitte den Aschekasten leeren, die Läden zur Talseite schließen und den Schlüssel zurück in die Milchkanne legen.',
    },
    rules: {
      en: 'Dogs are welcome and free, but on a lead because of game. No candles in the wooden rooms. Parties of more than ten need our permission.',
      own: 'Hunde sind willkommen und kostenlos, wegen des Wilds aber an der Leine. In den Holzzimmern bitte keine Kerzen. Feiern mit mehr als zehn Personen nur nach Absprache.',
    },
  },
  stories: [
    {
      language: 'de',
      lines: [
        {
          by: 'guest',
          text: 'Hallo, wir sind eingeschneit, der Räumdienst kommt nicht bis zum Hof und wir müssten heute abreisen.',
        },
        {
          by: 'host',
          text: 'Herr Faller pflügt um neun mit dem Traktor. Bleiben Sie ruhig bis zum Mittag, die nächsten Gäste kommen erst morgen.',
        },
        {
          by: 'guest',
          text: 'Der Traktor war da, die Kinder durften mitfahren. Wir sind gut unten angekommen.',
        },
      ],
    },
    {
      language: 'nl',
      lines: [
        {
          by: 'guest',
          text: 'Er loopt een marter over de zolder, de kinderen durven niet te slapen.',
        },
        {
          by: 'host',
          text: 'Wat vervelend. Zet de radio zachtjes aan op zolder, daar houdt hij niet van. Morgen plaatst de heer Faller een rooster voor het gat.',
        },
        { by: 'guest', text: 'De radio heeft geholpen, hij is verhuisd naar de schuur.' },
      ],
    },
  ],
};
