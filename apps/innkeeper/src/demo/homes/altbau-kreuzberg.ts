import type { DemoHome } from '../demo-home.js';

export const altbauKreuzberg: DemoHome = {
  key: 'altbau-kreuzberg',
  nickname: 'Altbau Kreuzberg',
  title: 'Altbau Kreuzberg, drei Zimmer am Landwehrkanal',
  street: 'Planufer 87',
  city: 'Berlin',
  zip: '10967',
  country: 'Germany',
  latitude: 52.4946,
  longitude: 13.4158,
  timeZone: 'Europe/Berlin',
  currency: 'EUR',
  language: 'de',
  ...{ guests: 5, bedrooms: 2, beds: 3, bathrooms: 1, price: 150, cleaning: 70, deposit: 200 },
  ...{ checkIn: '15:00', checkOut: '11:00' },
  propertyType: 'Apartment',
  tags: ['city'],
  facts: {
    wifi: {
      en: 'The network is Planufer87_III and the password is kanalratte-32.',
      own: 'Das WLAN heißt Planufer87_III, das Kennwort ist kanalratte-32. Der Router steht im Berliner Zimmer auf dem Klavier; bitte nicht ausstecken, daran hängt auch die Türkamera.',
    },
    access: {
      en: 'Front door: code 2096 and the bell button. The flat is in the rear wing, third floor left. The key is in the box at the bicycle stand in the second yard, code 5518.',
      own: 'Haustür: Code 2096 eingeben und Klingelknopf drücken. Die Wohnung liegt im Seitenflügel, drittes Obergeschoss links. Der Schlüssel ist im Kästchen am Fahrradständer im zweiten Hof, Code 5518. Die Wohnungstür wird zweimal abgeschlossen.',
    },
    parking: {
      en: 'There is no private parking. The street is a resident zone: a visitor permit for three days costs 13 euros and is under the plate on the hall shelf.',
      own: 'Einen eigenen Stellplatz gibt es nicht. Am Planufer gilt Parkraumbewirtschaftung; eine Gästevignette für drei Tage kostet 13 Euro und liegt unter dem Teller im Flurregal. Sonst bleibt das Parkhaus am Hermannplatz.',
    },
    heating: {
      en: 'Gas heating for this flat only: the boiler hangs in the kitchen. If it shows E9, fill water with the blue tap until the needle stands at 1.5 bar.',
      own: 'Die Gastherme hängt in der Küche und heizt nur diese Wohnung. Zeigt sie E9, mit dem blauen Hahn Wasser nachfüllen, bis der Zeiger bei 1,5 bar steht, und Reset drücken. Nachts bitte auf Mond stellen.',
    },
    waste: {
      en: 'Bins are in the first yard behind the green gate, the flat key opens it. Orange is for recyclables. Glass only on workdays before eight in the evening.',
      own: 'Die Mülltonnen stehen im ersten Hof hinter dem grünen Gitter, der Wohnungsschlüssel passt. Orange ist die Wertstofftonne. Glas bitte nur werktags und vor 20 Uhr einwerfen. Pfandflaschen stellt man neben die Tonnen.',
    },
    kitchen: {
      en: 'The dishwasher drains only when the tap at the sink is closed. The moka pot is Italian and leaks if not screwed tight. There is no microwave.',
      own: 'Die Spülmaschine pumpt nur ab, wenn der Hahn an der Spüle zu ist. Die Espressokanne tropft, wenn man sie nicht fest zudreht. Eine Mikrowelle gibt es nicht.',
    },
    laundry: {
      en: 'Washing machine in the bathroom under the counter. A drying rack stands behind the door; for a dryer go to the laundrette at Kottbusser Damm 5.',
      own: 'Die Waschmaschine steht im Bad unter der Ablage. Ein Wäscheständer ist hinter der Tür; einen Trockner hat der Waschsalon am Kottbusser Damm 5.',
    },
    power: {
      en: 'The fuses are old screw-in ones above the flat door; spare ones, 16 amperes, are in the tobacco tin. Do not run kettle and washing machine at once.',
      own: 'Über der Wohnungstür sind alte Schraubsicherungen; Ersatz mit 16 Ampere liegt in der Tabakdose. Wasserkocher und Waschmaschine bitte nicht gleichzeitig, sonst ist es dunkel.',
    },
    quirks: {
      en: 'The floorboards in the middle room sing. The neighbour below, Herr Yıldız, practises the oud between five and seven and takes requests.',
      own: 'Die Dielen im Berliner Zimmer singen. Herr Yıldız im zweiten Stock übt zwischen fünf und sieben Oud und nimmt Wünsche an. Das Kastenfenster zum Kanal nie ganz aufreißen, der Haken ist alt.',
    },
    area: {
      en: 'Turkish market on Maybachufer on Tuesday and Friday. Pharmacy at Kottbusser Damm 12, open until eight. Ankerklause is for a breakfast over the water.',
      own: 'Dienstags und freitags ist Türkenmarkt am Maybachufer. Die nächste Apotheke ist am Kottbusser Damm 12, bis 20 Uhr. Frühstück überm Wasser gibt es in der Ankerklause.',
    },
    transport: {
      en: 'U8 Schönleinstraße is five minutes away. From the airport take the FEX to Ostkreuz and the bus M29; a taxi costs about 48 euros.',
      own: 'Zur U8 Schönleinstraße sind es fünf Minuten. Vom Flughafen nimmt man den FEX bis Ostkreuz; ein Taxi kostet etwa 48 Euro. Zwei Räder stehen im Hof, Schloss 3141.',
    },
    checkout: {
      en: 'Check-out is by 11:00. Lock twice and put the key back into the box in the second yard. Turn the boiler to the moon.',
      own: 'Abreise ist bis 11:00 Uhr. Zweimal abschließen, den Schlüssel ins Kästchen im zweiten Hof legen und die Therme auf Mond stellen.',
    },
    rules: {
      en: 'No parties, no subletting, no shoes on the parquet. Cats are fine, dogs are not. House rest from 22:00, on Sundays all day.',
      own: 'Keine Partys, keine Weitervermietung, keine Straßenschuhe auf dem Parkett. Katzen ja, Hunde nein. Hausruhe ist ab 22 Uhr und sonntags den ganzen Tag.',
    },
  },
  stories: [
    {
      language: 'de',
      lines: [
        {
          by: 'guest',
          text: 'Wir haben den Piccoloflötenkasten unserer Tochter im Taxi vergessen, können Sie helfen?',
        },
        {
          by: 'host',
          text: 'Ich rufe bei der Würfelfunk-Zentrale an. Um welche Uhrzeit und von wo sind Sie gefahren?',
        },
        { by: 'guest', text: 'Um 23:20 Uhr ab Ostkreuz, der Fahrer hörte Schlager.' },
        {
          by: 'host',
          text: 'Gefunden. Er bringt den Kasten morgen früh gegen acht, 20 Euro Finderlohn liegen bei Herrn Yıldız.',
        },
      ],
    },
    {
      language: 'en',
      lines: [
        {
          by: 'guest',
          text: 'There is a film crew on the bridge and the street is closed for the whole night, with lights into our bedroom.',
        },
        {
          by: 'host',
          text: 'I had no idea, I am sorry. There are sleeping masks and ear plugs in the top drawer of the bathroom, and I have asked the crew to turn the big lamp.',
        },
        { by: 'guest', text: 'They turned it and gave us soup. Best night of the trip.' },
      ],
    },
  ],
};
