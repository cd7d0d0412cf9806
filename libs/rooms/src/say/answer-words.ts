/** The languages in which we have words of our own. */
export type RoomLanguage = 'en' | 'de' | 'fr' | 'es' | 'it' | 'nl' | 'pl' | 'pt';

/** Our own words around an answer. */
export interface AnswerWords {
  readonly sources: string;
  readonly more: string;
  /** In one line below an answer. */
  readonly helpful: string;
  /** Below a list to choose from. */
  readonly choose: string;
  readonly sourceGone: string;
  readonly questionGone: string;
  readonly questionEdited: string;
  readonly notReader: string;
  readonly directoryAway: string;
  readonly failed: string;
  /** After somebody said that an answer did not help. */
  readonly why: string;
  readonly thanks: string;
}

const words: Readonly<Record<RoomLanguage, AnswerWords>> = {
  en: {
    sources: 'Sources',
    more: 'more',
    helpful: 'Did this help? React with 👍 or 👎.',
    choose: 'Answer with the number.',
    sourceGone: 'This answer is withdrawn: one of its sources is gone.',
    questionGone: 'This answer is withdrawn: its question was deleted.',
    questionEdited: 'This answer is withdrawn: its question was changed.',
    notReader: 'There is no answer here: the person who asks does not read this room.',
    directoryAway:
      'There is no answer now: it cannot be looked up who reads this room. Please ask again later.',
    failed: 'Sorry, this question could not be answered. Please ask again later.',
    why: 'Sorry that this did not help. What was wrong, or missing? Your next message here says so.',
    thanks: 'Thank you, this is noted.',
  },
  de: {
    sources: 'Quellen',
    more: 'mehr',
    helpful: 'Hat das geholfen? Reagieren Sie mit 👍 oder 👎.',
    choose: 'Antworten Sie mit der Nummer.',
    sourceGone: 'Diese Antwort ist zurückgezogen: Eine ihrer Quellen ist gelöscht.',
    questionGone: 'Diese Antwort ist zurückgezogen: Die Frage wurde gelöscht.',
    questionEdited: 'Diese Antwort ist zurückgezogen: Die Frage wurde geändert.',
    notReader: 'Hier gibt es keine Antwort: Wer fragt, liest diesen Raum nicht.',
    directoryAway:
      'Jetzt gibt es keine Antwort: Wer diesen Raum liest, lässt sich gerade nicht feststellen. Bitte fragen Sie später noch einmal.',
    failed:
      'Diese Frage konnte leider nicht beantwortet werden. Bitte fragen Sie später noch einmal.',
    why: 'Schade, dass das nicht geholfen hat. Was war falsch, oder was fehlte? Ihre nächste Nachricht hier sagt es.',
    thanks: 'Danke, das ist notiert.',
  },
  fr: {
    sources: 'Sources',
    more: 'suite',
    helpful: 'Est-ce utile ? Réagissez avec 👍 ou 👎.',
    choose: 'Répondez par le numéro.',
    sourceGone: 'Cette réponse est retirée : une de ses sources a disparu.',
    questionGone: 'Cette réponse est retirée : la question a été supprimée.',
    questionEdited: 'Cette réponse est retirée : la question a été modifiée.',
    notReader: 'Pas de réponse ici : la personne qui demande ne lit pas ce salon.',
    directoryAway:
      'Pas de réponse pour le moment : impossible de savoir qui lit ce salon. Veuillez redemander plus tard.',
    failed: 'Désolé, cette question n’a pas pu recevoir de réponse. Veuillez redemander plus tard.',
    why: 'Désolé que cela n’ait pas aidé. Qu’est-ce qui était faux, ou qui manquait ? Votre prochain message ici le dira.',
    thanks: 'Merci, c’est noté.',
  },
  es: {
    sources: 'Fuentes',
    more: 'más',
    helpful: '¿Le ha servido? Reaccione con 👍 o 👎.',
    choose: 'Responda con el número.',
    sourceGone: 'Esta respuesta se ha retirado: una de sus fuentes ya no existe.',
    questionGone: 'Esta respuesta se ha retirado: la pregunta se ha borrado.',
    questionEdited: 'Esta respuesta se ha retirado: la pregunta se ha cambiado.',
    notReader: 'Aquí no hay respuesta: quien pregunta no lee esta sala.',
    directoryAway:
      'Ahora no hay respuesta: no se puede saber quién lee esta sala. Vuelva a preguntar más tarde.',
    failed: 'Lo sentimos, no se pudo responder a esta pregunta. Vuelva a preguntar más tarde.',
    why: 'Sentimos que no haya servido. ¿Qué era incorrecto o faltaba? Su próximo mensaje aquí lo dirá.',
    thanks: 'Gracias, queda anotado.',
  },
  it: {
    sources: 'Fonti',
    more: 'altro',
    helpful: 'È stato utile? Reagisca con 👍 o 👎.',
    choose: 'Risponda con il numero.',
    sourceGone: 'Questa risposta è stata ritirata: una delle sue fonti non c’è più.',
    questionGone: 'Questa risposta è stata ritirata: la domanda è stata eliminata.',
    questionEdited: 'Questa risposta è stata ritirata: la domanda è stata modificata.',
    notReader: 'Qui non c’è risposta: chi chiede non legge questa stanza.',
    directoryAway:
      'Ora non c’è risposta: non si può sapere chi legge questa stanza. Chieda di nuovo più tardi.',
    failed: 'Non è stato possibile rispondere a questa domanda. Chieda di nuovo più tardi.',
    why: 'Ci dispiace che non sia servito. Che cosa era sbagliato o mancava? Il Suo prossimo messaggio qui lo dirà.',
    thanks: 'Grazie, ne abbiamo preso nota.',
  },
  nl: {
    sources: 'Bronnen',
    more: 'meer',
    helpful: 'Heeft dit geholpen? Reageer met 👍 of 👎.',
    choose: 'Antwoord met het nummer.',
    sourceGone: 'Dit antwoord is ingetrokken: een van de bronnen is weg.',
    questionGone: 'Dit antwoord is ingetrokken: de vraag is verwijderd.',
    questionEdited: 'Dit antwoord is ingetrokken: de vraag is gewijzigd.',
    notReader: 'Hier is geen antwoord: wie vraagt, leest deze ruimte niet.',
    directoryAway:
      'Er is nu geen antwoord: het is niet na te gaan wie deze ruimte leest. Vraag het later opnieuw.',
    failed: 'Helaas kon deze vraag niet worden beantwoord. Vraag het later opnieuw.',
    why: 'Jammer dat dit niet hielp. Wat was fout, of wat ontbrak? Uw volgende bericht hier zegt het.',
    thanks: 'Bedankt, het is genoteerd.',
  },
  pl: {
    sources: 'Źródła',
    more: 'więcej',
    helpful: 'Czy to pomogło? Zareaguj 👍 lub 👎.',
    choose: 'Odpowiedz numerem.',
    sourceGone: 'Ta odpowiedź została wycofana: jednego z jej źródeł już nie ma.',
    questionGone: 'Ta odpowiedź została wycofana: pytanie zostało usunięte.',
    questionEdited: 'Ta odpowiedź została wycofana: pytanie zostało zmienione.',
    notReader: 'Tu nie ma odpowiedzi: osoba, która pyta, nie czyta tego pokoju.',
    directoryAway:
      'Teraz nie ma odpowiedzi: nie da się ustalić, kto czyta ten pokój. Zapytaj ponownie później.',
    failed: 'Niestety nie udało się odpowiedzieć na to pytanie. Zapytaj ponownie później.',
    why: 'Szkoda, że to nie pomogło. Co było błędne lub czego brakowało? Powie to Twoja następna wiadomość tutaj.',
    thanks: 'Dziękujemy, zanotowano.',
  },
  pt: {
    sources: 'Fontes',
    more: 'mais',
    helpful: 'Isto ajudou? Reaja com 👍 ou 👎.',
    choose: 'Responda com o número.',
    sourceGone: 'Esta resposta foi retirada: uma das suas fontes desapareceu.',
    questionGone: 'Esta resposta foi retirada: a pergunta foi apagada.',
    questionEdited: 'Esta resposta foi retirada: a pergunta foi alterada.',
    notReader: 'Aqui não há resposta: quem pergunta não lê esta sala.',
    directoryAway:
      'Agora não há resposta: não é possível saber quem lê esta sala. Pergunte de novo mais tarde.',
    failed: 'Infelizmente não foi possível responder a esta pergunta. Pergunte de novo mais tarde.',
    why: 'Lamentamos que não tenha ajudado. O que estava errado ou faltava? A sua próxima mensagem aqui dirá.',
    thanks: 'Obrigado, ficou anotado.',
  },
};

/** English where we have no words in a language, or nobody knows it. */
export const roomLanguage = (language: string | undefined): RoomLanguage =>
  isOurs(language) ? language : 'en';

const isOurs = (language: string | undefined): language is RoomLanguage =>
  language !== undefined && Object.hasOwn(words, language);

export const answerWords = (language: string | undefined): AnswerWords =>
  words[roomLanguage(language)];
