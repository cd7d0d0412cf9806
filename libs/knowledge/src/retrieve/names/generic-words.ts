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

/** Words that everybody says of other things, too: half a name. */
const everyday = `
old new view views sea lake river park garden gardens city town village station bridge hill hills green red blue white black golden gold
silver royal grand great central centre center north south east west upper lower sun sunny sunset sunrise star moon beach bay harbour
harbor port market church castle court square street road lane corner island mountain forest wood woods tree garden terrace tower wall gate
quiet cosy cozy modern little big small happy home family friends summer winter spring green high royal palace plaza main first best good
family dream paradise lovely charming bright luxury deluxe premium classic urban country rural water stone
alt alte altes alter neu neue neues neuer see seen fluss park garten stadt dorf bahnhof brücke berg berge hof markt kirche schloss
platz straße weg insel wald baum turm tor sonne sonnen stern mond strand hafen nord süd ost west schön schöne klein kleine groß große
blick haupt familie traum ruhe rote blaue grüne weiße goldene
vieux vieille nouveau nouvelle vue mer lac rivière parc jardin ville village gare pont colline vert rouge bleu bleue blanc blanche soleil
étoile lune plage port marché église château place rue île montagne forêt bois petit petite grand grande nord sud est ouest
viejo vieja nuevo nueva vista vistas mar lago río parque jardín ciudad pueblo estación puente colina verde rojo azul blanco blanca sol
estrella luna playa puerto mercado iglesia castillo plaza calle isla montaña bosque pequeño grande norte sur este oeste
vecchio vecchia nuovo nuova mare lago fiume parco giardino città stazione ponte collina verde rosso blu bianco bianca sole stella luna
spiaggia porto mercato chiesa castello piazza via isola montagna bosco piccolo piccola
oude oud nieuwe nieuw zicht zee meer rivier tuin stad dorp brug heuvel groen rood blauw wit zon ster maan haven kerk kasteel plein
straat eiland berg bos klein kleine
stary stara nowy nowa widok morze jezioro rzeka ogród miasto dworzec most zielony czerwony biały słońce gwiazda plaża port rynek kościół
zamek plac ulica wyspa góra las mały mała
velho velha novo nova vista mar lago rio parque jardim cidade estação ponte verde azul branco sol estrela lua praia porto mercado igreja
castelo praça rua ilha montanha pequeno pequena
`;

const setOf = (words: string): ReadonlySet<string> =>
  new Set(words.trim().split(/\s+/u).map(foldedName));

const joiningWords = setOf(joining);
const sortWords = setOf(sorts);
const everydayWords = setOf(everyday);

/** What a word of a name tells beside others, by what sort of word it is: from 0 to 1. */
export const tellingOf = (folded: string): number => {
  if (joiningWords.has(folded)) return 0.02;
  if (sortWords.has(folded) || folded.length === 1) return 0.12;
  return everydayWords.has(folded) ? 0.45 : 1;
};

/** It says what sort of home it is, or nothing at all. */
export const isGenericInNames = (folded: string): boolean => tellingOf(folded) < 0.2;
