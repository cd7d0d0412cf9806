import type { DemoLanguage } from './demo-home.js';

/** What guests ring up about. */
export const spokenTopics = [
  'late',
  'keyStuck',
  'cold',
  'noise',
  'lost',
  'payment',
  'cancel',
  'broken',
  'dirty',
  'taxi',
  'extraGuest',
  'dates',
] as const;
type SpokenTopic = (typeof spokenTopics)[number];

export const callTags: Readonly<Record<SpokenTopic, string>> = {
  late: 'Late arrival',
  keyStuck: 'Check-in issue',
  cold: 'Maintenance',
  noise: 'Complaint',
  lost: 'Lost and found',
  payment: 'Payment',
  cancel: 'Cancellation',
  broken: 'Maintenance',
  dirty: 'Complaint',
  taxi: 'Request',
  extraGuest: 'Booking change',
  dates: 'Booking change',
};

/** How a call begins. */
export const openings: Readonly<
  Record<DemoLanguage, { readonly host: string; readonly guest: string }>
> = {
  en: {
    host: '{company}, {host} speaking, how can I help?',
    guest: 'Hello, this is {name}, we booked {home}.',
  },
  de: {
    host: '{company}, {host} am Apparat, was kann ich für Sie tun?',
    guest: 'Guten Tag, hier ist {name}, es geht um {home}.',
  },
  fr: {
    host: '{company}, {host} à l’appareil, bonjour.',
    guest: 'Bonjour, ici {name}, c’est au sujet de {home}.',
  },
  es: {
    host: '{company}, le atiende {host}, dígame.',
    guest: 'Hola, soy {name}, llamo por {home}.',
  },
  it: {
    host: '{company}, sono {host}, buongiorno.',
    guest: 'Buongiorno, sono {name}, chiamo per {home}.',
  },
  nl: {
    host: '{company}, met {host}, waarmee kan ik helpen?',
    guest: 'Goedendag, met {name}, het gaat over {home}.',
  },
};

/** What colleagues write under a call, in the language of the team. */
export const comments: Readonly<Record<SpokenTopic, readonly string[]>> = {
  late: [
    'Arrives at {home} only at {time}. Light stays on, neighbours told.',
    'Train delayed, new time {time}. Sent the access text again.',
    'Late arrival {time}, knows the way in.',
  ],
  keyStuck: [
    'Stood in front of {home}, box would not open. Talked through it, worked at the second try.',
    'Key stuck at {home}. Ordered graphite spray for the lock.',
    'Had typed the code of another house. All inside now.',
  ],
  cold: [
    'No hot water at {home}. Restarted the boiler, check again tomorrow.',
    'Radiators cold, heaters brought at {time}.',
    'Was the thermostat, guest had it on frost.',
  ],
  noise: [
    'Neighbours too loud at {home}. Called them, then sent a discount of {amount}.',
    'Complains about building works next door. Offered {amount}.',
    'The noise was their own child’s drum. We laughed.',
  ],
  lost: [
    'Left {item} {place} at {home}. Cleaner looks on {day}.',
    'Item found, postage {amount}, address by mail.',
    'Looked everywhere, nothing found. Told the guest.',
  ],
  payment: [
    'New payment link sent over {amount}.',
    'Card declined twice, pays by transfer until {day}.',
    'Second instalment is in, receipt mailed.',
  ],
  cancel: [
    'Cancels because of illness. Refund {amount} agreed, rest as voucher.',
    'Flight cancelled, refund in full, more than five days ahead.',
    'Wants to cancel, talked them into new dates.',
  ],
  broken: [
    'Reports that something broke at {home}: {thing}. Task made.',
    'Guest broke a glass table leg, insurance form sent.',
    'Remote was only out of batteries.',
  ],
  dirty: [
    'Bathroom not clean on arrival at {home}. Cleaner back at {time}, {amount} refunded.',
    'Complaint about crumbs, apologised.',
    'Bed linen stained, changed the same evening.',
  ],
  taxi: [
    'Taxi ordered for {time}, cash.',
    'Asked for a large taxi for {n} people, booked.',
    'Wanted a taxi tip, gave two numbers.',
  ],
  extraGuest: [
    'One more person at {home}, now {n}. Price changed by {amount} a night.',
    'Brother joins for a night, sofa bed.',
    'Too many people for the house, had to say no.',
  ],
  dates: [
    'Moves the stay by a week, same price.',
    'Wants one night more, not possible, next guests on {day}.',
    'Comes one day later, no refund for the first night.',
  ],
};

/** Callers who are no guests. */
export const outsiders: readonly string[] = [
  'Wanted to sell us linen. No interest.',
  'Window cleaner asks when the loft is empty. Told him Thursdays.',
  'Wrong number, looked for a dentist.',
  'Owner of a flat in Porto asks whether we would manage it. Sent the brochure.',
  'Journalist writes about holiday lets in St Ives, wants a quote. Passed on to Nora.',
  'Parcel service stands before a closed gate. Left it with the neighbour.',
  'Asks for prices in August for twelve people. We have nothing that large.',
  'School class of thirty, sent to the youth hostel.',
];
