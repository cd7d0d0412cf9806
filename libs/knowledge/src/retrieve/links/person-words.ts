import { foldedName } from '../names/name-words.js';

const setOf = (words: string): ReadonlySet<string> =>
  new Set(words.trim().split(/\s+/u).map(foldedName));

/** Before a name these say that a person follows. */
export const courtesies = setOf(`
mr mrs ms miss mister madam sir dr prof guest family
herr herrn frau gast familie fam
monsieur madame mademoiselle m mme mlle famille client cliente
señor señora señorita sr sra srta familia don doña huésped
signor signora signorina sig ospite famiglia
meneer mevrouw mijnheer mevr dhr gezin
pan pani pana panu panem panią państwo państwa rodzina rodziny
senhor senhora família hóspede
`);

/** After these a word with a capital is a thing, in German at least. */
export const articles = setOf(`
der die das den dem des ein eine einen einem einer eines kein keine keinen keinem im am zum zur vom beim ins ans
mein meine meinen dein deine unser unsere unseren euer eure sein seine ihr ihre dieser diese dieses diesen jeder jede jedes
the an any every some no this that my your our its
le la les un une des du au aux mon ma mes votre vos notre ce cette
el los las una unos unas al mi su nuestro nuestra este esta
lo gli uno il mio mia suo sua questo questa
de het een geen mijn uw ons onze deze dit
o os as um uma uns umas ao meu minha seu sua
`);

/** Parts of names that tell nobody from another. */
export const particles = setOf(
  'van von de der den da di del della dei do dos das la le du des ten ter te zu zum zur y e i und and af av el al bin ben mac o san st',
);
