import { foldedName } from './name-words.js';

/** Words that only join others. */
const joining = `
the a an and of at in on by for to my our your is it with no nr
der die das den dem des ein eine und am im an in zum zur beim bei auf von
le la les l un une et du de d au aux en chez sur
el los las un una y del al en
il lo i gli uno e di da nel al della delle dei
het een en van op aan
o os as um uma e do da dos das no na
i w na z
`;

/** Words that say what sort of home it is: they stand in names everywhere. */
const sorts = `
hotel hotels hostel motel inn lodge guesthouse guest house houses home homes villa villas apartment apartments apt apartamento
apartamentos appartement appartements appartamento appartamenti apartament apartamenty wohnung wohnungen ferienwohnung fewo ferienhaus haus
hause zimmer room rooms chambre chambres habitacion camera camere kamer pokoj quarto flat flats studio studios loft lofts suite suites
penthouse cottage cabin chalet chalets bungalow residence residences residenz resort spa bed breakfast b bnb pension casa casas
maison gite huis woning dom domek unit property place restaurant cafe bar pub bistro museum
`;

const setOf = (words: string): ReadonlySet<string> =>
  new Set(words.trim().split(/\s+/u).map(foldedName));

const joiningWords = setOf(joining);
const sortWords = setOf(sorts);

/** What a word of a name tells beside others, by what sort of word it is: from 0 to 1. */
export const tellingOf = (folded: string): number => {
  if (joiningWords.has(folded)) return 0.02;
  return sortWords.has(folded) || folded.length === 1 ? 0.12 : 1;
};

export const isGenericInNames = (folded: string): boolean => tellingOf(folded) < 1;
