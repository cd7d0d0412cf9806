import { mailHandle, phoneHandle, type Bearer, type Handle } from '#libs/catalog';

import { randomFrom, type GeneratedSet } from './generated-people.js';

/** Half of these are names that our list has, half are not; neither is it made of the list. */
const firstNames =
  'Alessandra Benjamin Callum Dorothea Emilija Fridtjof Gwendolyn Hamish Ishbel Jarrah Kaleb Lachlan Madeleine Nicholas Ottilie Philippa Quillan Rosalind Sebastian Thaddeus Ursula Vivienne Wilhelmina Xanthe Yevgenia Zebulon Mackenzie Brodie Tahlia Zachariah Matilda Hannelore Aurelio Ximena Radoslav Kazimierz Oyelaran Chidinma Takahiro Siobhan'.split(
    ' ',
  );
const lastNames =
  'Cannell Dobbertin Ettershank Featherstone Grabowski Hollingworth Ingleby Jankowicz Kirchhoff Lansdowne Mansfield Nettleton Okonkwo Pemberton Quartermaine Rutherford Stephenson Tattersall Underwood Vandersteen Winterbourne Yarborough Zimmermann Bronnikov Castellanos Drummond Espinoza Fairweather Gianopoulos Habermann Szczepaniak Wickramasinghe Thorvaldsen Montgomery Campbell Kowalczyk Fernandez Lindqvist Papadakis Morrison'.split(
    ' ',
  );

/** Letters that lie beside each other, or sound alike. */
const confusions: Readonly<Record<string, string>> = {
  ...{ a: 'sqe', b: 'vnp', c: 'xvk', d: 'sft', e: 'wri', f: 'dgv', g: 'fhj', h: 'gjn', i: 'uoy' },
  ...{ j: 'hkg', k: 'jlc', l: 'kor', m: 'nb', n: 'mbh', o: 'ipu', p: 'olb', q: 'wak', r: 'etl' },
  ...{ s: 'adz', t: 'ryd', u: 'yio', v: 'cbw', w: 'qev', x: 'zcs', y: 'tui', z: 'xas' },
};
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz';

/** Couples, twins, parents and children at one number or mail, whose names are alike. */
const likeNames: readonly (readonly [string, string])[] = [
  ['Daniel', 'Daniela'],
  ['Christian', 'Christina'],
  ['Alessandro', 'Alessandra'],
  ['Marion', 'Marlon'],
  ['Julia', 'Julie'],
  ['Mario', 'Maria'],
  ['Johann', 'Johanna'],
  ['Marina', 'Martina'],
  ['Karina', 'Katina'],
  ['Ilario', 'Ilaria'],
  ['Radoslav', 'Radoslava'],
  ['Frances', 'Francis'],
  ['Stefan', 'Stefanie'],
  ['Elena', 'Elina'],
  ['Kiara', 'Tiara'],
  ['Annika', 'Annina'],
  ['Sabina', 'Sabrina'],
  ['Tamara', 'Tamira'],
  ['Jolina', 'Jolena'],
  ['Amelina', 'Emelina'],
  ['Leonie', 'Leonid'],
  ['Florine', 'Florian'],
  ['Bernard', 'Gerhard'],
  ['Elias', 'Elisa'],
  ['Valerio', 'Valeria'],
  ['Jasmin', 'Jasmina'],
  ['Zdenek', 'Zdenka'],
];

/**
 * An address book typed by hand: most people stand in it twice, once with a slip, by one number or mail.
 * Beside them live those who share a number and are not one person.
 */
export const misspeltSet = (seed: number, people: number): GeneratedSet => {
  const random = randomFrom(seed * 7919);
  const upTo = (most: number): number => Math.floor(random() * most);
  const pick = <T>(from: readonly T[]): T => from[upTo(from.length)] as T;
  const chance = (share: number): boolean => random() < share;
  const bearers: Bearer[] = [];
  const humanOf = new Map<string, number>();
  let humans = 0;

  const slip = (word: string): string => {
    const at = upTo(word.length);
    const [before, letter = 'e', after] = [word.slice(0, at), word[at], word.slice(at + 1)];
    const near = confusions[letter.toLowerCase()] ?? ALPHABET;
    return pick([
      () => before + pick([...near]) + after,
      () => before + pick([...ALPHABET]) + after,
      () => before + after,
      () => before + letter + letter + after,
      () => before + pick([...ALPHABET]) + letter + after,
      () => before + (after[0] ?? '') + letter + after.slice(1),
    ])();
  };
  const misspelt = (first: string, last: string): string => {
    const turn = random();
    // The rest of the time nobody slips, or twice: nobody has to find those.
    if (turn < 0.35) return `${slip(first)} ${last}`;
    if (turn < 0.75) return `${first} ${slip(last)}`;
    if (turn < 0.87) return `${slip(first)} ${slip(last)}`;
    return pick([`${first} ${last}`, `${last}, ${first}`, `${first.toUpperCase()} ${last}`]);
  };
  const add = (name: string, human: number, handles: (Handle | undefined)[]): void => {
    const record = `${pick(['guest', 'contact'])}/set.${bearers.length}`;
    bearers.push({ record, name, handles: handles.filter((one) => one !== undefined) });
    humanOf.set(record, human);
  };
  const reached = (human: number): (Handle | undefined)[] => {
    const phone = phoneHandle(`+4477${String(10_000_000 + human)}`);
    const mail = mailHandle(`p${human}@example.com`);
    return pick([[phone], [mail], [phone, mail]]);
  };
  const beside = (name: string, at: (Handle | undefined)[]): void => {
    humans += 1;
    add(name, humans, at);
  };

  for (let i = 0; i < people; i += 1) {
    humans += 1;
    const human = humans;
    const at = reached(human);
    if (chance(0.12)) {
      const [first, second] = pick(likeNames);
      const last = pick(lastNames);
      add(`${first} ${last}`, human, at);
      beside(`${second} ${last}`, at);
      continue;
    }
    const [first, last] = [pick(firstNames), pick(lastNames)];
    add(`${first} ${last}`, human, at);
    if (chance(0.85)) add(misspelt(first, last), human, at);
    if (!chance(0.12)) continue;
    const other = pick(firstNames.filter((name) => name !== first));
    beside(`${other} ${chance(0.7) ? last : pick(lastNames)}`, at);
  }
  return { bearers, humanOf, calls: [] };
};
