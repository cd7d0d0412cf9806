import type { LookUpWords } from './look-up-words.js';

export const it: LookUpWords = {
  hints: 'il|gli|signor|signora|ancora|che|quale|del|della|di|quanto',
  other:
    'perche|riguardo|lament\\w*|detto|dice|chiest[oa]|chiede|scritt[oa]|scrive|vuole|vogliono|bisogno|al piu (?:presto|tardi)|regole|chiav[ei]|bagagli\\w*|parcheggi\\w*|taxi|come (?:si|posso|puo|faccio)',
  topics: {
    arrival:
      "(?:quando|che giorno|a che ora) …(?:arriv(?:a|ano|ato|ata|ati|era|eranno|o)|vien(?:e)?|vengono)|(?:data|giorno|ora) (?:di|d)'? ?arrivo d",
    departure:
      '(?:quando|che giorno|a che ora) …(?:part(?:e|ono|ito|ita|iti|ira|iranno)|va(?:nno)? via|lascia(?:no)?)|fino a quando …(?:rest\\w+|riman\\w+|sta(?:nno)?|alloggi\\w+)|per quanto …(?:rest\\w+|riman\\w+)|(?:data|giorno|ora) (?:di|della) partenza d',
    home: '(?:in )?(?:che|quale) (?:casa|appartamento|alloggio|camera|struttura)|dove (?:alloggi\\w+|dorm\\w+|soggiorn\\w+|sta(?:nno)? (?:alloggi|soggiorn)\\w+)',
    party:
      'quant[ei] (?:persone|ospiti|adulti|bambini|sono|saranno|vengono)|in quanti (?:sono|vengono|arrivano)',
    balance:
      '(?:quanto|cosa|che cosa) …(?:deve|devono|manca|resta …pagare)|(?:ha|hanno) (?:gia )?pagato|saldo (?:di|del|della)|deve (?:ancora)|devono ancora',
    phone:
      '(?:numero|telefono|cellulare)(?: di telefono| di cellulare)?|come (?:raggiungo|contatto|chiamo)|a che numero',
    mail: 'e-?mail|indirizzo (?:e-?mail|di posta)|posta elettronica',
    code: '(?:codice|numero|riferimento) (?:di|della) (?:prenotazione|conferma)',
    calls:
      '(?:quando|ha|hanno|quante volte|qualcuno) …(?:chiamato|telefonato|chiamava)|ultima (?:chiamata|telefonata)|(?:chiamat[ae]|telefonat[ae]) (?:di|da|dal|con)',
  },
};

export const nl: LookUpWords = {
  hints: 'het|meneer|mevrouw|wanneer|nog|van|wat|hoeveel|heeft|welk',
  other:
    'over|waarom|kla(?:cht|agt|agde|gen|chten)|gezegd|zegt|zei|gevraagd|vraagt|geschreven|schrijft|wil|willen|nodig|op zijn (?:vroegst|laatst)|regels?|sleutels?|bagage|parkeren|taxi|hoe (?:kan|moet|kom) (?:ik|je|men)',
  topics: {
    arrival:
      '(?:wanneer|welke dag|hoe laat) …(?:kom(?:t|en) …aan|kom(?:t|en)|arriveer(?:t|de)|aankom(?:t|en|st)|aangekomen|check(?:t|en) …in|inche(?:ckt|cken))|(?:aankomst)(?:datum|dag|tijd)? van',
    departure:
      '(?:wanneer|welke dag|hoe laat) …(?:vertrek(?:t|ken|t)?|vertrok|vertrokken|ga(?:at|an) …weg|check(?:t|en) …uit|uitche(?:ckt|cken))|tot wanneer …(?:blij(?:ft|ven)|verblij(?:ft|ven))|hoe lang …(?:blij(?:ft|ven)|verblij(?:ft|ven))|vertrek(?:datum|dag|tijd)? van',
    home: '(?:in )?welke? (?:huis|woning|appartement|kamer|accommodatie|verblijf)|waar (?:verblij(?:ft|ven)|logeer(?:t)|logeren|slaapt|slapen|zit(?:ten)?)',
    party: 'hoeveel (?:personen|mensen|gasten|volwassenen|kinderen|zijn|komen)|met hoeveel',
    balance:
      '(?:hoeveel|wat) …(?:schuldig|openstaa(?:t|n)|open staat|betalen|verschuldigd)|(?:heeft|hebben) …betaald|(?:openstaand(?:e)? )?(?:saldo|bedrag) van',
    phone:
      '(?:telefoon|mobiel|gsm)(?:e)?(?:nummer)?|nummer van|hoe (?:bereik|bel) (?:ik|je|wij)|op welk nummer',
    mail: 'e-?mail(?:adres)?|mailadres',
    code: '(?:boekings|bevestigings|reserverings)(?:code|nummer)',
    calls:
      '(?:wanneer|heeft|hebben|hoe vaak|iemand) …(?:gebeld|belde|belt)|laatste (?:oproep|telefoontje|gesprek)|(?:oproep(?:en)?|telefoontjes?) (?:van|met)',
  },
};

export const pl: LookUpWords = {
  hints: 'pan|pani|pana|kiedy|jeszcze|jaki|ile|czy|gdzie',
  other:
    'dlaczego|sprawie|skarz\\w*|skarg\\w*|powiedzial\\w*|mowil\\w*|pyta\\w*|zapytal\\w*|pisal\\w*|napisal\\w*|chce|chca|potrzebuj\\w*|najwczesniej|najpozniej|zasad\\w*|klucz\\w*|bagaz\\w*|parking\\w*|taksowk\\w*|jak (?:moge|mozna|sie)',
  topics: {
    arrival:
      '(?:kiedy|ktorego dnia|o ktorej) …(?:przyjezdza(?:ja)?|przyjedzie|przyjada|przyjechal\\w*|przybywa|przybedzie|zameldowa\\w+|melduje|przyjazd)|(?:data|dzien|godzina) przyjazdu',
    departure:
      '(?:kiedy|ktorego dnia|o ktorej) …(?:wyjezdza(?:ja)?|wyjedzie|wyjada|wyjechal\\w*|wymeldowa\\w+|wymeldowuje|wyjazd)|do kiedy …(?:zostaj\\w+|mieszka\\w*|jest)|jak dlugo …(?:zostaj\\w+|mieszka\\w*)|(?:data|dzien|godzina) wyjazdu',
    home: '(?:w )?ktor(?:ym|ej|y|a) (?:dom(?:u|em)?|mieszkani(?:u|e)|apartamen(?:t|cie)|pokoj(?:u)?|obiekcie)|gdzie (?:mieszka\\w*|nocuj\\w+|zatrzymal\\w+)',
    party: 'ile (?:osob|gosci|doroslych|dzieci|ich)|w ile osob|z iloma',
    balance:
      '(?:ile|co) …(?:jest winien|jest winna|winien|winna|winni|zaplacic|doplacic|zalega)|czy …(?:zaplacil\\w*|oplacil\\w*)|saldo|zalega',
    phone:
      '(?:numer|telefon)(?: telefonu| komorkowy)?|jak (?:skontaktowac|zadzwonic)|pod jaki numer',
    mail: '(?:adres )?e-?mail|adres (?:mailowy|poczty)',
    code: '(?:kod|numer) (?:rezerwacji|potwierdzenia)',
    calls:
      '(?:kiedy|czy|ile razy|ktos) …(?:dzwonil\\w*|zadzwonil\\w*|telefonowal\\w*)|ostatnie polaczenie|polaczenia? (?:od|z)',
  },
};

export const pt: LookUpWords = {
  hints: 'o|os|senhor|senhora|ainda|qual|em|do|da|esta|quanto|com',
  other:
    'por que|porque|sobre|reclam\\w*|queix\\w*|disse|diz|pergunt\\w*|escrev\\w*|quer|querem|precisa\\w*|no (?:minimo|maximo)|regras?|chaves?|bagagem|estacionamento|taxi|como (?:se|posso|pode|fazer)',
  topics: {
    arrival:
      '(?:quando|que dia|a que horas) …(?:cheg(?:a|am|ou|aram|ara|ada)|vem|entra(?:m)?)|(?:data|dia|hora) d[ea] chegada d',
    departure:
      '(?:quando|que dia|a que horas) …(?:sa(?:i|em|iu|iram|ida)|part(?:e|em|iu|ida)|vai(?:-se)? embora|vao embora)|ate quando …(?:fica(?:m)?|esta\\w*)|quanto tempo …fica(?:m)?|(?:data|dia|hora) d[ea] (?:saida|partida) d',
    home: '(?:em )?(?:que|qual) (?:casa|apartamento|alojamento|quarto|imovel)|onde (?:fica(?:m)? (?:hospedad|alojad)\\w+|esta(?:o)? (?:hospedad|alojad)\\w+|se hosped\\w+|dorm\\w+)',
    party: 'quant[oa]s (?:pessoas|hospedes|adultos|criancas|sao|vem|serao)|com quant[oa]s pessoas',
    balance:
      '(?:quanto|o que) …(?:deve(?:m)?|falta …pagar|pagar)|(?:ja )?pagou|pagaram|saldo d[aoe]|ainda deve(?:m)?',
    phone:
      '(?:numero|telefone|telemovel|celular)(?: de telefone| de telemovel)?|como (?:ligo|contacto|contato)|para que numero',
    mail: 'e-?mail|correio eletronico|endereco de e-?mail',
    code: '(?:codigo|numero|referencia) d[ae] (?:reserva|confirmacao)',
    calls:
      '(?:quando|quantas vezes|alguem|ja) …(?:ligou|ligaram|telefonou|telefonaram)|ligou|ultima (?:chamada|ligacao)|(?:chamadas?|ligac(?:ao|oes)) (?:de|do|da|com)',
  },
};
