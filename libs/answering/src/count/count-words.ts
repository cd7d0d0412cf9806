/** What can be counted, or listed, from records. */
export type CountTopic =
  | 'arrivals'
  | 'departures'
  | 'in_house'
  | 'free_homes'
  | 'repeat_callers'
  | 'missed_calls'
  | 'calls'
  | 'balances'
  | 'tasks'
  | 'new_bookings'
  | 'stays'
  | 'nights'
  | 'rating';

/** What a topic is called: as a thing (`things`), and what people do in it (`does`, after "who"). */
export interface TopicWords {
  readonly things?: string;
  readonly does?: string;
}

/**
 * How people ask for a number or a list in one language, as alternatives of a pattern over folded text: lower case
 * without accents. Anybody may add words; the specs beside it say what must be recognised and what must not.
 */
export interface CountWords {
  /** "how many", "number of", "list of": before things. */
  readonly howMany: string;
  /** "which", "what", "any": before things; weaker. */
  readonly which: string;
  /** "who", "which guests": before what they do. */
  readonly who: string;
  /** Words that make it a question about something else: about hours, rules, prices. */
  readonly other: string;
  /** Words that make it a question about what a home allows: no count of guests or nights. */
  readonly limits: string;
  /** "without an answer", for calls. */
  readonly unanswered: string;
  readonly topics: Readonly<Record<CountTopic, TopicWords>>;
}

export const en: CountWords = {
  howMany: 'how many|number of|count of|total of|list(?: of)?|show(?: me)?|give me',
  which: 'which|what|what are|are there|any|do we have|all',
  who: "who(?:'s| is| are| has| have| all)*|whom|which (?:guests?|people|part(?:y|ies)|families|callers?)|what guests|names of (?:guests|those)",
  other:
    'what time|how (?:late|early|long|do|can|much)|until when|when (?:can|is|do)|policy|rules?|instructions?|fees?|procedure|deposit|code|where|why|complain\\w*|said|asked|wants?|about',
  limits:
    'can|may|could|allow(?:ed|s)?|max(?:imum)?|min(?:imum)?|fit|capacity|sleeps?|bring|accommodate|at most|at least|up to',
  unanswered:
    'without (?:an |any )?answer|unanswered|no answer|nobody (?:answered|picked up)|no one (?:answered|picked up)|missed|not answered',
  topics: {
    arrivals: {
      things:
        'arrivals|arriving (?:guests|parties)|guests? (?:are |is )?(?:arriving|checking in|coming)|check-?ins|people (?:are )?(?:arriving|checking in)',
      does: 'arriv(?:es?|ing|ed)|check(?:s|ing|ed)? in|com(?:es?|ing)(?: in)?(?! to )|mov(?:es?|ing) in',
    },
    departures: {
      things:
        'departures|departing (?:guests|parties)|guests? (?:are |is )?(?:leaving|departing|checking out)|check-?outs|people (?:are )?(?:leaving|checking out)',
      does: 'leav(?:es?|ing)|left|depart(?:s|ing|ed)?|check(?:s|ing|ed)? out|mov(?:es?|ing) out',
    },
    in_house: {
      things:
        'guests? (?:do we have |are |is )?(?:currently |now )?(?:in ?house|in the house|staying|here|present)|in-?house guests|occupied (?:homes|houses|apartments|flats|listings|properties|rooms|units)|(?:homes|houses|apartments|flats|listings|properties|rooms|units) (?:are )?(?:currently )?(?:occupied|taken|booked)|guests',
      does: 'stay(?:s|ing|ed)?|in ?house|(?:currently |now )?(?:in|at)(?! charge)|liv(?:es?|ing)|sleep(?:s|ing)?|occup(?:ies|ying|ied)',
    },
    free_homes: {
      things:
        '(?:free|available|vacant|empty) (?:homes?|houses?|apartments?|flats?|listings?|propert(?:y|ies)|rooms?|units?|places?)|(?:homes?|houses?|apartments?|flats?|listings?|propert(?:y|ies)|rooms?|units?|places?) (?:(?:is|are|do we have) )?(?:still )?(?:free|available|vacant|empty)',
    },
    repeat_callers: {
      does: '(?:has |have )?(?:called|phoned|rang|rung|tried|call).{0,20}(?:twice|two times|three times|several times|more than once|repeatedly|again and again|many times).{0,60}',
    },
    missed_calls: {
      things:
        'missed calls?|unanswered calls?|lost calls?|calls? (?:did |have |that |which )?(?:we |nobody |no one |were |was |got )*(?:miss(?:ed)?|unanswered|without (?:an )?answer|answered)',
      does: '(?:called|phoned|rang|did we miss).{0,30}(?:without (?:an )?answer|unanswered|no answer|nobody (?:answered|picked up)|missed)|did we miss',
    },
    calls: {
      things: '(?:phone )?calls|phone calls',
      does: 'called|phoned|rang',
    },
    balances: {
      things:
        '(?:open|outstanding|unpaid|overdue) (?:balances?|payments?|amounts?|bills?|reservations?|bookings?|stays?)|balances? (?:due|open)',
      does: "owes?|still (?:has|have|need|needs) to pay|(?:has|have) (?:not|yet to) (?:paid|pay)|(?:hasn't|haven't) paid|not paid(?: yet)?",
    },
    tasks: {
      things:
        '(?:open |unfinished |pending |outstanding )?(?:tasks?|to-?dos?)(?: (?:are )?(?:open|due|left))?',
    },
    new_bookings: {
      things:
        'new (?:bookings?|reservations?)|(?:bookings?|reservations?) (?:were |was |did we |have we |has )?(?:made|received|get|got|come in|came in|created|been made)',
    },
    stays: { things: 'bookings|reservations|stays' },
    nights: { things: '(?:booked |sold )?nights(?: (?:are )?(?:booked|sold))?' },
    rating: {
      things:
        '(?:average|mean|overall) (?:guest )?(?:rating|score|review)|(?:rating|score) on average|(?:average )?rating of (?:all )?(?:our )?(?:homes|guests|reviews)',
    },
  },
};

export const de: CountWords = {
  howMany: 'wie ?viele?|anzahl(?: der| von)?|liste(?: der| aller)?|zeige?(?: mir)?|nenne?(?: mir)?',
  which: 'welche[rsn]?|gibt es|haben wir|alle',
  who: 'wer(?: ist| sind| alles| hat)*|wen|welche (?:gaste|leute|familien|anrufer)|welcher gast',
  other:
    'wann|um wie ?viel uhr|ab wie ?viel uhr|wie (?:spat|fruh|lange|kann|komme|funktioniert)|regeln?|gebuhr(?:en)?|kosten|kaution|code|wo|warum|beschwer\\w*|gesagt|gefragt|uber',
  limits:
    'kann|konnen|darf|durfen|erlaubt|maximal|minimal|mindest\\w*|hochstens|platz|passen|mitbringen',
  unanswered:
    'ohne (?:eine )?antwort|unbeantwortet|niemand|keiner|verpasst|vergeblich|nicht (?:beantwortet|angenommen)|ohne dass',
  topics: {
    arrivals: {
      things:
        'anreisen(?:de)?|ankunfte|ankommenden?|check-?ins|gaste (?:reisen|kommen|checken).{0,30} (?:an|ein)',
      does: '(?:reist|reisen|kommt|kommen)(?: .{0,40})? an|(?:checkt|checken)(?: .{0,40})? ein|kommt|kommen|anreist|ankommt|einzieht|zieht(?: .{0,40})? ein',
    },
    departures: {
      things:
        'abreisen(?:de)?|abfahrten|check-?outs|gaste (?:reisen|fahren|checken).{0,30} (?:ab|aus)',
      does: '(?:reist|reisen|fahrt|fahren)(?: .{0,40})? ab|(?:checkt|checken)(?: .{0,40})? aus|abreist|auszieht|zieht(?: .{0,40})? aus',
    },
    in_house: {
      things:
        'gaste(?: (?:sind|haben wir).{0,20} (?:im haus|da|hier|anwesend))?|belegte[nr]? (?:hauser|wohnungen|objekte|unterkunfte|zimmer)|(?:hauser|wohnungen|objekte|unterkunfte|zimmer) (?:sind )?(?:.{0,20} )?(?:belegt|besetzt)',
      does: 'wohnt|wohnen|ubernachtet|ubernachten|im haus|(?:gerade |aktuell |derzeit )?(?:in|im)|da',
    },
    free_homes: {
      things:
        '(?:freie[nrs]?|verfugbare[nrs]?|leere[nrs]?) (?:hauser|haus|wohnungen|wohnung|objekte|unterkunfte|zimmer)|(?:hauser|haus|wohnungen|wohnung|objekte|unterkunfte|zimmer)(?: (?:ist|sind|steht|stehen|haben wir))?(?: .{0,30})? (?:frei|verfugbar|leer)',
    },
    repeat_callers: {
      does: '(?:.{0,30} )?(?:zweimal|zwei ?mal|dreimal|mehrmals|mehrfach|ofter|wiederholt).{0,40}(?:angerufen|anrief|ruft an)?.{0,40}',
    },
    missed_calls: {
      things:
        '(?:verpasste[nr]?|entgangene[nr]?|unbeantwortete[nr]?) anrufe?|anrufe?.{0,20} (?:verpasst|unbeantwortet|nicht angenommen|ohne antwort)',
      does: '(?:.{0,30} )?(?:angerufen|anrief).{0,30}(?:ohne antwort|niemand|keiner|verpasst)|(?:.{0,30} )?(?:ohne antwort|vergeblich) angerufen',
    },
    calls: { things: 'anrufe|telefonate', does: '(?:.{0,30} )?angerufen|(?:.{0,30} )?anrief' },
    balances: {
      things:
        '(?:offene[nr]?|ausstehende[nr]?|unbezahlte[nr]?) (?:betrage?|salden|saldos?|zahlungen?|rechnungen?|posten|buchungen|reservierungen)',
      does: '(?:muss|mussen) noch (?:be)?zahlen|schuldet|(?:.{0,20} )?(?:noch )?nicht (?:be)?zahlt',
    },
    tasks: {
      things:
        '(?:offene[nr]?|fallige[nr]?|unerledigte[nr]?)? ?(?:aufgaben|tasks|to-?dos)(?: .{0,20}(?:offen|fallig))?',
    },
    new_bookings: {
      things:
        'neue[nr]? (?:buchungen|reservierungen)|(?:buchungen|reservierungen) (?:sind |wurden |haben wir )?.{0,20}(?:eingegangen|gemacht|bekommen|erhalten|dazugekommen)',
    },
    stays: { things: 'buchungen|reservierungen|aufenthalte' },
    nights: {
      things: '(?:gebuchte[nr]? |verkaufte[nr]? )?(?:ubernachtungen|nachte)(?: .{0,20}gebucht)?',
    },
    rating: {
      things:
        'durchschnittliche[nr]? (?:bewertung(?:en)?|note)|durchschnittsbewertung|durchschnittsnote|bewertung(?:en)? im (?:durch)?schnitt',
    },
  },
};

export const fr: CountWords = {
  howMany:
    "combien d[e' ]?(?:s )?|nombre d[e' ]?(?:s )?|liste d[e' ]?(?:s )?|montre(?:z)?(?:-moi)?",
  which: 'quel(?:le)?s?(?: sont)?|y a-t-il|avons-nous|tou(?:te)?s',
  who: 'qui(?: est| sont| a)*|quel(?:le)?s? (?:clients?|voyageurs?|hotes|gens|familles)',
  other:
    "a quelle heure|jusqu'a quelle heure|quand|comment|regles?|reglement|frais|caution|code|ou est|pourquoi|combien (?:coute|de temps)",
  limits:
    'peut|peuvent|peut-on|autorise\\w*|permis|maximum|minimum|au plus|au moins|accueillir|capacite',
  unanswered: 'sans (?:avoir de )?reponse|sans etre|manque\\w*|personne n',
  topics: {
    arrivals: {
      things: 'arrivees?|check-?ins|(?:clients|voyageurs) (?:qui )?arrivent',
      does: 'arriv(?:e|ent|era|eront)|entre(?:nt)? dans',
    },
    departures: {
      things: 'departs?|check-?outs|(?:clients|voyageurs) (?:qui )?partent',
      does: 'par(?:t|tent|tira|tiront)|quitt(?:e|ent)',
    },
    in_house: {
      things:
        'clients?(?: (?:sont |avons-nous )?(?:presents|sur place|en ce moment))?|voyageurs (?:presents|sur place)|(?:logements|maisons|appartements|chambres) (?:sont )?occupe(?:e)?s',
      does: 'sejourn(?:e|ent)|log(?:e|ent)|dor(?:t|ment)|occup(?:e|ent)|(?:actuellement )?(?:(?<!qui )a|au|dans|chez)|sur place',
    },
    free_homes: {
      things:
        '(?:logements?|maisons?|appartements?|chambres?|biens?) (?:sont |est |avons-nous )?(?:encore )?(?:libres?|disponibles?|vides?)',
    },
    repeat_callers: {
      does: '(?:a |ont )?(?:appele|telephone).{0,20}(?:deux fois|trois fois|plusieurs fois).{0,60}',
    },
    missed_calls: {
      things: 'appels? (?:manques?|sans reponse|perdus?|rates?)(?: .{0,30})?',
      does: '(?:a |ont )?(?:appele|telephone).{0,30}(?:sans reponse|sans etre)',
    },
    calls: { things: 'appels', does: '(?:a |ont )?(?:appele|telephone)' },
    balances: {
      things:
        '(?:soldes?|paiements?|montants?|factures?|reservations?) (?:ouverts?|en attente|impaye(?:e)?s?|dus?|restants?)|soldes? a payer|impayes',
      does: "(?:doit|doivent) (?:encore|nous)|n'(?:a|ont) pas (?:encore )?paye",
    },
    tasks: { things: 'taches(?: (?:ouvertes|en cours|a faire|dues|restantes))?' },
    new_bookings: {
      things:
        'nouvelles? reservations?|reservations? (?:ont ete |avons-nous )?(?:recues?|faites?|creees?)',
    },
    stays: { things: 'reservations|sejours' },
    nights: { things: 'nuits?(?: (?:reservees?|vendues?))?|nuitees?' },
    rating: { things: 'note moyenne|moyenne des (?:notes|avis)|evaluation moyenne' },
  },
};

export const es: CountWords = {
  howMany: 'cuant[oa]s|numero de|lista de|muestra(?:me)?|dime',
  which: 'que|cuales(?: son)?|hay|tenemos|tod[oa]s (?:l[oa]s)?',
  who: 'quien(?:es)?(?: esta| estan| ha| han)*|que (?:huespedes|clientes|personas|familias)',
  other:
    'a que hora|hasta que hora|desde que hora|cuando|como|normas?|reglas?|tasas?|fianza|codigo|donde|por que|cuanto (?:cuesta|tiempo)',
  limits: 'puede|pueden|podemos|permitid\\w*|maximo|minimo|como mucho|caben|capacidad',
  unanswered: 'sin (?:respuesta|contestar|que)|perdidas?|nadie',
  topics: {
    arrivals: {
      things: 'llegadas?|entradas|check-?ins|(?:huespedes|clientes) (?:que )?llegan',
      does: 'lleg(?:a|an|ara|aran|o|aron)|entr(?:a|an)(?! en)|vien(?:e|en)',
    },
    departures: {
      things: 'salidas?|check-?outs|(?:huespedes|clientes) (?:que )?(?:salen|se van)',
      does: 'sal(?:e|en|dra|io|ieron)|se (?:va|van|marcha|marchan|fue|fueron)',
    },
    in_house: {
      things:
        '(?:huespedes|clientes)(?: (?:hay|tenemos|estan) ?(?:ahora|alojados|en casa)?)?|(?:casas|pisos|apartamentos|alojamientos|habitaciones) (?:estan )?ocupad[oa]s',
      does: 'se (?:aloja|alojan|queda|quedan|hospeda|hospedan)|duerm(?:e|en)|ocup(?:a|an)|alojad[oa]s?|(?:ahora )?en',
    },
    free_homes: {
      things:
        '(?:casas?|pisos?|apartamentos?|alojamientos?|habitacion(?:es)?) (?:esta |estan |hay |tenemos )?(?:todavia )?(?:libres?|disponibles?|vaci[oa]s?)',
    },
    repeat_callers: {
      does: '(?:ha |han )?(?:llamado|llamo|llamaron).{0,20}(?:dos veces|tres veces|varias veces).{0,60}',
    },
    missed_calls: {
      things: 'llamadas? (?:perdidas?|sin (?:respuesta|contestar|responder))(?: .{0,30})?',
      does: '(?:ha |han )?(?:llamado|llamo|llamaron).{0,30}sin (?:respuesta|contestar)',
    },
    calls: { things: 'llamadas', does: '(?:ha |han )?(?:llamado|llamo|llamaron)' },
    balances: {
      things:
        '(?:saldos?|pagos?|importes?|reservas?|facturas?) (?:abiert[oa]s?|pendientes?|impagad[oa]s?|sin pagar)',
      does: 'debe(?:n)?|(?:no ha|no han) pagado|(?:tiene|tienen) que pagar',
    },
    tasks: { things: 'tareas(?: (?:abiertas|pendientes|por hacer))?' },
    new_bookings: {
      things:
        'nuevas? reservas?|reservas? nuevas?|reservas? (?:se han |hemos |han )?(?:hecho|recibido|entrado)',
    },
    stays: { things: 'reservas|estancias' },
    nights: { things: 'noches?(?: (?:reservadas?|vendidas?))?' },
    rating: {
      things:
        '(?:nota|valoracion|puntuacion|calificacion) media|media de (?:las )?(?:valoraciones|resenas|notas)',
    },
  },
};
