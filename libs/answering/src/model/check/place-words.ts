import { folded } from '../../texts/folded.js';
import { languageFor, type AnswerLanguage } from '../../texts/answer-texts.js';

/**
 * Words for where and when something is, in the order en de fr es it nl pl pt, with `/` between words for the same. They
 * are no words of the trade, and an answer in another language than its source goes wrong with them first.
 */
const table = `
behind | hinter | derrière | detrás | dietro | achter | za | atrás
before/front | vor/vorne | devant/avant | delante/antes | davanti/prima | voor | przed | frente/antes
beside/next/near | neben/nahe | près/côté | junto/cerca | accanto/vicino | naast/bij | obok/przy/blisko | lado/perto
under/below/beneath | unter/unterhalb | sous/dessous | debajo/bajo | sotto | onder | pod | debaixo/baixo/sob
above/over | über/oberhalb | dessus/au-dessus | encima/sobre | sopra | boven | nad/powyżej | acima/cima
between | zwischen | entre | entre | tra/fra | tussen | między/pomiędzy | entre
left | links/linke/linken | gauche | izquierda | sinistra | links/linker | lewo/lewej | esquerda
right | rechts/rechte/rechten | droite | derecha | destra | rechts/rechter | prawo/prawej | direita
outside | außen/draußen/außerhalb | dehors/extérieur | fuera/exterior | fuori/esterno | buiten | zewnątrz | fora/exterior
inside | innen/drinnen/innerhalb | dedans/intérieur | dentro/interior | dentro/interno | binnen | wewnątrz | dentro/interior
from/since | ab/von/seit | dès/depuis/partir | desde/partir | dalle/dal/partire | vanaf/sinds | od | desde/partir
until/till | bis | jusque/jusqu | hasta | fino/entro | tot | do | até
after | nach | après | después/tras | dopo | na | po | depois/após
during | während | pendant/durant | durante | durante | tijdens | podczas | durante
always | immer/stets | toujours | siempre | sempre | altijd | zawsze | sempre
only | nur/bloß | seulement/uniquement | solo/sólo/solamente | solo/soltanto | alleen/slechts | tylko | só/somente/apenas
open | offen/geöffnet | ouvert/ouverte/ouverts | abierto/abierta | aperto/aperta | open/geopend | otwarty/otwarta/otwarte | aberto/aberta
closed | geschlossen/zu | fermé/fermée | cerrado/cerrada | chiuso/chiusa | gesloten/dicht | zamknięty/zamknięta/zamknięte | fechado/fechada
allowed/permitted | erlaubt/gestattet | autorisé/autorisés/permis/admis | permitido/permitidos/admiten | permesso/ammessi/consentito | toegestaan | dozwolone/dozwolony | permitido/permitidos
included | inbegriffen/inklusive/enthalten | inclus/compris | incluido/incluida | incluso/compreso | inbegrepen | wliczone/wliczony | incluído/incluída
summer | Sommer | été | verano | estate | zomer | lato/lecie | verão
winter | Winter | hiver | invierno | inverno | winter | zima/zimie/zimą | inverno
hall/hallway | Flur/Diele | couloir/entrée | pasillo/recibidor | corridoio/ingresso | gang/hal | korytarz/korytarzu | corredor/entrada
cellar/basement | Keller | cave/sous-sol | sótano/bodega | cantina/seminterrato | kelder | piwnica/piwnicy | cave/porão
cupboard/closet/wardrobe | Schrank | armoire/placard | armario | armadio | kast | szafa/szafie/szafce | armário
shelf | Regal | étagère | estante | scaffale/mensola | plank/rek | półka/półce | prateleira
`;

const order: readonly AnswerLanguage[] = ['en', 'de', 'fr', 'es', 'it', 'nl', 'pl', 'pt'];

type PlaceGroup = ReadonlyMap<AnswerLanguage, readonly string[]>;

const groups: readonly PlaceGroup[] = table
  .trim()
  .split('\n')
  .map((line) => {
    const cells = line.split('|').map((cell) => cell.trim().split('/').map(folded));
    return new Map(order.map((language, i) => [language, cells[i] ?? []]));
  });

/** What a word is called in another language; nothing for a word that is not in the table. */
export const placeWordsFor = (
  written: string,
  from: string,
  to: string,
): readonly string[] | undefined => {
  const word = folded(written);
  const own = groups.filter((group) => group.get(languageFor([from]))?.includes(word) === true);
  return own.length === 0 ? undefined : own.flatMap((group) => group.get(languageFor([to])) ?? []);
};
