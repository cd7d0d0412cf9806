import type { DemoHome } from '../demo-home.js';

export const harbourHouse: DemoHome = {
  key: 'harbour-house',
  nickname: 'Harbour House',
  title: 'Harbour House, fisherman’s cottage by the slipway',
  street: '3 Smeaton Slip',
  city: 'St Ives',
  zip: 'TR26 1LP',
  country: 'United Kingdom',
  latitude: 50.2131,
  longitude: -5.4786,
  timeZone: 'Europe/London',
  currency: 'GBP',
  language: 'en',
  ...{ guests: 6, bedrooms: 3, beds: 4, bathrooms: 2, price: 210, cleaning: 80, deposit: 250 },
  ...{ checkIn: '16:00', checkOut: '10:00' },
  earlier: { checkIn: '15:00' },
  propertyType: 'Cottage',
  tags: ['harbour', 'sea', 'family'],
  facts: {
    wifi: {
      en: 'The network is SlipwayGuest, password pilchard-1904. Walls are a metre thick, so use the second network SlipwayAttic, same password, in the upper bedrooms.',
    },
    access: {
      en: 'There is no key box: the door has a keypad under a slate flap. Your own code is the last four digits of the phone number you booked with. Turn the knob to the left within five seconds.',
    },
    parking: {
      en: 'Cars may not stop on the slip. We rent space 22 in the Island car park for you; the permit hangs on the nail inside the front door. Unload before ten in the morning, later the road is closed.',
    },
    heating: {
      en: 'Radiators run on oil and the timer is in the larder. Press Boost once for an hour of warmth. The wood stove in the sitting room may be used; only burn the logs from the basket, driftwood ruins the flue.',
    },
    waste: {
      en: 'Gulls tear open every bag. Keep rubbish in the grey seagull-proof sack and hang it on the hook outside on Monday evening only. Recycling goes into the orange and blue bags beneath the sink.',
    },
    kitchen: {
      en: 'The range cooker is gas: push the knob in, hold the igniter button with the flame sign. The gas bottle tap is outside behind the lobster pot. The fridge door needs a firm push.',
    },
    laundry: {
      en: 'There is a washing machine in the yard shed and no dryer. Wet suits go on the rack in the shed, never on the radiators. The launderette on Bedford Road dries a load for 6 pounds.',
    },
    power: {
      en: 'The meter takes tokens for the yard shed only; a spare token is in the blue teapot. The main fuse board is under the stairs behind the raincoats.',
    },
    quirks: {
      en: 'The third stair is lower than the others: everybody trips once. On spring tides sea water comes up the slip to the doorstep; put the flood board in its slots, it stands behind the front door.',
    },
    area: {
      en: 'Hot pasties from the bakery on Fore Street until they run out at two. The nearest pharmacy is Boots on Tregenna Place. Surf lessons are at Porthmeor beach, seven minutes over the hill.',
    },
    transport: {
      en: 'The branch train from St Erth is the best way in; the last one arrives at 22:48. Taxis: Ace of St Ives, who know the slip. In August nothing moves by car between eleven and four.',
    },
    checkout: {
      en: 'Check-out is by 10:00, the cleaners need the tide. Strip no beds. Rinse sand out of the shower, close the skylights and let the door lock behind you.',
    },
    rules: {
      en: 'No pets, the owner’s grandson is allergic. Quiet from 23:00. Barbecues only on the beach below the wall, never in the yard. No smoking anywhere in the house.',
    },
  },
  stories: [
    {
      language: 'en',
      lines: [
        {
          by: 'guest',
          text: 'There is water in the hall! About two centimetres and it smells of sea.',
        },
        {
          by: 'host',
          text: 'That is the spring tide. Please put the flood board into the two slots by the door, it stands behind the coats. High water was 19:06, so it falls from now.',
        },
        { by: 'guest', text: 'Board is in, water is going down. The hall rug is soaked though.' },
        {
          by: 'host',
          text: 'Hang it over the yard wall, it has had worse. I should have warned you this morning, a pasty each is on us tomorrow.',
        },
      ],
    },
    {
      language: 'en',
      lines: [
        {
          by: 'guest',
          text: 'My son’s retainer went down the plughole of the upstairs basin. Is there any hope?',
        },
        {
          by: 'host',
          text: 'Every hope. Our plumber Jago Trevena can come at five and open the trap. Do not run that tap.',
        },
        {
          by: 'guest',
          text: 'He found the retainer, two earrings and a Lego pirate. Jago is a hero.',
        },
      ],
    },
  ],
};
