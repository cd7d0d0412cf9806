import { roomLanguage, type RoomLanguage } from './answer-words.js';

/** Our own words about what somebody told us to do. */
export interface CommandReplies {
  /** What we can do, a line each. Commands are given in English: these are understood in every language. */
  readonly help: readonly string[];
  readonly dialogues: string;
  readonly noDialogues: string;
  readonly noneFound: string;
  readonly archivedMark: string;
  readonly renamed: string;
  readonly archived: string;
  readonly begins: string;
  readonly nothingHere: string;
  readonly noDirectRoom: string;
}

const replies: Readonly<Record<RoomLanguage, CommandReplies>> = {
  en: {
    help: [
      'I answer questions from what everybody in this room may read, with the sources.',
      'Ask with my name or a trigger word. In the thread of an answer just go on writing.',
      'After my name, or in a direct message: `list` and `search mine` with words show your dialogues in a direct message;',
      '`rename` with a title, `archive` and `new` are for your dialogue in this thread.',
    ],
    dialogues: 'Your dialogues, used last first:',
    noDialogues: 'You have no dialogues yet.',
    noneFound: 'None of your dialogues holds these words.',
    archivedMark: 'archived',
    renamed: 'The dialogue has its new title.',
    archived: 'The dialogue is archived. The next question begins another.',
    begins: 'The next question begins another dialogue.',
    nothingHere: 'You have no dialogue here yet.',
    noDirectRoom: 'I cannot write to you directly, and your dialogues are not for this room.',
  },
  de: {
    help: [
      'Ich beantworte Fragen aus dem, was alle in diesem Raum lesen dürfen, mit den Quellen.',
      'Fragen Sie mit meinem Namen oder einem Stichwort. Im Faden einer Antwort schreiben Sie einfach weiter.',
      'Nach meinem Namen, oder in einer Direktnachricht: `list` und `search mine` mit Wörtern zeigen Ihre Dialoge in einer Direktnachricht;',
      '`rename` mit einem Titel, `archive` und `new` gelten Ihrem Dialog in diesem Faden.',
    ],
    dialogues: 'Ihre Dialoge, der jüngste zuerst:',
    noDialogues: 'Sie haben noch keine Dialoge.',
    noneFound: 'In keinem Ihrer Dialoge stehen diese Wörter.',
    archivedMark: 'archiviert',
    renamed: 'Der Dialog hat seinen neuen Titel.',
    archived: 'Der Dialog ist archiviert. Die nächste Frage beginnt einen neuen.',
    begins: 'Die nächste Frage beginnt einen neuen Dialog.',
    nothingHere: 'Sie haben hier noch keinen Dialog.',
    noDirectRoom:
      'Ich kann Ihnen nicht direkt schreiben, und Ihre Dialoge gehören nicht in diesen Raum.',
  },
  fr: {
    help: [
      'Je réponds aux questions avec ce que tout le monde dans ce salon peut lire, sources à l’appui.',
      'Demandez avec mon nom ou un mot déclencheur. Dans le fil d’une réponse, continuez simplement à écrire.',
      'Après mon nom, ou en message direct : `list` et `search mine` avec des mots montrent vos dialogues en message direct ;',
      '`rename` avec un titre, `archive` et `new` concernent votre dialogue dans ce fil.',
    ],
    dialogues: 'Vos dialogues, le plus récent d’abord :',
    noDialogues: 'Vous n’avez pas encore de dialogues.',
    noneFound: 'Aucun de vos dialogues ne contient ces mots.',
    archivedMark: 'archivé',
    renamed: 'Le dialogue a son nouveau titre.',
    archived: 'Le dialogue est archivé. La prochaine question en commence un autre.',
    begins: 'La prochaine question commence un autre dialogue.',
    nothingHere: 'Vous n’avez pas encore de dialogue ici.',
    noDirectRoom:
      'Je ne peux pas vous écrire directement, et vos dialogues ne sont pas pour ce salon.',
  },
  es: {
    help: [
      'Respondo a preguntas con lo que todos en esta sala pueden leer, con las fuentes.',
      'Pregunte con mi nombre o una palabra clave. En el hilo de una respuesta, siga escribiendo.',
      'Tras mi nombre, o en un mensaje directo: `list` y `search mine` con palabras muestran sus diálogos en un mensaje directo;',
      '`rename` con un título, `archive` y `new` son para su diálogo en este hilo.',
    ],
    dialogues: 'Sus diálogos, el último primero:',
    noDialogues: 'Todavía no tiene diálogos.',
    noneFound: 'Ninguno de sus diálogos contiene estas palabras.',
    archivedMark: 'archivado',
    renamed: 'El diálogo tiene su nuevo título.',
    archived: 'El diálogo está archivado. La próxima pregunta empieza otro.',
    begins: 'La próxima pregunta empieza otro diálogo.',
    nothingHere: 'Todavía no tiene ningún diálogo aquí.',
    noDirectRoom: 'No puedo escribirle directamente, y sus diálogos no son para esta sala.',
  },
  it: {
    help: [
      'Rispondo alle domande con ciò che tutti in questa stanza possono leggere, con le fonti.',
      'Chieda con il mio nome o una parola chiave. Nel filo di una risposta continui semplicemente a scrivere.',
      'Dopo il mio nome, o in un messaggio diretto: `list` e `search mine` con parole mostrano i Suoi dialoghi in un messaggio diretto;',
      '`rename` con un titolo, `archive` e `new` valgono per il Suo dialogo in questo filo.',
    ],
    dialogues: 'I Suoi dialoghi, il più recente per primo:',
    noDialogues: 'Non ha ancora dialoghi.',
    noneFound: 'Nessuno dei Suoi dialoghi contiene queste parole.',
    archivedMark: 'archiviato',
    renamed: 'Il dialogo ha il suo nuovo titolo.',
    archived: 'Il dialogo è archiviato. La prossima domanda ne comincia un altro.',
    begins: 'La prossima domanda comincia un altro dialogo.',
    nothingHere: 'Qui non ha ancora un dialogo.',
    noDirectRoom: 'Non posso scriverLe direttamente, e i Suoi dialoghi non sono per questa stanza.',
  },
  nl: {
    help: [
      'Ik beantwoord vragen uit wat iedereen in deze ruimte mag lezen, met de bronnen.',
      'Vraag met mijn naam of een trefwoord. In de draad van een antwoord schrijft u gewoon verder.',
      'Na mijn naam, of in een direct bericht: `list` en `search mine` met woorden tonen uw dialogen in een direct bericht;',
      '`rename` met een titel, `archive` en `new` gelden voor uw dialoog in deze draad.',
    ],
    dialogues: 'Uw dialogen, de laatste eerst:',
    noDialogues: 'U hebt nog geen dialogen.',
    noneFound: 'In geen van uw dialogen staan deze woorden.',
    archivedMark: 'gearchiveerd',
    renamed: 'De dialoog heeft zijn nieuwe titel.',
    archived: 'De dialoog is gearchiveerd. De volgende vraag begint een nieuwe.',
    begins: 'De volgende vraag begint een nieuwe dialoog.',
    nothingHere: 'U hebt hier nog geen dialoog.',
    noDirectRoom:
      'Ik kan u niet rechtstreeks schrijven, en uw dialogen zijn niet voor deze ruimte.',
  },
  pl: {
    help: [
      'Odpowiadam na pytania z tego, co wszyscy w tym pokoju mogą czytać, ze źródłami.',
      'Pytaj z moim imieniem lub słowem kluczowym. W wątku odpowiedzi po prostu pisz dalej.',
      'Po moim imieniu lub w wiadomości bezpośredniej: `list` i `search mine` ze słowami pokazują Twoje dialogi w wiadomości bezpośredniej;',
      '`rename` z tytułem, `archive` i `new` dotyczą Twojego dialogu w tym wątku.',
    ],
    dialogues: 'Twoje dialogi, ostatni najpierw:',
    noDialogues: 'Nie masz jeszcze dialogów.',
    noneFound: 'Żaden z Twoich dialogów nie zawiera tych słów.',
    archivedMark: 'zarchiwizowany',
    renamed: 'Dialog ma nowy tytuł.',
    archived: 'Dialog jest zarchiwizowany. Następne pytanie zacznie nowy.',
    begins: 'Następne pytanie zacznie nowy dialog.',
    nothingHere: 'Nie masz tu jeszcze dialogu.',
    noDirectRoom:
      'Nie mogę napisać do Ciebie bezpośrednio, a Twoje dialogi nie są dla tego pokoju.',
  },
  pt: {
    help: [
      'Respondo a perguntas com o que todos nesta sala podem ler, com as fontes.',
      'Pergunte com o meu nome ou uma palavra-chave. No fio de uma resposta, continue simplesmente a escrever.',
      'Depois do meu nome, ou numa mensagem direta: `list` e `search mine` com palavras mostram os seus diálogos numa mensagem direta;',
      '`rename` com um título, `archive` e `new` são para o seu diálogo neste fio.',
    ],
    dialogues: 'Os seus diálogos, o último primeiro:',
    noDialogues: 'Ainda não tem diálogos.',
    noneFound: 'Nenhum dos seus diálogos contém estas palavras.',
    archivedMark: 'arquivado',
    renamed: 'O diálogo tem o seu novo título.',
    archived: 'O diálogo está arquivado. A próxima pergunta começa outro.',
    begins: 'A próxima pergunta começa outro diálogo.',
    nothingHere: 'Ainda não tem nenhum diálogo aqui.',
    noDirectRoom: 'Não posso escrever-lhe diretamente, e os seus diálogos não são para esta sala.',
  },
};

export const commandReplies = (language: string | undefined): CommandReplies =>
  replies[roomLanguage(language)];
