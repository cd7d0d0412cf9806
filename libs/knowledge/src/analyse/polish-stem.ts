/**
 * A light stemmer for Polish, for which Snowball has none in this package: the longest ending of nouns, adjectives and
 * verbs goes, as long as three letters stay. It reads folded words, without diacritics.
 */
const endings = [
  ...['owaniach', 'owaniami', 'owaniem', 'owaniom', 'owania', 'owaniu', 'owanie', 'owany', 'owana'],
  ...['iejszych', 'iejszego', 'iejszej', 'iejszy', 'iejsza', 'iejsze', 'osciami', 'osciach'],
  ...[
    'osciom',
    'oscia',
    'osci',
    'osc',
    'aniach',
    'aniami',
    'aniem',
    'aniom',
    'ania',
    'aniu',
    'anie',
  ],
  ...['eniach', 'eniami', 'eniem', 'eniom', 'enia', 'eniu', 'enie', 'iami', 'iach', 'iego', 'iemu'],
  ...['ymi', 'imi', 'ami', 'ach', 'ego', 'emu', 'owi', 'owie', 'ych', 'ich', 'iej', 'iom', 'iem'],
  ...['ale', 'ala', 'alo', 'aly', 'ali', 'ily', 'ili', 'ila', 'ilo', 'amy', 'emy', 'imy', 'ymy'],
  ...['acie', 'ecie', 'icie', 'ycie', 'asz', 'esz', 'isz', 'ysz', 'aja', 'uja', 'uje', 'ujemy'],
  ...['ow', 'om', 'em', 'ej', 'ym', 'im', 'ia', 'ie', 'iu', 'io', 'ce', 'ac', 'ec', 'ic', 'yc'],
  ...['al', 'il', 'yl', 'aj', 'a', 'e', 'i', 'o', 'u', 'y'],
].sort((one, other) => other.length - one.length);

const LEAST = 3;

export const polishStem = (word: string): string => {
  const ending = endings.find((each) => word.length - each.length >= LEAST && word.endsWith(each));
  return ending === undefined ? word : word.slice(0, -ending.length);
};
