/** What records say of one guest or one stay. */
export type LookUpTopic =
  'arrival' | 'balance' | 'calls' | 'code' | 'departure' | 'home' | 'mail' | 'party' | 'phone';

/**
 * How people ask for one thing about somebody in one language, as alternatives of a pattern over folded text: lower
 * case without accents. `…` stands for the name and all else that is said between. Anybody may add words; the specs
 * beside it say what must be recognised and what must not.
 */
export interface LookUpWords {
  /** Words of this language that others lack: several languages may ask for something alike. */
  readonly hints: string;
  /** Words that make it a question about what was said, or about how something is done. */
  readonly other: string;
  readonly topics: Readonly<Record<LookUpTopic, string>>;
}

export const en: LookUpWords = {
  hints: 'the|of|does|is|did|what|when|which|has|mr|mrs|ms|from|how|who',
  other:
    'about|why|complain\\w*|sa(?:y|id|ys)|tells|told|ask(?:ed|s|ing)|wr(?:ite|ote|itten)|want(?:s|ed)|need(?:s|ed)|request\\w*|mention\\w*|how (?:do|can|should|does) (?:i|we|you|they|a)|where (?:do|can|should)|before|earliest|latest|allowed|may|rules?|policy|keys?|luggage|parking|taxi|breakfast',
  topics: {
    arrival:
      'when …(?:arriv(?:e|es|ed|ing|al)|com(?:e|es|ing)|check(?:s|ed|ing)?[- ]?in)|(?:what|which) (?:day|date|time) …(?:arriv(?:e|es|ed|ing)|check(?:s|ed|ing)?[- ]?in)|(?:arrival|check-?in) (?:date|day|time) of|(?:date|day|time) of arrival of',
    departure:
      'when …(?:leav(?:e|es|ing)|left|depart(?:s|ed|ing|ure)?|check(?:s|ed|ing)?[- ]?out|mov(?:e|es|ing) out|go(?:es|ing)? home)|(?:what|which) (?:day|date|time) …(?:leav(?:e|es|ing)|depart(?:s|ed|ing)?|check(?:s|ed|ing)?[- ]?out)|(?:departure|check-?out) (?:date|day|time) of|until when …(?:stay(?:s|ing)?|booked)|how long …(?:stay(?:s|ing)?)',
    home: '(?:which|what) (?:home|house|apartment|flat|listing|place|property|room|unit|villa|loft) (?:is|are|was|were|does|do|did|has|have|will)|in which (?:home|house|apartment|flat|listing|place|property|room|unit)|where (?:is|are|was|were|does|do|did|will) …(?:stay(?:s|ing|ed)?|sleep(?:s|ing)?|liv(?:e|es|ing)|lodg\\w+)',
    party:
      'how many (?:people|persons|guests|adults|children|kids|are they|of them|will they be)|how (?:big|large) is …(?:party|group|family)|(?:number of|guest count)',
    balance:
      "(?:what|how much|anything) …(?:owe(?:s|d)?|to pay|unpaid|outstanding|due)|(?:has|have|did|is) …(?:paid|pay(?! for)|settled)|(?:open )?balance (?:of|for|due)|owe(?:s|d)?|(?:hasn't|haven't) …paid",
    phone:
      '(?:phone|telephone|mobile|cell|contact) ?(?:numbers?|no)|(?:phone|telephone|mobile) of|the number of|what number|how can (?:i|we) (?:reach|call|ring|phone)|number to call',
    mail: 'e-?mails?(?: address(?:es)?)? (?:of|for)|e-?mail address|mail address',
    code: '(?:confirmation|booking|reservation) (?:code|number|id|reference)',
    calls:
      '(?:when|has|have|did|how often|how many times|anybody|anyone) …(?:call(?:ed|s)?|phoned?|rang|rung|ring)|last calls? (?:of|from|by|with)|calls? (?:from|with|by)',
  },
};

export const de: LookUpWords = {
  hints: 'der|die|das|herr|herrn|frau|wann|was|noch|ist|wie|von|hat|im',
  other:
    'wegen|uber|warum|wieso|beschwer\\w*|beklag\\w*|gesagt|sagt|sagte|gefragt|fragt|geschrieben|schreibt|mochte|braucht|wunscht|erzahlt|fruhestens|spatestens|darf|durfen|regeln?|schlussel|gepack|parken|taxi|wie (?:kann|komme|soll) (?:ich|man|er|sie) (?:hin|zu|in)',
  topics: {
    arrival:
      'wann …(?:reis(?:t|en|te|ten) …an|komm(?:t|en)|kam(?:en)?|ankomm(?:t|en)|anreis(?:t|en)|angereist|angekommen|check(?:t|en) …ein|eincheck(?:t|en)|zieh(?:t|en) …ein|(?:an)?kunft|anreise)|an welchem tag …(?:komm(?:t|en)|reis(?:t|en))|(?:anreise|ankunft)(?:tag|datum|szeit|zeit)? (?:von|des|der)',
    departure:
      'wann …(?:reis(?:t|en|te|ten) …ab|abreis(?:t|en)|abgereist|fahr(?:t|en) …(?:ab|weg|heim)|geh(?:t|en)|check(?:t|en) …aus|auscheck(?:t|en)|zieh(?:t|en) …aus|abreise|abfahrt)|bis wann …(?:bleib(?:t|en)|da|gebucht|wohn(?:t|en))|wie lange …(?:bleib(?:t|en)|wohn(?:t|en)|gebucht)|abreise(?:tag|datum|zeit)? (?:von|des|der)',
    home: '(?:in|zu) welche[rmns]? (?:haus|wohnung|unterkunft|objekt|zimmer|apartment|ferienwohnung)|welche[rsn]? (?:haus|wohnung|unterkunft|objekt|zimmer|apartment) (?:hat|haben|bewohnt|bekommt|ist)|wo …(?:wohn(?:t|en|te)|ubernacht(?:et|en)|untergebracht|schlaf(?:t|en))',
    party:
      'wie ?viele (?:personen|leute|gaste|erwachsene|kinder|sind|kommen)|zu wie ?vielt|wie gross ist …(?:gruppe|familie)|mit wie ?vielen (?:personen|leuten)',
    balance:
      '(?:was|wie ?viel) …(?:schulde(?:t|n)|offen|zahlen|bezahlen|aus(?:steht|stehen))|(?:hat|haben) …(?:be)?zahlt|schulde(?:t|n)|(?:offener? )?(?:betrag|saldo|restbetrag) (?:von|des|der)|muss …(?:be)?zahlen',
    phone:
      '(?:telefon|handy|mobil|ruf)(?:nummer|nr)?|nummer (?:von|des|der)|wie (?:erreiche|erreichen) (?:ich|wir)|unter welcher nummer',
    mail: 'e-?mail-?(?:adresse)?|mailadresse|mail (?:von|des|der)',
    code: '(?:buchungs|bestatigungs|reservierungs)-?(?:code|nummer|nr)',
    calls:
      '(?:wann|hat|haben|wie oft) …(?:angerufen|anrief|telefoniert|ruft …an|rief …an)|letzte[rn]? anruf|anrufe? (?:von|mit)',
  },
};

export const fr: LookUpWords = {
  hints: 'le|les|quand|monsieur|madame|encore|du|est|combien|quel|quelle|mme',
  other:
    'pourquoi|au sujet|plain(?:t|te|dre|tes)|(?:a|ont|avait) dit|disait|demande(?:r|nt)?|ecrit|veut|voulait|besoin|au plus (?:tot|tard)|regles?|cles?|bagages?|parking|taxi|comment (?:on|je|puis|peut|faire)',
  topics: {
    arrival:
      "(?:quand|quel jour|a quelle heure) …(?:arriv(?:e|ent|era|eront|es?)|vien(?:t|nent)|arrivee)|(?:date|jour|heure) d'arrivee d",
    departure:
      "(?:quand|quel jour|a quelle heure) …(?:par(?:t|tent|tira|tiront|tie?s?)|quitt(?:e|ent)|depart|s'en v(?:a|ont))|jusqu'a quand …(?:rest(?:e|ent)|sejourn\\w+)|combien de temps …rest(?:e|ent)|(?:date|jour|heure) de depart d",
    home: '(?:dans |a )?quel(?:le)? (?:logement|maison|appartement|chambre|hebergement|bien)|ou (?:loge|logent|sejourne|sejournent|dort|dorment|est loge|sont loges)',
    party:
      "combien (?:de personnes|de gens|d'adultes|d'enfants|sont-ils|seront-ils|de voyageurs)|a combien (?:vien|arriv)\\w+",
    balance:
      'combien …(?:doi(?:t|vent)|reste|payer)|(?:que|qu.est-ce que) …doi(?:t|vent)|(?:a|ont|est-ce que) …(?:deja )?(?:paye|regle)|solde d|doi(?:t|vent) encore',
    phone:
      '(?:numero|telephone|portable)(?: de telephone| de portable)?|comment (?:joindre|appeler)|a quel numero',
    mail: '(?:adresse )?e-?mail|adresse (?:mail|electronique)|courriel',
    code: '(?:code|numero|reference) de (?:reservation|confirmation)',
    calls:
      '(?:quand|est-ce que|a-t-(?:il|elle|on)|combien de fois|quelqu.un|a) …(?:appele|telephone|a appele)|dernier appel|appels? (?:de|du|avec)',
  },
};

export const es: LookUpWords = {
  hints: 'el|cuando|senor|senora|todavia|aun|con|que|cual|cuanto|esta|del',
  other:
    'por que|sobre|quej\\w*|dicho|dijo|pregunt\\w*|escri\\w*|quiere|quieren|necesita\\w*|como muy (?:pronto|tarde)|normas?|llaves?|equipaje|aparcamiento|taxi|como (?:se|puedo|puede|podemos)',
  topics: {
    arrival:
      '(?:cuando|que dia|a que hora) …(?:lleg(?:a|an|o|aron|ara|aran|ada)|vien(?:e|en)|entr(?:a|an))|(?:fecha|dia|hora) de llegada de',
    departure:
      '(?:cuando|que dia|a que hora) …(?:sal(?:e|en|io|ieron|dra|ida)|se (?:va|van|fue|marcha|marchan)|va(?:n)? a salir)|hasta cuando …(?:qued\\w+|esta\\w*|aloj\\w+)|cuanto tiempo …qued\\w+|(?:fecha|dia|hora) de salida de',
    home: '(?:en )?que (?:casa|piso|apartamento|alojamiento|habitacion|vivienda)|(?:en )?cual (?:casa|piso|apartamento|alojamiento)|donde (?:se )?(?:aloj\\w+|qued\\w+|duerm\\w+|hosped\\w+|esta(?:n)? alojad\\w+)',
    party:
      'cuant[oa]s (?:personas|huespedes|adultos|ninos|son|vienen|seran)|con cuant[oa]s (?:personas)?',
    balance:
      '(?:cuanto|que) …(?:debe(?:n)?|falta|queda …pagar|pendiente|tiene …pagar)|(?:ha|han) pagado|ha pagado|(?:saldo|importe) (?:de|pendiente)|debe(?:n)? (?:aun|todavia)|todavia debe(?:n)?',
    phone:
      '(?:numero|telefono|movil)(?: de telefono| de movil)?|como (?:llamo|llamar|contactar|localizar) a|a que numero',
    mail: 'correo(?: electronico)?|e-?mail|direccion de correo',
    code: '(?:codigo|numero|referencia|localizador) de (?:reserva|confirmacion)',
    calls:
      '(?:cuando|ha|han|cuantas veces|alguien) …(?:llamado|llamo|llamaron|llama)|ultima llamada|llamadas? (?:de|con)',
  },
};
