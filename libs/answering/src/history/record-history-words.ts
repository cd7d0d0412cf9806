import type { AnswerLanguage } from '../texts/answer-texts.js';

/** What of a stay or a task can be asked for as it was. */
export type RecordHistoryField =
  | 'arrival'
  | 'departure'
  | 'people'
  | 'status'
  | 'toPay'
  | 'total'
  | 'taskOf'
  | 'taskStatus'
  | 'taskDue';

interface RecordHistoryLanguage {
  readonly fields: Readonly<Record<RecordHistoryField, readonly [asks: string, label: string]>>;
  /** "was", "did": it is about how something has been. */
  readonly was: string;
}

/** As alternatives of a pattern over folded text, and what the field is called in an answer. */
export const recordHistoryLanguages: Readonly<Record<AnswerLanguage, RecordHistoryLanguage>> = {
  en: {
    was: 'was|were|had|did|used to',
    fields: {
      arrival: ['arrival(?: date| day)?|check-?in (?:date|day)|arrive', 'Arrival'],
      departure: ['departure(?: date| day)?|check-?out (?:date|day)|leave', 'Departure'],
      people: ['how many (?:people|guests|persons)|number of (?:people|guests|persons)', 'People'],
      status: ['(?:booking |reservation )?status', 'Status'],
      toPay: ['balance|owed?|still to pay|to pay', 'Still to pay'],
      total: ['(?:total |booking )?price|total|cost', 'Price'],
      taskOf: [
        'who (?:had|was (?:assigned|responsible|on)) .{0,30}task|task .{0,60}assigned to',
        'Assigned to',
      ],
      taskStatus: ['task .{0,60}status|status of (?:the )?task', 'Status'],
      taskDue: ['task .{0,60}due|due (?:date )?of (?:the )?task', 'Due'],
    },
  },
  de: {
    was: 'war|waren|hatte|hatten|kostete|schuldete',
    fields: {
      arrival: ['anreise(?:tag|datum)?|ankunft', 'Anreise'],
      departure: ['abreise(?:tag|datum)?', 'Abreise'],
      people: ['wie ?viele (?:personen|gaste|leute)|personenzahl', 'Personen'],
      status: ['(?:buchungs)?status', 'Status'],
      toPay: ['offene[rn]? betrag|saldo|schuldete|noch zu zahlen', 'Noch zu zahlen'],
      total: ['(?:gesamt)?preis|kostete', 'Preis'],
      taskOf: ['wer (?:hatte|war) .{0,40}aufgabe|aufgabe .{0,60}zugewiesen', 'Zugewiesen an'],
      taskStatus: ['aufgabe .{0,60}status|status der aufgabe', 'Status'],
      taskDue: ['aufgabe .{0,60}fallig', 'Fällig'],
    },
  },
  fr: {
    was: 'etait|etaient|avait|devait|coutait',
    fields: {
      arrival: ["(?:date |jour )?d'arrivee|arrivee", 'Arrivée'],
      departure: ['(?:date |jour )?(?:de |du )?depart', 'Départ'],
      people: ['combien de (?:personnes|gens)|nombre de personnes', 'Personnes'],
      status: ['statut', 'Statut'],
      toPay: ['solde|reste a payer|devait', 'Reste à payer'],
      total: ['prix|coutait', 'Prix'],
      taskOf: ['qui (?:avait|etait) .{0,40}tache|tache .{0,60}attribuee', 'Attribuée à'],
      taskStatus: ['statut de la tache|tache .{0,60}statut', 'Statut'],
      taskDue: ['tache .{0,60}echeance|echeance de la tache', 'Échéance'],
    },
  },
  es: {
    was: 'era|eran|fue|estaba|tenia|debia|costaba',
    fields: {
      arrival: ['(?:fecha |dia )?de llegada|llegada', 'Llegada'],
      departure: ['(?:fecha |dia )?de salida|salida', 'Salida'],
      people: ['cuantas personas|numero de personas', 'Personas'],
      status: ['estado', 'Estado'],
      toPay: ['saldo|debia|pendiente', 'Por pagar'],
      total: ['precio|costaba', 'Precio'],
      taskOf: ['quien (?:tenia|estaba) .{0,40}tarea|tarea .{0,60}asignada', 'Asignada a'],
      taskStatus: ['estado de la tarea', 'Estado'],
      taskDue: ['tarea .{0,60}vence|vencimiento de la tarea', 'Vence'],
    },
  },
  it: {
    was: 'era|erano|fu|aveva|doveva|costava',
    fields: {
      arrival: ["(?:data |giorno )?(?:di |d'|dell')\\s?arrivo|arrivo", 'Arrivo'],
      departure: ['(?:data |giorno )?(?:di |della )?partenza', 'Partenza'],
      people: ['quante persone|numero di persone', 'Persone'],
      status: ['stato', 'Stato'],
      toPay: ['saldo|doveva|da pagare', 'Ancora da pagare'],
      total: ['prezzo|costava', 'Prezzo'],
      taskOf: ['chi (?:aveva|era) .{0,40}attivita|attivita .{0,60}assegnata', 'Assegnata a'],
      taskStatus: ["stato dell'attivita", 'Stato'],
      taskDue: ["attivita .{0,60}scade|scadenza dell'attivita", 'Scadenza'],
    },
  },
  nl: {
    was: 'was|waren|had|hadden|kostte',
    fields: {
      arrival: ['aankomst(?:datum|dag)?', 'Aankomst'],
      departure: ['vertrek(?:datum|dag)?', 'Vertrek'],
      people: ['hoeveel (?:personen|mensen|gasten)|aantal personen', 'Personen'],
      status: ['status', 'Status'],
      toPay: ['saldo|openstaand|te betalen', 'Nog te betalen'],
      total: ['prijs|kostte', 'Prijs'],
      taskOf: ['wie (?:had|was) .{0,40}taak|taak .{0,60}toegewezen', 'Toegewezen aan'],
      taskStatus: ['status van de taak', 'Status'],
      taskDue: ['taak .{0,60}klaar|deadline van de taak', 'Klaar op'],
    },
  },
  pl: {
    was: 'byl|byla|bylo|byly|mial|miala|kosztowal[aoy]?',
    fields: {
      arrival: ['(?:data |dzien )?przyjazdu|przyjazd', 'Przyjazd'],
      departure: ['(?:data |dzien )?wyjazdu|wyjazd', 'Wyjazd'],
      people: ['ile osob|liczba osob', 'Osoby'],
      status: ['status', 'Status'],
      toPay: ['saldo|do zaplaty', 'Do zapłaty'],
      total: ['cena|kosztowal[aoy]?', 'Cena'],
      taskOf: ['kto (?:mial|byl) .{0,40}zadani[ea]|zadanie .{0,60}przypisane', 'Przypisane'],
      taskStatus: ['status zadania', 'Status'],
      taskDue: ['termin zadania', 'Termin'],
    },
  },
  pt: {
    was: 'era|eram|foi|estava|tinha|devia|custava',
    fields: {
      arrival: ['(?:data |dia )?d[ea] chegada|chegada', 'Chegada'],
      departure: ['(?:data |dia )?d[ea] (?:saida|partida)|saida', 'Saída'],
      people: ['quantas pessoas|numero de pessoas', 'Pessoas'],
      status: ['estado', 'Estado'],
      toPay: ['saldo|devia|por pagar', 'Por pagar'],
      total: ['preco|custava', 'Preço'],
      taskOf: ['quem (?:tinha|estava) .{0,40}tarefa|tarefa .{0,60}atribuida', 'Atribuída a'],
      taskStatus: ['estado da tarefa', 'Estado'],
      taskDue: ['prazo da tarefa', 'Prazo'],
    },
  },
};
