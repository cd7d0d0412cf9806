import type { CountWords } from './count-words.js';

export const it: CountWords = {
  howMany: 'quant[ie]|numero (?:di|degli|delle|dei)|elenco (?:di|degli|delle|dei)|mostra(?:mi)?',
  which: 'quali(?: sono)?|che|ci sono|abbiamo|tutt[ie] (?:gli|le|i)?',
  who: "chi(?: e'?| sono| ha| hanno)*|quali (?:ospiti|clienti|persone|famiglie)",
  other:
    'a che ora|fino a che ora|da che ora|quando|come|regole|tassa|cauzione|codice|dove|perche|quanto (?:costa|tempo)',
  limits: 'puo|possono|possiamo|consentit\\w*|massimo|minimo|al massimo|capienza|capacita',
  unanswered: 'senza (?:risposta|che)|pers[ae]|nessuno',
  topics: {
    arrivals: {
      things: 'arrivi|check-?in|(?:ospiti|clienti) (?:che )?(?:arrivano|in arrivo)',
      does: 'arriv(?:a|ano|era|eranno)|entra(?:no)?|viene|vengono',
    },
    departures: {
      things: 'partenze|check-?out|(?:ospiti|clienti) (?:che )?(?:partono|in partenza)',
      does: 'part(?:e|ono|ira|iranno)|va via|vanno via|lascia(?:no)?',
    },
    in_house: {
      things:
        '(?:ospiti|clienti)(?: (?:sono |abbiamo )?(?:presenti|in casa|ora|adesso))?|(?:case|appartamenti|alloggi|camere) (?:sono )?occupat[ie]',
      does: 'soggiorna(?:no)?|alloggia(?:no)?|dorm(?:e|ono)|sta(?:nno)?|occupa(?:no)?|(?:ora |adesso )?(?:in|nel|nella|al|alla)',
    },
    free_homes: {
      things:
        "(?:cas[ae]|appartament[oi]|alloggi[o]?|camer[ae]) (?:e' |e |sono |abbiamo )?(?:ancora )?(?:liber[oaie]|disponibil[ei]|vuot[oaie])",
    },
    repeat_callers: {
      does: '(?:ha |hanno )?(?:chiamato|telefonato).{0,20}(?:due volte|tre volte|piu volte).{0,60}',
    },
    missed_calls: {
      things: 'chiamate? (?:pers[ae]|senza risposta|mancate?|non risposte)(?: .{0,30})?',
      does: '(?:ha |hanno )?(?:chiamato|telefonato).{0,30}senza risposta',
    },
    calls: { things: 'chiamate|telefonate', does: '(?:ha |hanno )?(?:chiamato|telefonato)' },
    balances: {
      things:
        '(?:sald[oi]|pagament[oi]|import[oi]|prenotazion[ei]|fattur[ae]) (?:apert[oaie]|in sospeso|da pagare|non pagat[oaie]|insolut[oaie])',
      does: 'deve (?:ancora|pagare)|devono (?:ancora|pagare)|non ha(?:nno)? (?:ancora )?pagato',
    },
    tasks: { things: '(?:compiti|attivita|task)(?: (?:aperti|aperte|in sospeso|da fare))?' },
    new_bookings: {
      things:
        '(?:nuove prenotazioni|prenotazioni nuove|prenotazioni (?:sono |abbiamo )?(?:arrivate|ricevute|ricevuto|fatte))',
    },
    stays: { things: 'prenotazioni|soggiorni' },
    nights: { things: 'nott[ei](?: (?:prenotate|vendute))?|pernottamenti' },
    rating: {
      things:
        '(?:voto|punteggio|valutazione) medi[oa]|media (?:delle recensioni|dei voti|delle valutazioni)',
    },
  },
};

export const nl: CountWords = {
  howMany: 'hoeveel|aantal|lijst(?: van)?|toon(?: me)?|laat .{0,10}zien',
  which: 'welke|zijn er|hebben we|alle',
  who: 'wie(?: is| zijn| heeft| hebben)*|welke (?:gasten|mensen|families|bellers)',
  other:
    // German asks how with the same word: then German words stand beside it.
    'hoe laat|tot hoe laat|vanaf hoe laat|wanneer|hoe (?:lang|kan|werkt)|regels?|kosten|borg|code|waar|waarom|man|ist|ich|wir|das|der',
  limits: 'kan|kunnen|mag|mogen|toegestaan|maximaal|minimaal|hoogstens|capaciteit|passen',
  unanswered: 'zonder antwoord|onbeantwoord|gemist|niemand|tevergeefs',
  topics: {
    arrivals: {
      things:
        'aankomsten|check-?ins|aankomende gasten|gasten (?:die )?(?:.{0,20} )?aankomen|gasten komen(?: .{0,30})? aan',
      does: '(?:komt|komen)(?: .{0,40})? aan|(?:checkt|checken)(?: .{0,40})? in|arriveert|arriveren|(?:komt|komen)|aankomt',
    },
    departures: {
      things: 'vertrekken|check-?outs|vertrekkende gasten|gasten (?:die )?(?:.{0,20} )?vertrekken',
      does: 'vertrekt|vertrekken|(?:checkt|checken)(?: .{0,40})? uit|gaat weg|gaan weg',
    },
    in_house: {
      things:
        'gasten(?: (?:zijn er|hebben we).{0,20}(?:in huis|nu)?)?|(?:huizen|woningen|appartementen|kamers) (?:zijn )?(?:.{0,20} )?(?:bezet|bewoond)|bezette (?:huizen|woningen|appartementen|kamers)',
      does: 'verblijft|verblijven|logeert|logeren|slaapt|slapen|zit|zitten|in huis|(?:nu )?in',
    },
    free_homes: {
      things:
        '(?:vrije|beschikbare|lege) (?:huizen|woningen|appartementen|kamers)|(?:huis|huizen|woning|woningen|appartement|appartementen|kamers?)(?: (?:is|zijn|hebben we))?(?: .{0,30})? (?:vrij|beschikbaar|leeg)',
    },
    repeat_callers: {
      does: '(?:.{0,30} )?(?:twee keer|tweemaal|drie keer|meerdere keren|vaker).{0,30}(?:gebeld|belde)?.{0,40}',
    },
    missed_calls: {
      things:
        '(?:gemiste|onbeantwoorde) (?:oproep(?:en)?|telefoontjes?|gesprekken)|oproepen.{0,20}gemist',
      does: '(?:.{0,30} )?(?:zonder antwoord|tevergeefs).{0,20}gebeld|(?:.{0,30} )?gebeld.{0,20}zonder antwoord',
    },
    calls: { things: 'oproepen|telefoontjes', does: '(?:.{0,30} )?gebeld|belde|belden' },
    balances: {
      things:
        "(?:openstaande|onbetaalde|open) (?:saldo(?:'?s)?|bedragen|betalingen|rekeningen|reserveringen|boekingen)",
      does: '(?:moet|moeten) nog betalen|(?:.{0,20} )?nog niet betaald',
    },
    tasks: { things: '(?:open |openstaande )?(?:taken|to-?dos?)(?: .{0,10}open)?' },
    new_bookings: {
      things:
        'nieuwe (?:boekingen|reserveringen)|(?:boekingen|reserveringen).{0,20}(?:binnengekomen|ontvangen|gemaakt)',
    },
    stays: { things: 'boekingen|reserveringen|verblijven' },
    nights: { things: '(?:geboekte )?(?:nachten|overnachtingen)(?: .{0,10}geboekt)?' },
    rating: { things: 'gemiddelde (?:beoordeling|score|cijfer|waardering)' },
  },
};

export const pl: CountWords = {
  howMany: 'ile|ilu|liczba|lista|pokaz',
  which: 'ktore|ktorzy|jakie|jacy|czy sa|mamy|wszystkie',
  who: 'kto(?: jest| sa)?|ktorzy (?:goscie|klienci)|jacy goscie',
  other:
    'o ktorej|do ktorej|od ktorej|kiedy|jak|zasady|regulamin|oplat[ay]|kaucja|kod|gdzie|dlaczego|ile kosztuje',
  limits: 'moze|mozna|moga|dozwolon\\w*|maksymaln\\w*|minimaln\\w*|najwyzej|pomiesci',
  unanswered: 'bez odpowiedzi|nieodebran\\w*|nikt',
  topics: {
    arrivals: {
      things:
        'przyjazd(?:y|ow)|zameldowan(?:ia)?|check-?in(?:y|ow)|gosci (?:przyjezdza|przyjedzie)',
      does: 'przyjezdza(?:ja)?|przyjedzie|przyjada|melduje sie|zameldowuje',
    },
    departures: {
      things: 'wyjazd(?:y|ow)|wymeldowan(?:ia)?|check-?out(?:y|ow)|gosci (?:wyjezdza|wyjedzie)',
      does: 'wyjezdza(?:ja)?|wyjedzie|wyjada|wymeldowuje',
    },
    in_house: {
      things:
        'gosci(?: (?:mamy|jest).{0,20})?|zajet(?:e|ych) (?:domy|domow|mieszkania|mieszkan|apartamenty|apartamentow|pokoje|pokoi)|(?:domy|domow|mieszkania|mieszkan|apartamenty|apartamentow) (?:sa |jest )?(?:.{0,20} )?zajet(?:e|ych)',
      does: 'mieszka(?:ja)?|nocuje|nocuja|przebywa(?:ja)?|spi(?:a)?|(?:teraz )?w',
    },
    free_homes: {
      things:
        'woln(?:e|ych) (?:domy|domow|mieszkania|mieszkan|apartamenty|apartamentow|pokoje|pokoi)|(?:domy|domow|mieszkania|mieszkan|apartamenty|apartamentow|pokoje) (?:sa |jest )?(?:.{0,30} )?(?:woln(?:e|ych)|dostepn(?:e|ych))',
    },
    repeat_callers: {
      does: '(?:.{0,20} )?(?:dzwonil\\w*|zadzwonil\\w*).{0,20}(?:dwa razy|dwukrotnie|trzy razy|kilka razy|wielokrotnie).{0,60}',
    },
    missed_calls: {
      things:
        '(?:nieodebran(?:e|ych)|pominiet(?:e|ych)) (?:polaczenia|polaczen|telefony|telefonow)|polacze(?:nia|n) (?:sa )?nieodebran(?:e|ych)',
      does: '(?:.{0,20} )?(?:dzwonil\\w*|zadzwonil\\w*).{0,30}(?:bez odpowiedzi|nikt)',
    },
    calls: {
      things: 'polaczenia|polaczen|telefony|telefonow',
      does: '(?:.{0,20} )?(?:dzwonil\\w*|zadzwonil\\w*)',
    },
    balances: {
      things:
        '(?:otwart(?:e|ych)|zalegl(?:e|ych)|nieoplacon(?:e|ych)) (?:salda|sald|platnosci|kwoty|kwot|rezerwacje|rezerwacji|rachunki|rachunkow)|zaleglosci',
      does: 'zalega(?:ja)?|nie zaplacil\\w*|musi (?:jeszcze )?zaplacic|jest (?:nam )?winien',
    },
    tasks: {
      things:
        '(?:otwart(?:e|ych) |niewykonan(?:e|ych) )?(?:zadania|zadan)(?: (?:otwart(?:e|ych)|do zrobienia))?',
    },
    new_bookings: {
      things:
        'now(?:e|ych) rezerwac(?:je|ji)|rezerwac(?:je|ji).{0,20}(?:wplynelo|otrzymalismy|przyszlo)',
    },
    stays: { things: 'rezerwac(?:je|ji)|pobyt(?:y|ow)' },
    nights: { things: 'noc(?:e|y)(?: zarezerwowan\\w*)?|noclegow' },
    rating: { things: 'srednia (?:ocena|ocen)|srednia z opinii' },
  },
};

export const pt: CountWords = {
  howMany: 'quant[oa]s|numero de|lista de|mostra(?:-me)?|mostre(?:-me)?',
  which: 'que|quais(?: sao)?|ha|temos|tod[oa]s (?:[oa]s)?',
  who: 'quem(?: esta| estao| e)?|que (?:hospedes|clientes|pessoas|familias)|quais hospedes',
  other:
    'a que horas|ate que horas|desde que horas|quando|como|regras?|taxas?|caucao|codigo|onde|porque|quanto (?:custa|tempo)',
  limits: 'pode|podem|podemos|permitid\\w*|maximo|minimo|no maximo|cabem|capacidade',
  unanswered: 'sem (?:resposta|que)|perdidas?|ninguem|nao atendid\\w*',
  topics: {
    arrivals: {
      things: 'chegadas?|entradas|check-?ins|(?:hospedes|clientes) (?:que )?chegam',
      does: 'cheg(?:a|am|ara|arao|ou|aram)|entra(?:m)?|vem',
    },
    departures: {
      things: 'saidas?|partidas?|check-?outs|(?:hospedes|clientes) (?:que )?(?:saem|partem)',
      does: 'sai|saem|saiu|sairam|parte(?:m)?|vai embora|vao embora',
    },
    in_house: {
      things:
        '(?:hospedes|clientes)(?: (?:temos|ha|estao) ?(?:agora|hospedados|em casa)?)?|(?:casas|apartamentos|alojamentos|quartos) (?:estao )?ocupad[oa]s',
      does: '(?:esta |estao )?(?:hospedad[oa]s?|alojad[oa]s?)|fica(?:m)?|dorme(?:m)?|ocupa(?:m)?|(?:agora )?(?:em|na|no)',
    },
    free_homes: {
      things:
        '(?:casas?|apartamentos?|alojamentos?|quartos?) (?:esta |estao |ha |temos )?(?:ainda )?(?:livres?|disponive(?:l|is)|vazi[oa]s?)',
    },
    repeat_callers: {
      does: '(?:ligou|ligaram|telefonou|telefonaram).{0,20}(?:duas vezes|tres vezes|varias vezes).{0,60}',
    },
    missed_calls: {
      things: 'chamadas? (?:perdidas?|nao atendidas?|sem resposta)(?: .{0,30})?',
      does: '(?:ligou|ligaram|telefonou).{0,30}sem resposta',
    },
    calls: { things: 'chamadas|telefonemas', does: 'ligou|ligaram|telefonou|telefonaram' },
    balances: {
      things:
        '(?:saldos?|pagamentos?|valores?|reservas?|faturas?) (?:em aberto|abert[oa]s?|pendentes?|por pagar|em divida)',
      does: 'deve(?:m)?|(?:ainda )?nao (?:pagou|pagaram)|tem de pagar',
    },
    tasks: { things: 'tarefas(?: (?:abertas|em aberto|pendentes|por fazer))?' },
    new_bookings: {
      things:
        'novas reservas|reservas novas|reservas.{0,20}(?:entraram|recebemos|recebidas|feitas)',
    },
    stays: { things: 'reservas|estadias' },
    nights: { things: 'noites?(?: (?:reservadas?|vendidas?))?' },
    rating: {
      things: '(?:nota|avaliacao|pontuacao|classificacao) media|media das (?:avaliacoes|notas)',
    },
  },
};
