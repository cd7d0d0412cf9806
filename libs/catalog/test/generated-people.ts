import { mailHandle, phoneHandle, type Bearer, type Handle } from '#libs/catalog';

/** Records with the truth beside them: which human each one really is. */
export interface GeneratedSet {
  readonly bearers: readonly Bearer[];
  readonly humanOf: ReadonlyMap<string, number>;
  /** Calls: the number that rang, and who really rang. */
  readonly calls: readonly { readonly handle: Handle; readonly human: number }[];
}

/** Small, seedable, the same everywhere (mulberry32). */
export const randomFrom = (seed: number) => {
  let state = seed >>> 0;
  return (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
};

const firstNames =
  'Anna Erik Maria José Sofía Lukas Zoë Søren Håkan Müge Aïsha Ivan Olga Robert William Elizabeth Katherine Alexander Alexandra Thomas Michael Francisco Guillermo Giovanni Nikolaos Yuki Wei Fatima Omar Chloé Jürgen Björn Ingrid Agnieszka Łukasz Daniel Danielle Christian Christina Patrick Patricia Samuel Samantha Margaret Susan Joseph Josephine Peter Petra Paul Paula'.split(
    ' ',
  );
const lastNames =
  'Svensson Müller Mueller García López Rossi Bianchi Dubois Lefèvre Nowak Kowalski Yılmaz Demir Ivanov Petrova Smith Johnson Williams Brown Jones Silva Santos Ferreira Jensen Hansen Larsen Andersson Karlsson Novák Horvat Popescu Ionescu Kim Lee Wang Chen Tanaka Sato Haddad Khalil Papadopoulos Virtanen Korhonen OBrien Murphy MacDonald Campbell Schmidt Schneider Fischer Weber'.split(
    ' ',
  );
const short: Readonly<Record<string, string>> = {
  ...{ Robert: 'Bob', William: 'Bill', Elizabeth: 'Liz', Katherine: 'Kate', Alexander: 'Alex' },
  ...{ Alexandra: 'Sandra', Thomas: 'Tom', Michael: 'Mike', Francisco: 'Paco', Samuel: 'Sam' },
  ...{ Guillermo: 'Memo', Giovanni: 'Gianni', Daniel: 'Dan', Margaret: 'Maggie', Joseph: 'Joe' },
};

interface Human {
  readonly id: number;
  readonly first: string;
  readonly middle: string;
  readonly last: string;
  readonly phone: string;
  readonly mail: string;
}

/** A season of guests, repeated stays, address books typed by hand, and every known trap at its usual rate. */
export const generatedSet = (seed: number, people: number): GeneratedSet => {
  const random = randomFrom(seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const chance = (share: number): boolean => random() < share;
  const bearers: Bearer[] = [];
  const humanOf = new Map<string, number>();
  const calls: { handle: Handle; human: number }[] = [];
  let numbers = 0;
  const newPhone = (): string => `+4477${String(10_000_000 + numbers++)}`;
  const humans: Human[] = [];
  const behind = ({ phone, mail }: Partial<Human>): ReadonlySet<string> =>
    new Set(
      humans.filter((one) => one.phone === phone || one.mail === mail).map((one) => one.first),
    );
  const meet = (over: Partial<Human> = {}): Human => {
    const id = humans.length;
    const named = (): [string, string] => [
      over.first ?? pick(firstNames),
      over.last ?? pick(lastNames),
    ];
    let [first, last] = named();
    // Two of one whole name behind one number or mailbox is beyond anybody.
    while (over.first === undefined && behind(over).has(first)) [first, last] = named();
    const middle = pick(firstNames);
    const human = {
      first,
      middle,
      last,
      phone: newPhone(),
      mail: `p${id}.x@example.com`,
      ...over,
      id,
    };
    humans.push(human);
    return human;
  };
  const add = (kind: string, human: Human, bearer: { name?: string; handles: Handle[] }): void => {
    const record = `${kind}/${kind}.${bearers.length}`;
    bearers.push({ record, ...bearer });
    humanOf.set(record, human.id);
  };

  const asBooked = ({ first, middle, last }: Human): string =>
    pick([
      ...Array.from({ length: 6 }, () => `${first} ${last}`),
      `${first} ${last}`.toUpperCase(),
      `${last} ${first}`,
      `${first} ${middle} ${last}`,
      `${short[first] ?? first} ${last}`,
      `${first} ${last}`.normalize('NFD').replaceAll(/\p{M}/gu, ''),
      first,
    ]);
  const asTyped = (human: Human): string | undefined =>
    pick([
      `${human.first} ${human.last}`,
      `${human.first} ${human.last}`,
      `${human.first} ${human.last} (Booking)`,
      `${human.first} Airbnb`,
      `${short[human.first] ?? human.first} ${human.last}`,
      human.first,
      `Guest ${human.first} apt 12`,
      undefined,
    ]);
  const handles = (human: Human, mail: string): Handle[] =>
    [phoneHandle(human.phone), mailHandle(mail)].filter((handle) => handle !== undefined);
  const mailAt = (human: Human): string =>
    pick([human.mail, human.mail, `${human.id}-abc@guest.booking.com`, 'info@example.com']);

  const live = (human: Human): void => {
    const stays = chance(0.25) ? 1 + Math.ceil(random() * 3) : 1;
    for (let stay = 0; stay < stays; stay += 1)
      add('guest', human, { name: asBooked(human), handles: handles(human, mailAt(human)) });
    if (chance(0.35)) {
      const name = asTyped(human);
      add('contact', human, {
        ...(name !== undefined && { name }),
        handles: handles(human, chance(0.3) ? human.mail : ''),
      });
    }
    const handle = phoneHandle(human.phone);
    for (let call = 0; handle && call < 1 + random() * 3; call += 1)
      calls.push({ handle, human: human.id });
  };

  for (let i = 0; i < people; i += 1) {
    const human = meet();
    live(human);
    // One phone for two, usually of one family name.
    if (chance(0.012)) live(meet({ phone: human.phone, ...(chance(0.6) && { last: human.last }) }));
    // One mailbox for two.
    if (chance(0.01)) live(meet({ mail: human.mail, last: human.last }));
    // A number that went to somebody else.
    if (chance(0.005)) live(meet({ phone: human.phone }));
    // A parent and a child of one name, or nearly.
    if (chance(0.002))
      live(meet({ phone: human.phone, last: human.last, first: `${human.first}ino` }));
    // An agency that books for many.
    if (chance(0.0005)) for (let n = 0; n < 12; n += 1) live(meet({ phone: human.phone }));
  }
  return { bearers, humanOf, calls };
};
