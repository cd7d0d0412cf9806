/**
 * Why an answer is an extract. `away`: the language model does not answer now. `spent`: the budget of the day is used up,
 * that of the company, or of the person or the room. `kept`: the sources must not leave the house. `unsupported`: nothing
 * that the model said stands in the sources.
 */
export type ExtractiveReason =
  'no_model' | 'away' | 'spent' | 'spent_by_person' | 'spent_in_room' | 'kept' | 'unsupported';

/** Our own words in an answer, in one language. What comes from records stays in the language it was written in. */
export interface AnswerTexts {
  /** Below sentences that were taken from sources: why nobody put them into words. */
  readonly extractive: Readonly<Record<ExtractiveReason, string>>;
  /** Between what a language model said and the passages that follow it. */
  readonly cutShort: string;
  readonly unknown: string;
  /** Above the sources that come closest. */
  readonly nearest: string;
  readonly which: string;
  readonly withdrawn: string;
  /** Where the asker took the question back. */
  readonly takenBack: string;
  /** Where no process came to answer. */
  readonly sorry: string;
}

const texts = {
  en: {
    extractive: {
      no_model: 'These are the passages that fit best; no language model is set up.',
      away: 'These are the passages that fit best; the language model does not answer now.',
      spent:
        'These are the passages that fit best; the company’s budget for the language model is used up for today.',
      spent_by_person:
        'These are the passages that fit best; your budget for the language model is used up for today.',
      spent_in_room:
        'These are the passages that fit best; this room’s budget for the language model is used up for today.',
      kept: 'These are the passages that fit best; they are not shown to the language model.',
      unsupported:
        'These are the passages that fit best; the language model said nothing that stands in them.',
    },
    cutShort: 'The language model stopped before its end. These passages fit best:',
    unknown: 'I do not know: nothing that you may read answers this.',
    nearest: 'These sources come closest:',
    which: 'Which one do you mean?',
    withdrawn: 'This answer is withdrawn: one of its sources is gone, or is not for you any more.',
    takenBack: 'This question was taken back.',
    sorry: 'Sorry, I did not get to an answer. Please ask again.',
  },
  de: {
    extractive: {
      no_model:
        'Das sind die Stellen, die am besten passen; es ist kein Sprachmodell eingerichtet.',
      away: 'Das sind die Stellen, die am besten passen; das Sprachmodell antwortet gerade nicht.',
      spent:
        'Das sind die Stellen, die am besten passen; das Tagesbudget der Firma für das Sprachmodell ist aufgebraucht.',
      spent_by_person:
        'Das sind die Stellen, die am besten passen; Ihr Tagesbudget für das Sprachmodell ist aufgebraucht.',
      spent_in_room:
        'Das sind die Stellen, die am besten passen; das Tagesbudget dieses Raums für das Sprachmodell ist aufgebraucht.',
      kept: 'Das sind die Stellen, die am besten passen; dem Sprachmodell werden sie nicht gezeigt.',
      unsupported:
        'Das sind die Stellen, die am besten passen; das Sprachmodell sagte nichts, was darin steht.',
    },
    cutShort: 'Das Sprachmodell hat vorzeitig aufgehört. Diese Stellen passen am besten:',
    unknown: 'Das weiß ich nicht: Nichts, was Sie lesen dürfen, beantwortet es.',
    nearest: 'Am nächsten kommen diese Quellen:',
    which: 'Was davon meinen Sie?',
    withdrawn:
      'Diese Antwort ist zurückgezogen: Eine ihrer Quellen ist gelöscht oder nicht mehr für Sie bestimmt.',
    takenBack: 'Diese Frage wurde zurückgenommen.',
    sorry: 'Es tut mir leid, ich bin zu keiner Antwort gekommen. Bitte fragen Sie noch einmal.',
  },
  fr: {
    extractive: {
      no_model:
        'Ce sont les passages qui correspondent le mieux ; aucun modèle de langue n’est installé.',
      away: 'Ce sont les passages qui correspondent le mieux ; le modèle de langue ne répond pas en ce moment.',
      spent:
        'Ce sont les passages qui correspondent le mieux ; le budget du jour de l’entreprise pour le modèle de langue est épuisé.',
      spent_by_person:
        'Ce sont les passages qui correspondent le mieux ; votre budget du jour pour le modèle de langue est épuisé.',
      spent_in_room:
        'Ce sont les passages qui correspondent le mieux ; le budget du jour de ce salon pour le modèle de langue est épuisé.',
      kept: 'Ce sont les passages qui correspondent le mieux ; ils ne sont pas montrés au modèle de langue.',
      unsupported:
        'Ce sont les passages qui correspondent le mieux ; le modèle de langue n’a rien dit qui s’y trouve.',
    },
    cutShort:
      'Le modèle de langue s’est arrêté avant la fin. Voici les passages qui correspondent le mieux :',
    unknown: 'Je ne sais pas : rien de ce que vous pouvez lire n’y répond.',
    nearest: 'Les sources les plus proches :',
    which: 'Lequel voulez-vous dire ?',
    withdrawn:
      'Cette réponse est retirée : une de ses sources a disparu ou ne vous est plus accessible.',
    takenBack: 'Cette question a été retirée.',
    sorry: 'Désolé, je ne suis pas arrivé à une réponse. Veuillez reposer la question.',
  },
  es: {
    extractive: {
      no_model:
        'Estos son los pasajes que mejor encajan; no hay ningún modelo de lenguaje configurado.',
      away: 'Estos son los pasajes que mejor encajan; el modelo de lenguaje no responde ahora.',
      spent:
        'Estos son los pasajes que mejor encajan; el presupuesto de hoy de la empresa para el modelo de lenguaje está agotado.',
      spent_by_person:
        'Estos son los pasajes que mejor encajan; su presupuesto de hoy para el modelo de lenguaje está agotado.',
      spent_in_room:
        'Estos son los pasajes que mejor encajan; el presupuesto de hoy de esta sala para el modelo de lenguaje está agotado.',
      kept: 'Estos son los pasajes que mejor encajan; no se muestran al modelo de lenguaje.',
      unsupported:
        'Estos son los pasajes que mejor encajan; el modelo de lenguaje no dijo nada que conste en ellos.',
    },
    cutShort:
      'El modelo de lenguaje se detuvo antes de terminar. Estos pasajes son los que mejor encajan:',
    unknown: 'No lo sé: nada de lo que puede leer lo responde.',
    nearest: 'Las fuentes más cercanas:',
    which: '¿Cuál quiere decir?',
    withdrawn:
      'Esta respuesta se ha retirado: una de sus fuentes ya no existe o ya no es para usted.',
    takenBack: 'Esta pregunta se ha retirado.',
    sorry: 'Lo siento, no he llegado a una respuesta. Vuelva a preguntar, por favor.',
  },
  it: {
    extractive: {
      no_model:
        'Questi sono i passaggi più pertinenti; non è configurato alcun modello linguistico.',
      away: 'Questi sono i passaggi più pertinenti; il modello linguistico al momento non risponde.',
      spent:
        'Questi sono i passaggi più pertinenti; il budget di oggi dell’azienda per il modello linguistico è esaurito.',
      spent_by_person:
        'Questi sono i passaggi più pertinenti; il Suo budget di oggi per il modello linguistico è esaurito.',
      spent_in_room:
        'Questi sono i passaggi più pertinenti; il budget di oggi di questa stanza per il modello linguistico è esaurito.',
      kept: 'Questi sono i passaggi più pertinenti; non vengono mostrati al modello linguistico.',
      unsupported:
        'Questi sono i passaggi più pertinenti; il modello linguistico non ha detto nulla che vi si trovi.',
    },
    cutShort:
      'Il modello linguistico si è fermato prima della fine. Questi sono i passaggi più pertinenti:',
    unknown: 'Non lo so: niente di ciò che può leggere risponde alla domanda.',
    nearest: 'Le fonti più vicine:',
    which: 'Quale intende?',
    withdrawn:
      'Questa risposta è stata ritirata: una delle sue fonti non c’è più o non è più per Lei.',
    takenBack: 'Questa domanda è stata ritirata.',
    sorry: 'Mi dispiace, non sono arrivato a una risposta. La prego di chiedere di nuovo.',
  },
  nl: {
    extractive: {
      no_model: 'Dit zijn de passages die het best passen; er is geen taalmodel ingesteld.',
      away: 'Dit zijn de passages die het best passen; het taalmodel antwoordt nu niet.',
      spent:
        'Dit zijn de passages die het best passen; het budget van het bedrijf van vandaag voor het taalmodel is op.',
      spent_by_person:
        'Dit zijn de passages die het best passen; uw budget van vandaag voor het taalmodel is op.',
      spent_in_room:
        'Dit zijn de passages die het best passen; het budget van deze ruimte van vandaag voor het taalmodel is op.',
      kept: 'Dit zijn de passages die het best passen; het taalmodel krijgt ze niet te zien.',
      unsupported:
        'Dit zijn de passages die het best passen; het taalmodel zei niets dat erin staat.',
    },
    cutShort: 'Het taalmodel stopte te vroeg. Deze passages passen het best:',
    unknown: 'Dat weet ik niet: niets wat u mag lezen geeft er antwoord op.',
    nearest: 'Deze bronnen komen het dichtst in de buurt:',
    which: 'Welke bedoelt u?',
    withdrawn:
      'Dit antwoord is ingetrokken: een van de bronnen is weg of is niet meer voor u bestemd.',
    takenBack: 'Deze vraag is ingetrokken.',
    sorry: 'Sorry, ik ben niet tot een antwoord gekomen. Stel de vraag nog eens.',
  },
  pl: {
    extractive: {
      no_model: 'To fragmenty, które pasują najlepiej; nie skonfigurowano modelu językowego.',
      away: 'To fragmenty, które pasują najlepiej; model językowy teraz nie odpowiada.',
      spent:
        'To fragmenty, które pasują najlepiej; dzisiejszy budżet firmy na model językowy jest wyczerpany.',
      spent_by_person:
        'To fragmenty, które pasują najlepiej; Twój dzisiejszy budżet na model językowy jest wyczerpany.',
      spent_in_room:
        'To fragmenty, które pasują najlepiej; dzisiejszy budżet tego pokoju na model językowy jest wyczerpany.',
      kept: 'To fragmenty, które pasują najlepiej; nie są pokazywane modelowi językowemu.',
      unsupported:
        'To fragmenty, które pasują najlepiej; model językowy nie powiedział nic, co w nich jest.',
    },
    cutShort: 'Model językowy przerwał przed końcem. Najlepiej pasują te fragmenty:',
    unknown: 'Nie wiem: nic, co możesz czytać, na to nie odpowiada.',
    nearest: 'Najbliższe źródła:',
    which: 'O które chodzi?',
    withdrawn:
      'Ta odpowiedź została wycofana: jednego z jej źródeł już nie ma albo nie jest już dla Ciebie.',
    takenBack: 'To pytanie zostało wycofane.',
    sorry: 'Przepraszam, nie udało mi się znaleźć odpowiedzi. Proszę zapytać jeszcze raz.',
  },
  pt: {
    extractive: {
      no_model:
        'Estas são as passagens que melhor se ajustam; nenhum modelo de linguagem está configurado.',
      away: 'Estas são as passagens que melhor se ajustam; o modelo de linguagem não responde agora.',
      spent:
        'Estas são as passagens que melhor se ajustam; o orçamento de hoje da empresa para o modelo de linguagem esgotou-se.',
      spent_by_person:
        'Estas são as passagens que melhor se ajustam; o seu orçamento de hoje para o modelo de linguagem esgotou-se.',
      spent_in_room:
        'Estas são as passagens que melhor se ajustam; o orçamento de hoje desta sala para o modelo de linguagem esgotou-se.',
      kept: 'Estas são as passagens que melhor se ajustam; não são mostradas ao modelo de linguagem.',
      unsupported:
        'Estas são as passagens que melhor se ajustam; o modelo de linguagem não disse nada que conste nelas.',
    },
    cutShort:
      'O modelo de linguagem parou antes do fim. Estas passagens são as que melhor se ajustam:',
    unknown: 'Não sei: nada do que pode ler responde a isto.',
    nearest: 'As fontes mais próximas:',
    which: 'Qual quer dizer?',
    withdrawn: 'Esta resposta foi retirada: uma das suas fontes desapareceu ou já não é para si.',
    takenBack: 'Esta pergunta foi retirada.',
    sorry: 'Desculpe, não cheguei a uma resposta. Por favor, pergunte outra vez.',
  },
} as const satisfies Record<string, AnswerTexts>;

export type AnswerLanguage = keyof typeof texts;

export const answerLanguages = Object.keys(texts) as readonly AnswerLanguage[];

const isOurs = (language: string): language is AnswerLanguage => Object.hasOwn(texts, language);

/** The first of these languages that we write; English where we write none of them. */
export const languageFor = (languages: readonly string[]): AnswerLanguage =>
  languages.find(isOurs) ?? 'en';

export const textsIn = (language: string): AnswerTexts => texts[languageFor([language])];
