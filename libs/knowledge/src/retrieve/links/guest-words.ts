import type { NameSpan } from '../names/mentions-in.js';

/** How people speak of a guest whom they do not name, as alternatives of a pattern. Anybody may add words. */

/** One guest, or the guests of one stay. */
const one = `
guest|tenant|renter|lodger|family|couple|occupants?
gast(?:es|s)?|mieter(?:in|s)?|familie|bewohner(?:in)?
client(?:e)?|voyageu(?:r|se)|hôte|locataire|famille|couple|occupants?
huésped|huespeda?|cliente|inquilin[oa]|familia|pareja|viajer[oa]
ospite|inquilin[oa]|famiglia|coppia
gast|huurder|familie|gezin
gość|gościa|gościowi|gościem|klient(?:a|ka|ki)?|najemc[aęy]|rodzin[aęy]
hóspede|hospede|inquilin[oa]|família|casal
`;

/** Several: they are those of one stay only after an article. */
const several = `
the (?:guests|people|tenants|lodgers)
(?:die|den|der) (?:gäste|gästen|leute|leuten|mieter)
les (?:clients|voyageurs|hôtes|locataires|gens)
(?:los|las|l[oa]s) (?:huéspedes|clientes|inquilinos)
gli ospiti|i clienti
de (?:gasten|huurders|mensen)
gości(?:e|om|ach)?|goście
os (?:hóspedes|hospedes|clientes)
`;

/** Before the word for a guest these mean no guest in particular. */
const nobody = `
an?|any|every|each|no|next|new|another|per|which|what|how many
ein(?:e|en|em|er)?|jede[rnms]?|kein(?:e|en|em)?|pro|neue[rnms]?|welche[rnms]?|wie viele
une?|chaque|aucune?|tout|par|quel(?:le)?
una?|uno|cada|ningún|ninguna|por|cualquier|qué|cuántos
un|uno|una|ogni|nessun|per|quale|quanti
een|elke?|iedere?|geen|per|welke?|hoeveel
każd[yae]|żaden|jakiś|który|ilu
uma?|cada|nenhum|nenhuma|por|qualquer|qual|quantos
`;

/** Between a guest and the home, and nothing else: "the guest who is now staying in the …". */
const between = `
in|at|of|from|inside|staying|living|sleeping|who|whos|that|which|is|are|was|were|stayed|stays|now|currently|right|the|apartment|flat|house|home|room|number|no|unit
im|in|aus|von|vom|bei|zu|der|die|das|dem|den|des|gerade|jetzt|aktuell|wohnt|wohnen|ist|sind|war|waren|wohnung|haus|zimmer|nummer|nr|objekt
dans|à|a|au|aux|de|du|la|le|les|l|chez|qui|est|sont|loge|logent|séjourne|actuellement|appartement|maison|chambre|numéro|dernier|du
en|de|del|la|el|los|que|está|esta|están|ahora|alojad[oa]s?|casa|piso|apartamento|habitación|número
in|nel|nella|nell|nello|al|alla|all|di|del|della|che|è|sono|ora|adesso|alloggia|casa|appartamento|camera|numero
in|op|van|het|de|die|dat|nu|is|zijn|verblijft|logeert|woont|huis|appartement|kamer|nummer
w|we|z|ze|na|u|który|która|jest|są|teraz|mieszka|domu|mieszkaniu|pokoju|numer
em|no|na|nos|nas|do|da|de|que|está|estão|agora|fica|casa|apartamento|quarto|número
`;

/** Of these a question is about what somebody said: what the company wrote about a home answers none of it. */
const saying = `
said|says?|told|tells?|complain\\w*|complaints?|asked|asks?|asking|wrote|writes?|written|wanted|wants?|requested|requests?|mention\\w*|call(?:ed|s|ing)?|report(?:ed|s)?|happen(?:ed|s)?|message[sd]?
sagte?|gesagt|sagt|beschwer\\w*|beklag\\w*|fragte|gefragt|fragt|schrieb|geschrieben|schreibt|wollte|möchte|gewünscht|wünscht|bat|gebeten|erzählt|gemeldet|angerufen|rief|nachricht(?:en)?
dit|plaint|plaintes?|plaindre|demandé|demande|écrit|voulait|veut|appelé|message|signalé
dijo|dicho|quej\\w*|preguntó|preguntado|pregunta|escribió|escrito|quería|quiere|pidió|pedido|llamó|mensajes?
detto|lamentat\\w*|lament[aoi]|chiesto|chiede|scritto|voleva|vuole|chiamato|messaggi\\w*|segnalato
gezegd|zei|zegt|klaagde|geklaagd|klacht(?:en)?|vroeg|gevraagd|schreef|geschreven|wilde|gebeld|gemeld|bericht(?:en)?
powiedział[ao]?|mówił[ao]?|skarżył[ao]?|skarg\\w*|pytał[ao]?|zapytał[ao]?|pisał[ao]?|napisał[ao]?|chciał[ao]?|dzwonił[ao]?|zgłosił[ao]?
disse|queix\\w*|reclam\\w*|perguntou|escreveu|queria|pediu|ligou|mensage\\w*
`;

const alternatives = (words: string): string =>
  [...new Set(words.trim().split(/[\n|](?![^()]*\))/u))]
    .filter((word) => word !== '')
    .sort((a, b) => b.length - a.length)
    .join('|');

const START = '(?<![\\p{L}\\p{N}])';
const END = '(?![\\p{L}\\p{N}])';

const guestPattern = new RegExp(
  `${START}(?:(?<several>${alternatives(several)})|(?<one>${alternatives(one)}))${END}`,
  'giu',
);
const said = new RegExp(`${START}(?:${alternatives(saying)})${END}`, 'iu');
const nobodyBefore = new RegExp(`${START}(?:${alternatives(nobody)})\\s+(?:\\p{L}+\\s+)?$`, 'iu');
const onlyBetween = new RegExp(
  `^(?:[\\s,'’.-]|${START}(?:${alternatives(between)})${END})*$`,
  'iu',
);
/** `the Harbour Loft guest`, `der Harbour-Loft-Gast`. */
const guestAfter = new RegExp(`^[\\s'’s-]*${START}(?:${alternatives(one)})${END}`, 'iu');

/** Where a text speaks of a guest by the home that stands there: "the guest in …", "… guest". */
export const guestOfHome = (text: string, home: NameSpan): NameSpan | undefined => {
  for (const { 0: written, index: start } of text.matchAll(guestPattern)) {
    const end = start + written.length;
    if (end > home.start || nobodyBefore.test(text.slice(0, start))) continue;
    if (onlyBetween.test(text.slice(end, home.start))) return { start, end };
  }
  const after = guestAfter.exec(text.slice(home.end));
  if (!after || nobodyBefore.test(text.slice(0, home.start))) return undefined;
  return { start: home.end, end: home.end + after[0].length };
};

/** The question is about what somebody said, not about the home. */
export const asksWhatWasSaid = (text: string): boolean => said.test(text);
