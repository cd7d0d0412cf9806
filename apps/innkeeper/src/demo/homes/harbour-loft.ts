import type { DemoHome } from '../demo-home.js';

export const harbourLoft: DemoHome = {
  key: 'harbour-loft',
  nickname: 'Harbour Loft',
  title: 'Harbour Loft, top floor with a crane view',
  street: '14 Wapping Wharf',
  city: 'Bristol',
  zip: 'BS1 6UD',
  country: 'United Kingdom',
  latitude: 51.4472,
  longitude: -2.6001,
  timeZone: 'Europe/London',
  currency: 'GBP',
  language: 'en',
  ...{ guests: 4, bedrooms: 2, beds: 3, bathrooms: 1, price: 165, cleaning: 60, deposit: 200 },
  ...{ checkIn: '15:00', checkOut: '11:00' },
  propertyType: 'Loft',
  tags: ['harbour', 'city'],
  facts: {
    wifi: {
      en: 'The network is called CraneView and the password is tide-table-88. The router stands on the shelf above the coat hooks; if the signal drops, hold its side button for ten seconds.',
    },
    access: {
      en: 'The key box hangs left of the blue street door, behind the drainpipe. The code is 4827. Take the lift to floor 5; the loft is the door with the brass anchor.',
    },
    parking: {
      en: 'There is no parking at the building. The Wapping Wharf car park, Gaol Ferry Steps, charges 16 pounds for 24 hours; the barrier opens with your number plate.',
    },
    heating: {
      en: 'Underfloor heating runs from the white panel by the bathroom door. Set it to 20 and wait: it needs about three hours to change. The towel rail has its own switch, a pull cord.',
    },
    waste: {
      en: 'Bins are in the courtyard behind the bike store, gate code 1590. Black is general, green is glass, blue is paper. Food waste goes in the small brown caddy; it is emptied on Thursday mornings.',
    },
    kitchen: {
      en: 'The hob is induction and only works with the pans in the left drawer. The oven clock must be set after a power cut or the oven stays cold. Espresso pods are in the tin with the lighthouse.',
    },
    laundry: {
      en: 'The washer-dryer is in the hall cupboard. Turn the water tap behind it to the vertical position first. A full wash and dry takes four and a half hours.',
    },
    power: {
      en: 'The fuse box is inside the hall cupboard, above the washer-dryer. If everything goes dark, lift the wide switch marked MAIN. The lights on the roof terrace have a fuse of their own, number 7.',
    },
    quirks: {
      en: 'The terrace door swells in wet weather: lift the handle, then push with your hip. The crane outside moves at noon on Sundays and sounds its horn once.',
    },
    area: {
      en: 'The bakery on Cargo 2 opens at eight and sells out of rye by eleven. The nearest pharmacy is on Bedminster Parade, nine minutes on foot over the swing bridge. For fish, people here go to the boat called The Salted Eel.',
    },
    transport: {
      en: 'Bus 506 stops at Cumberland Road every twelve minutes and takes you to Temple Meads station. The little yellow ferry is nicer and slower; its last boat leaves at 18:10.',
    },
    checkout: {
      en: 'Check-out is by 11:00. Leave used towels in the bath, put the key back in the box and scramble the code. The dishwasher may be left running.',
    },
    rules: {
      en: 'No parties, and nobody on the roof terrace after 22:00: sound carries over the water and number 16 complains. Dogs are welcome for 25 pounds a stay. Smoking only on the terrace.',
    },
  },
  stories: [
    {
      language: 'en',
      lines: [
        {
          by: 'guest',
          text: 'Odd one: a gull has built a nest on the terrace table and hisses at us whenever we open the door. What do we do?',
        },
        {
          by: 'host',
          text: 'Oh no, that is Gregory. Please keep the terrace door shut until tomorrow, the harbour master’s bird man comes at nine and moves the table, not the nest.',
        },
        {
          by: 'guest',
          text: 'He came, lovely chap. Gregory now lives behind the planter and we have the sun loungers back.',
        },
        {
          by: 'host',
          text: 'Wonderful. I have taken 30 pounds off your bill for the lost evening.',
        },
      ],
    },
    {
      language: 'en',
      lines: [
        {
          by: 'guest',
          text: 'The lift is stuck between 3 and 4, with nobody in it thankfully. My mother cannot do five floors of stairs.',
        },
        {
          by: 'host',
          text: 'I am so sorry. Orbis lifts are on their way, they say 40 minutes. Our cleaner Femi is coming with a folding chair for the landing on the second floor.',
        },
        {
          by: 'host',
          text: 'The engineer says the door sensor was blocked by a pebble. It runs again.',
        },
        { by: 'guest', text: 'All up and with a cup of tea. Thank Femi for us.' },
      ],
    },
  ],
};
