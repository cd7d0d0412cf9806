/** Somebody as whom one can write on the page. */
export interface ChatPerson {
  readonly id: string;
  readonly userName: string;
  readonly name: string;
  /** Shown beside the name. */
  readonly work: string;
  /** In the chat; `staff` is whom business records are for. */
  readonly roles: readonly string[];
}

export interface ChatPlace {
  readonly id: string;
  readonly form: 'c' | 'p';
  readonly name: string;
  readonly topic: string;
  readonly people: readonly string[];
  readonly said: readonly SaidBefore[];
  /** What to try there. */
  readonly hints: readonly string[];
}

export interface SaidBefore {
  readonly by: string;
  readonly hoursAgo: number;
  readonly text: string;
}

/** With which a message in a room asks. */
export const TRIGGER = '!ask';

export const BOT: ChatPerson = {
  ...{ id: 'innkeeperbotuser1', userName: 'innkeeper', name: 'Innkeeper' },
  ...{ work: 'answers questions', roles: ['bot'] },
};

/** Colleagues of the demo company, and one who is none. */
export const people: readonly ChatPerson[] = [
  {
    ...{ id: 'norawhitfielduser', userName: 'nora', name: 'Nora Whitfield' },
    ...{ work: 'guest desk', roles: ['user', 'staff'] },
  },
  {
    ...{ id: 'janareuteruser001', userName: 'jana', name: 'Jana Reuter' },
    ...{ work: 'guest desk, writes German', roles: ['user', 'staff'] },
  },
  {
    ...{ id: 'femiadeyemiuser01', userName: 'femi', name: 'Femi Adeyemi' },
    ...{ work: 'caretaker', roles: ['user', 'staff'] },
  },
  {
    ...{ id: 'ingridsolheim0001', userName: 'ingrid', name: 'Ingrid Solheim' },
    ...{ work: 'finance', roles: ['user', 'staff'] },
  },
  {
    ...{ id: 'pauloteixeira0001', userName: 'paulo', name: 'Paulo Teixeira' },
    ...{ work: 'cleaner of another firm', roles: ['guest'] },
  },
];

export const places: readonly ChatPlace[] = [
  {
    ...{ id: 'allhandsroom00001', form: 'c', name: 'all-hands' },
    topic: 'Everybody who works here',
    people: ['nora', 'jana', 'femi', 'ingrid'],
    said: [
      {
        ...{ by: 'ingrid', hoursAgo: 50 },
        text: 'From 1 January towels are changed every third day in all homes, no longer every second day.',
      },
      {
        ...{ by: 'nora', hoursAgo: 26 },
        text: 'The winter dinner of the team is on Friday 18 December at 19:00, at the Tern Inn.',
      },
    ],
    hints: [
      '!ask When is the winter dinner?',
      '!ask How many arrivals this week?',
      '@innkeeper How often are towels changed from January?',
    ],
  },
  {
    ...{ id: 'guestdeskroom0001', form: 'p', name: 'guest-desk' },
    topic: 'Staff only: what guests ask for',
    people: ['nora', 'jana', 'femi'],
    said: [
      {
        ...{ by: 'nora', hoursAgo: 47 },
        text: 'The projector for the owners’ evening is in the green cupboard of the office. The cupboard opens with 4471.',
      },
      {
        ...{ by: 'jana', hoursAgo: 30 },
        text: 'Spätes Auschecken geben wir bis 13 Uhr für 25 Euro, wenn am selben Tag niemand anreist.',
      },
    ],
    hints: [
      '!ask Where is the projector?',
      '!ask What is the wifi password at Harbour Loft?',
      '!ask Bis wann geben wir spätes Auschecken?',
    ],
  },
  {
    ...{ id: 'ownersfinance0001', form: 'p', name: 'owners' },
    topic: 'Finance and owners of the homes',
    people: ['ingrid', 'nora'],
    said: [
      {
        ...{ by: 'ingrid', hoursAgo: 44 },
        text: 'The payout to owners is 41,300 euros this time and goes out on 5 December.',
      },
      {
        ...{ by: 'ingrid', hoursAgo: 20 },
        text: 'We move into the new office in Mill Street in March. Nobody outside this room knows it yet.',
      },
    ],
    hints: ['!ask When do we move into the new office?'],
  },
  {
    ...{ id: 'turnoverroom00001', form: 'p', name: 'turnover' },
    topic: 'Cleaning between stays; an outside firm reads here',
    people: ['femi', 'nora', 'paulo'],
    said: [
      {
        ...{ by: 'paulo', hoursAgo: 28 },
        text: 'The linen for Harbour Loft comes on Thursday at 14:00, the driver is Rafael.',
      },
      {
        ...{ by: 'femi', hoursAgo: 22 },
        text: 'I have the projector in my van until Friday. Ring me before you look for it in the office.',
      },
    ],
    hints: [
      '!ask Where is the projector?',
      '!ask What is the wifi password at Harbour Loft?',
      '!ask When does the linen for Harbour Loft come?',
    ],
  },
];

export const directHints = [
  'Where is the projector?',
  'When do we move into the new office?',
  'search mine linen',
  'list',
] as const;
