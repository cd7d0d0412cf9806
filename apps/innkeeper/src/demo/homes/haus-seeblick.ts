import type { DemoHome } from '../demo-home.js';

export const hausSeeblick: DemoHome = {
  key: 'haus-seeblick',
  nickname: 'Haus Seeblick',
  title: 'Haus Seeblick, Ferienhaus mit Steg am Bodensee',
  street: 'Uferweg 9',
  city: 'Überlingen',
  zip: '88662',
  country: 'Germany',
  latitude: 47.7664,
  longitude: 9.1706,
  timeZone: 'Europe/Berlin',
  currency: 'EUR',
  language: 'de',
  ...{ guests: 7, bedrooms: 4, beds: 5, bathrooms: 2, price: 240, cleaning: 95, deposit: 300 },
  ...{ checkIn: '16:00', checkOut: '10:00' },
  earlier: { checkIn: '15:00' },
  propertyType: 'House',
  tags: ['lake', 'family'],
  facts: {
    wifi: {
      en: 'The network is Seeblick-Gast and the password is Felchen2Filet. It reaches the terrace but not the jetty.',
      own: 'Das WLAN heißt Seeblick-Gast, das Kennwort ist Felchen2Filet. Es reicht bis zur Terrasse, aber nicht bis zum Steg. Der Router steht im Flur hinter dem Schirmständer.',
    },
    access: {
      en: 'The key safe is on the carport post, at knee height. The code is 7301. The key also fits the boathouse.',
      own: 'Der Schlüsseltresor hängt am Pfosten des Carports, auf Kniehöhe. Der Code ist 7301. Derselbe Schlüssel passt auch für das Bootshaus. Die Haustür klemmt: beim Aufschließen zu sich heranziehen.',
    },
    parking: {
      en: 'Two cars fit into the carport. Never park on the lane, the fire brigade needs it. A charger for electric cars is on the wall; the card lies in the drawer of the hall table.',
      own: 'Im Carport ist Platz für zwei Autos. Bitte nie auf dem Uferweg parken, die Feuerwehr braucht ihn. An der Wand ist eine Ladestation für E-Autos, die Ladekarte liegt in der Schublade der Flurkommode. Geladen wird zu 39 Cent je Kilowattstunde.',
    },
    heating: {
      en: 'A heat pump warms the floors. Each room has a dial; leave it between 3 and 4. Hot water is short after two baths, it comes back within forty minutes.',
      own: 'Die Wärmepumpe heizt die Böden. Jedes Zimmer hat einen Drehregler; am besten zwischen 3 und 4 lassen. Nach zwei Vollbädern ist das Warmwasser knapp und nach vierzig Minuten wieder da. Den Kachelofen bitte nicht anfeuern, der Kamin ist stillgelegt.',
    },
    waste: {
      en: 'Four bins stand beside the carport: black for the rest, brown for food, blue for paper, yellow sacks for packaging. Put them out on Wednesday evening, the plan hangs inside the larder door.',
      own: 'Neben dem Carport stehen die Tonnen: schwarz für Restmüll, braun für Bioabfall, blau für Papier. Verpackungen kommen in den gelben Sack. Abholung ist donnerstags früh, bitte am Mittwochabend an die Straße stellen. Der Plan hängt in der Speisekammertür. Glas bringt man zum Container am Sportplatz.',
    },
    kitchen: {
      en: 'The oven has a child lock: press the key symbol for five seconds. Raclette grill and fondue pot are on top of the fridge. Please do not gut fish in the sink, there is a table on the jetty.',
      own: 'Der Backofen hat eine Kindersicherung: fünf Sekunden auf das Schlüsselsymbol drücken. Raclette und Fonduetopf stehen auf dem Kühlschrank. Fische bitte nicht im Spülbecken ausnehmen, dafür gibt es den Tisch auf dem Steg.',
    },
    laundry: {
      en: 'Washing machine and dryer are in the cellar, next to the wine rack. Washing powder is free, the dryer takes 1-euro coins.',
      own: 'Waschmaschine und Trockner stehen im Keller neben dem Weinregal. Waschpulver ist da und kostenlos, der Trockner läuft mit 1-Euro-Münzen.',
    },
    power: {
      en: 'The fuse box is in the cellar behind the door with the skis. The pump in the boathouse has its own residual-current switch, which trips in thunderstorms.',
      own: 'Der Sicherungskasten ist im Keller hinter der Tür mit den Skiern. Die Pumpe im Bootshaus hat einen eigenen FI-Schalter, der bei Gewitter gern herausfliegt. Ersatzbirnen liegen in der Werkbankschublade.',
    },
    quirks: {
      en: 'Swans sleep on the jetty and do not like to be woken. The rowing boat may be used, life jackets hang in the boathouse; with the storm lights flashing at 90 a minute you must come in at once.',
      own: 'Auf dem Steg schlafen Schwäne, die nicht gern geweckt werden. Das Ruderboot darf benutzt werden, Schwimmwesten hängen im Bootshaus. Blinkt die Sturmwarnung neunzigmal in der Minute, muss man sofort an Land.',
    },
    area: {
      en: 'Bread from Bäckerei Diener, Sunday from eight to eleven only. The nearest pharmacy is the Münster-Apotheke. Smoked whitefish comes from Fischerei Knoblauch on Unteruhldingen road.',
      own: 'Brötchen gibt es bei der Bäckerei Diener, sonntags nur von acht bis elf. Die nächste Apotheke ist die Münster-Apotheke in der Münsterstraße. Geräucherte Felchen holt man bei der Fischerei Knoblauch an der Straße nach Unteruhldingen.',
    },
    transport: {
      en: 'The station Überlingen Therme is twelve minutes on foot. Ships to Mainau and Konstanz leave from the pier until 18:20 from April to October. With the guest card BODO buses are free.',
      own: 'Zum Bahnhof Überlingen Therme sind es zwölf Minuten zu Fuß. Schiffe zur Mainau und nach Konstanz fahren von April bis Oktober, das letzte um 18:20 Uhr. Mit der Gästekarte sind die Busse im bodo kostenlos; sie liegt auf dem Esstisch.',
    },
    checkout: {
      en: 'Check-out is by 10:00. Lock the boathouse, pull the boat up, put the key back and text us. The local tax of 3.50 euros a person and night is paid in the house, the envelope is on the table.',
      own: 'Abreise ist bis 10:00 Uhr. Bitte das Boot hochziehen, das Bootshaus abschließen, den Schlüssel zurück in den Tresor legen und kurz schreiben. Die Kurtaxe von 3,50 Euro je Person und Nacht wird im Haus bezahlt, der Umschlag liegt auf dem Tisch.',
    },
    rules: {
      en: 'Quiet hours are from 13:00 to 15:00 and from 22:00. One dog is allowed, but not in the bedrooms: 12 euros a night. Fireworks and sky lanterns are forbidden on the shore.',
      own: 'Ruhezeiten sind von 13 bis 15 Uhr und ab 22 Uhr. Ein Hund ist erlaubt, aber nicht in den Schlafzimmern, er kostet 12 Euro je Nacht. Feuerwerk und Himmelslaternen sind am Ufer verboten.',
    },
  },
  stories: [
    {
      language: 'de',
      lines: [
        {
          by: 'guest',
          text: 'Guten Abend, ein Ruder ist uns beim Anlegen ins Wasser gefallen und abgetrieben. Wir zahlen natürlich.',
        },
        {
          by: 'host',
          text: 'Kein Drama, das Holz schwimmt. Herr Maucher vom Nachbarsteg fährt gleich raus, die Strömung treibt alles in die Schilfbucht.',
        },
        { by: 'guest', text: 'Er hat es! Wir haben ihm eine Flasche Müller-Thurgau gebracht.' },
        {
          by: 'host',
          text: 'Das war genau richtig. Dann ist die Sache erledigt, wir berechnen nichts.',
        },
      ],
    },
    {
      language: 'de',
      lines: [
        {
          by: 'guest',
          text: 'Im Bootshaus brummt ein Wespennest, so groß wie ein Fußball, direkt über den Schwimmwesten.',
        },
        {
          by: 'host',
          text: 'Danke für die Warnung, bitte das Bootshaus zulassen. Der Imker Herr Endres kommt morgen um sieben und siedelt sie um. Es sind Hornissen, die stehen unter Schutz.',
        },
        {
          by: 'guest',
          text: 'Er war da, sehr spannend für die Kinder. Die Hornissen wohnen jetzt im Wald.',
        },
      ],
    },
  ],
};
