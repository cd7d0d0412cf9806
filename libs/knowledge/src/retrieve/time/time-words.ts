/** Words of time in the languages of the guests, as alternatives of a pattern. Longer ones stand first. */

const listed = (text: string): readonly string[] =>
  text
    .trim()
    .split('\n')
    .map((line) => line.trim());

/** Days from today. */
export const relativeDays: readonly (readonly [days: number, words: string])[] = [
  [
    -2,
    "day before yesterday|vorgestern|avant[- ]hier|anteayer|antes de ayer|l[’']altro ieri|altroieri|eergisteren|przedwczoraj|anteontem",
  ],
  [
    2,
    'day after tomorrow|übermorgen|uebermorgen|après[- ]demain|pasado mañana|dopodomani|overmorgen|pojutrze|depois de amanhã',
  ],
  [
    -1,
    'yesterday|last night|gestern|letzte nacht|hier soir|hier|ayer|anoche|ieri|gisteren|wczoraj|ontem',
  ],
  [
    1,
    'tomorrow|(?<!(?:guten|heute|gestern|am|jeden|goede) )morgen(?!s)|demain|(?<!(?:por|de|esta|la) (?:la )?)mañana|domani|jutro|amanhã',
  ],
  [
    0,
    "today|tonight|this (?:morning|afternoon|evening)|heute|aujourd[’']hui|ce (?:soir|matin)|hoy|esta (?:noche|mañana|tarde)|oggi|stasera|stamattina|vandaag|vanavond|dzisiaj|dziś|dzis|hoje",
  ],
];

/** From Monday on: one line a day. */
export const weekdays = listed(`
  mondays?|montags?|lundi|lunes|lunedì|lunedi|maandag|poniedziałek|poniedzialek|segunda-feira
  tuesdays?|dienstags?|mardi|martes|martedì|martedi|dinsdag|wtorek|terça-feira
  wednesdays?|mittwochs?|mercredi|miércoles|miercoles|mercoledì|mercoledi|woensdag|środę|środa|sroda|quarta-feira
  thursdays?|donnerstags?|jeudi|jueves|giovedì|giovedi|donderdag|czwartek|quinta-feira
  fridays?|freitags?|vendredi|viernes|venerdì|venerdi|vrijdag|piątek|piatek|sexta-feira
  saturdays?|samstags?|sonnabend|samedi|sábado|sabado|sabato|zaterdag|sobotę|sobota
  sundays?|sonntags?|dimanche|domingo|domenica|zondag|niedzielę|niedziela
`);

/** From January on; Polish as it stands after a number, too. */
export const months = listed(`
  january|januar|jänner|janvier|enero|gennaio|januari|stycznia|styczeń|styczniu|janeiro|jan
  february|februar|februari|février|fevrier|febrero|febbraio|lutego|luty|lutym|fevereiro|feb
  march|märz|maerz|mars|marzo|maart|marca|marzec|marcu|março|mar
  april|avril|abril|aprile|kwietnia|kwiecień|kwietniu|apr
  may|mai|mayo|maggio|mei|maja|maju|maj|maio
  june|juni|juin|junio|giugno|czerwca|czerwiec|czerwcu|junho|jun
  july|juli|juillet|julio|luglio|lipca|lipiec|lipcu|julho|jul
  august|août|aout|agosto|augustus|sierpnia|sierpień|sierpniu|aug
  september|septembre|septiembre|settembre|września|wrzesień|wrześniu|setembro|sept|sep
  october|oktober|octobre|octubre|ottobre|października|październik|październiku|outubro|oct|okt
  november|novembre|noviembre|listopada|listopad|listopadzie|novembro|nov
  december|dezember|décembre|decembre|diciembre|dicembre|grudnia|grudzień|grudniu|dezembro|dec|dez
`);

export type TimeUnit = 'day' | 'week' | 'weekend' | 'month' | 'year';

export const units: Readonly<Record<TimeUnit, string>> = {
  weekend:
    'weekends?|wochenenden?|week-?ends?|fin(?:es)? de semana|fine settimana|weekenden|weekendy?|fim de semana|fins de semana',
  day: 'days?|tage?n?|jours?|días?|dias?|giorn[oi]|dagen|dag|dni|dzień|nights?|nächten?|nuits?|noches?|nott[ei]|nachten|noites?',
  week: 'weeks?|wochen?|semaines?|semanas?|settiman[ae]|weken|week|tygodni[ea]?|tydzień|tygodniu',
  month:
    'months?|monate?n?|monats?|mois|meses|mes|mes[ei]|maanden|maand|miesiąc[ae]?|miesięcy|miesiącu|mês',
  year: 'years?|jahre?n?|jahres|années?|ans?|años?|ann[oi]|jaren|jaar|lata?|rok|roku|anos?',
};

export const before =
  'last|past|previous|letzte[rsnm]?|vergangene[rsnm]?|vorige[rsnm]?|dernière?s?|derniers?|passée?|pasad[oa]s?|últim[oa]s?|ultim[oaie]|scors[oaie]|passat[oaie]|vorige|afgelopen|zeszł(?:y|ym|ego|ej)|ostatni(?:e|ego|ch|m)?|poprzedni(?:m|ego)?|passad[oa]s?';
export const after =
  'next|coming|upcoming|nächste[rsnm]?|naechste[rsnm]?|kommende[rsnm]?|prochaine?s?|próxim[oa]s?|proxim[oa]s?|que viene|prossim[oaie]|volgende?|komende?|przyszł(?:y|ym|ego|ej)|następn(?:y|ym|ego|ej)|que vem';
export const current =
  'this|diese[rsnm]?|cette|ce|est[ea]|quest[oa]|dit|deze|t(?:en|ym|ego)|nest[ea]|corrente';

/** Numbers people write as words. */
export const numberWords = listed(`
  one|an?|eine[rnms]?|ein|une?|un[oa]?|een|jeden|uma?
  two|zwei|deux|dos|due|twee|dwa|dwóch|dwie|dois|duas
  three|drei|trois|tres|tre|drie|trzy|trzech|três
  four|vier|quatre|cuatro|quattro|cztery|czterech|quatro
  five|fünf|cinq|cinco|cinque|vijf|pięć|pięciu
  six|sechs|seis|sei|zes|sześć|sześciu
  seven|sieben|sept|siete|sette|zeven|siedem|siedmiu|sete
  eight|acht|huit|ocho|otto|osiem|ośmiu|oito
  nine|neun|neuf|nueve|nove|negen|dziewięć|dziewięciu
  ten|zehn|dix|diez|dieci|tien|dziesięć|dziesięciu|dez
`);

/** Before or after a number of days: so long before today, or after it. */
export const agoBefore = 'vor|il y a|hace|há|ha';
export const agoAfter = 'ago|fa|geleden|temu|atrás|atras';
export const aheadBefore = 'in|dans|en|dentro de|fra|tra|over|za|daqui a';
export const since =
  'since|seit(?: dem)?|ab(?: dem)?|depuis(?: le)?|desde(?: el)?|d(?:a|al)|sinds|vanaf|od';
/** Between two days. */
export const until =
  'to|till|until|through|and|bis(?: zum)?|und|au|et|al|hasta(?: el)?|y|ai?|e|tot(?: en met)?|en|do|i|à|até';

/** Says that something has been: then a day of the week is the last one, else the next. */
export const past =
  /(?<!\p{L})(?:was|were|did|had|been|called|wrote|said|complained|booked|paid|arrived|left|missed|war|waren|hatten?|wurden?|rief|schrieb|sagte|angerufen|geschrieben|gesagt|gebucht|beschwert|bezahlt|abgereist|angereist|était|étaient|avait|appelé|écrit|dit|réservé|fue|fueron|era|había|llam[óo]|llamaron|escribió|dijo|ha chiamato|chiamato|scritto|detto|fu|aveva|belde|gebeld|schreef|zei|geboekt|był|była|było|byli|dzwonił[ao]?|napisał[ao]?|foi|foram|ligou|escreveu|disse)(?!\p{L})/iu;

/** Before the name of a month that stands alone: `may` and `mars` are words, too. */
export const inMonth =
  "in|im|since|seit|en|em|w|a|au mois de|au mois d[’']|nel mese di|nel|im monat|during|of";
