/** Our own words in an answer, in one language. What comes from records stays in the language it was written in. */
export interface AnswerTexts {
  /** Below sentences that were taken from sources. */
  readonly extractive: string;
  readonly unknown: string;
  /** Above the sources that come closest. */
  readonly nearest: string;
  readonly which: string;
  readonly withdrawn: string;
}

const texts = {
  en: {
    extractive: 'These are the passages that fit best; no language model is set up.',
    unknown: 'I do not know: nothing that you may read answers this.',
    nearest: 'These sources come closest:',
    which: 'Which one do you mean?',
    withdrawn: 'This answer is withdrawn: one of its sources is gone, or is not for you any more.',
  },
  de: {
    extractive:
      'Das sind die Stellen, die am besten passen; es ist kein Sprachmodell eingerichtet.',
    unknown: 'Das weiß ich nicht: Nichts, was Sie lesen dürfen, beantwortet es.',
    nearest: 'Am nächsten kommen diese Quellen:',
    which: 'Was davon meinen Sie?',
    withdrawn:
      'Diese Antwort ist zurückgezogen: Eine ihrer Quellen ist gelöscht oder nicht mehr für Sie bestimmt.',
  },
  fr: {
    extractive:
      'Ce sont les passages qui correspondent le mieux ; aucun modèle de langue n’est installé.',
    unknown: 'Je ne sais pas : rien de ce que vous pouvez lire n’y répond.',
    nearest: 'Les sources les plus proches :',
    which: 'Lequel voulez-vous dire ?',
    withdrawn:
      'Cette réponse est retirée : une de ses sources a disparu ou ne vous est plus accessible.',
  },
  es: {
    extractive:
      'Estos son los pasajes que mejor encajan; no hay ningún modelo de lenguaje configurado.',
    unknown: 'No lo sé: nada de lo que puede leer lo responde.',
    nearest: 'Las fuentes más cercanas:',
    which: '¿Cuál quiere decir?',
    withdrawn:
      'Esta respuesta se ha retirado: una de sus fuentes ya no existe o ya no es para usted.',
  },
  it: {
    extractive:
      'Questi sono i passaggi più pertinenti; non è configurato alcun modello linguistico.',
    unknown: 'Non lo so: niente di ciò che può leggere risponde alla domanda.',
    nearest: 'Le fonti più vicine:',
    which: 'Quale intende?',
    withdrawn:
      'Questa risposta è stata ritirata: una delle sue fonti non c’è più o non è più per Lei.',
  },
  nl: {
    extractive: 'Dit zijn de passages die het best passen; er is geen taalmodel ingesteld.',
    unknown: 'Dat weet ik niet: niets wat u mag lezen geeft er antwoord op.',
    nearest: 'Deze bronnen komen het dichtst in de buurt:',
    which: 'Welke bedoelt u?',
    withdrawn:
      'Dit antwoord is ingetrokken: een van de bronnen is weg of is niet meer voor u bestemd.',
  },
  pl: {
    extractive: 'To fragmenty, które pasują najlepiej; nie skonfigurowano modelu językowego.',
    unknown: 'Nie wiem: nic, co możesz czytać, na to nie odpowiada.',
    nearest: 'Najbliższe źródła:',
    which: 'O które chodzi?',
    withdrawn:
      'Ta odpowiedź została wycofana: jednego z jej źródeł już nie ma albo nie jest już dla Ciebie.',
  },
  pt: {
    extractive:
      'Estas são as passagens que melhor se ajustam; nenhum modelo de linguagem está configurado.',
    unknown: 'Não sei: nada do que pode ler responde a isto.',
    nearest: 'As fontes mais próximas:',
    which: 'Qual quer dizer?',
    withdrawn: 'Esta resposta foi retirada: uma das suas fontes desapareceu ou já não é para si.',
  },
} as const satisfies Record<string, AnswerTexts>;

export type AnswerLanguage = keyof typeof texts;

export const answerLanguages = Object.keys(texts) as readonly AnswerLanguage[];

const isOurs = (language: string): language is AnswerLanguage => Object.hasOwn(texts, language);

/** The first of these languages that we write; English where we write none of them. */
export const languageFor = (languages: readonly string[]): AnswerLanguage =>
  languages.find(isOurs) ?? 'en';

export const textsIn = (language: string): AnswerTexts => texts[languageFor([language])];
