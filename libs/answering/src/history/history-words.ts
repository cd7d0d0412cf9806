import type { AnswerLanguage } from '../texts/answer-texts.js';

/** What of a home can be asked for as it was. */
export type HistoryField =
  | 'checkInTime'
  | 'checkOutTime'
  | 'minNights'
  | 'guestsAtMost'
  | 'cancellationPolicy'
  | 'basePrice'
  | 'cleaningFee'
  | 'cleaningStatus';

/** How a field is asked for, as alternatives of a pattern over folded text, and what it is called in an answer. */
interface HistoryWords {
  readonly asks: string;
  readonly label: string;
}

interface HistoryLanguage {
  readonly fields: Readonly<Record<HistoryField, HistoryWords>>;
  /** "was", "did": it is about how something has been. */
  readonly was: string;
  readonly now: string;
  readonly unknown: string;
}

const words = (asks: string, label: string): HistoryWords => ({ asks, label });

export const historyLanguages: Readonly<Record<AnswerLanguage, HistoryLanguage>> = {
  en: {
    was: 'was|were|had|did|used to|before',
    now: 'Now',
    unknown: 'not known then',
    fields: {
      checkInTime: words('check-?in time|time of (?:the )?check-?in|arrival time', 'Check-in time'),
      checkOutTime: words(
        'check-?out time|time of (?:the )?check-?out|departure time',
        'Check-out time',
      ),
      minNights: words('minimum (?:stay|nights|number of nights)', 'Minimum stay, nights'),
      guestsAtMost: words('maximum (?:number of )?guests|guest limit|capacity', 'Guests at most'),
      cancellationPolicy: words('cancell?ation policy', 'Cancellation policy'),
      basePrice: words('base price|nightly (?:price|rate)|price (?:per|a) night|price', 'Price'),
      cleaningFee: words('cleaning fee', 'Cleaning fee'),
      cleaningStatus: words('cleaning status|clean or dirty', 'Cleaning status'),
    },
  },
  de: {
    was: 'war|waren|hatte|hatten|galt|galten|kostete',
    now: 'Jetzt',
    unknown: 'damals nicht bekannt',
    fields: {
      checkInTime: words(
        'check-?in-?zeit|anreisezeit|ankunftszeit|check-?in zeit',
        'Check-in-Zeit',
      ),
      checkOutTime: words('check-?out-?zeit|abreisezeit|check-?out zeit', 'Check-out-Zeit'),
      minNights: words('mindestaufenthalt', 'Mindestaufenthalt, Nächte'),
      guestsAtMost: words(
        'maximale (?:gastezahl|personenzahl)|hochstzahl der gaste',
        'Gäste höchstens',
      ),
      cancellationPolicy: words('storno(?:bedingungen|regeln)', 'Stornobedingungen'),
      basePrice: words('grundpreis|preis pro nacht|preis|ubernachtungspreis', 'Preis'),
      cleaningFee: words('reinigungsgebuhr|endreinigung', 'Reinigungsgebühr'),
      cleaningStatus: words('reinigungsstatus', 'Reinigungsstatus'),
    },
  },
  fr: {
    was: 'etait|etaient|avait',
    now: 'Maintenant',
    unknown: 'inconnu alors',
    fields: {
      checkInTime: words("heure d'arrivee|heure (?:du|de) check-?in", 'Heure d’arrivée'),
      checkOutTime: words('heure de depart|heure (?:du|de) check-?out', 'Heure de départ'),
      minNights: words('(?:sejour|duree) minimum|nuits minimum', 'Séjour minimum, nuits'),
      guestsAtMost: words('capacite|nombre maximum de (?:voyageurs|clients)', 'Voyageurs au plus'),
      cancellationPolicy: words("(?:conditions|politique) d'annulation", 'Conditions d’annulation'),
      basePrice: words('prix de base|prix par nuit|prix', 'Prix'),
      cleaningFee: words('frais de menage', 'Frais de ménage'),
      cleaningStatus: words('etat du menage', 'État du ménage'),
    },
  },
  es: {
    was: 'era|eran|fue|estaba|tenia',
    now: 'Ahora',
    unknown: 'no se sabía entonces',
    fields: {
      checkInTime: words('hora de (?:entrada|llegada|check-?in)', 'Hora de entrada'),
      checkOutTime: words('hora de (?:salida|check-?out)', 'Hora de salida'),
      minNights: words('estancia minima|minimo de noches', 'Estancia mínima, noches'),
      guestsAtMost: words('maximo de huespedes|capacidad', 'Huéspedes como máximo'),
      cancellationPolicy: words('politica de cancelacion', 'Política de cancelación'),
      basePrice: words('precio base|precio por noche|precio', 'Precio'),
      cleaningFee: words('gastos de limpieza|tarifa de limpieza', 'Gastos de limpieza'),
      cleaningStatus: words('estado de (?:la )?limpieza', 'Estado de limpieza'),
    },
  },
  it: {
    was: 'era|erano|fu|aveva',
    now: 'Adesso',
    unknown: 'allora non noto',
    fields: {
      checkInTime: words(
        "(?:ora|orario) (?:di|del|d')\\s?(?:check-?in|arrivo)",
        'Orario di check-in',
      ),
      checkOutTime: words(
        '(?:ora|orario) (?:di|del) (?:check-?out|partenza)',
        'Orario di check-out',
      ),
      minNights: words('soggiorno minimo|notti minime', 'Soggiorno minimo, notti'),
      guestsAtMost: words('massimo (?:numero )?di ospiti|capienza', 'Ospiti al massimo'),
      cancellationPolicy: words('(?:politica|condizioni) di cancellazione', 'Cancellazione'),
      basePrice: words('prezzo base|prezzo (?:per|a) notte|prezzo', 'Prezzo'),
      cleaningFee: words('(?:spese|costi) di pulizia', 'Spese di pulizia'),
      cleaningStatus: words('stato (?:della|delle) pulizi[ae]', 'Stato delle pulizie'),
    },
  },
  nl: {
    was: 'was|waren|had|hadden',
    now: 'Nu',
    unknown: 'toen niet bekend',
    fields: {
      checkInTime: words('(?:check-?in-?|inchec?k|aankomst)tijd|check-?in tijd', 'Inchecktijd'),
      checkOutTime: words('(?:check-?out-?|uitchec?k|vertrek)tijd|check-?out tijd', 'Uitchecktijd'),
      minNights: words('minimum ?verblijf|minimaal verblijf', 'Minimumverblijf, nachten'),
      guestsAtMost: words('maximum aantal gasten|capaciteit', 'Gasten hoogstens'),
      cancellationPolicy: words('annuleringsvoorwaarden', 'Annuleringsvoorwaarden'),
      basePrice: words('basisprijs|prijs per nacht|prijs', 'Prijs'),
      cleaningFee: words('schoonmaakkosten', 'Schoonmaakkosten'),
      cleaningStatus: words('schoonmaakstatus', 'Schoonmaakstatus'),
    },
  },
  pl: {
    was: 'byla|byl|bylo|byly|obowiazywal[ay]?',
    now: 'Teraz',
    unknown: 'wtedy nieznane',
    fields: {
      checkInTime: words('godzina (?:zameldowania|przyjazdu|check-?in)', 'Godzina zameldowania'),
      checkOutTime: words('godzina (?:wymeldowania|wyjazdu|check-?out)', 'Godzina wymeldowania'),
      minNights: words('minimalny pobyt|minimalna liczba nocy', 'Minimalny pobyt, noce'),
      guestsAtMost: words('maksymalna liczba gosci', 'Gości najwyżej'),
      cancellationPolicy: words(
        '(?:zasady|warunki) (?:anulowania|rezygnacji)',
        'Zasady anulowania',
      ),
      basePrice: words('cena podstawowa|cena za noc|cena', 'Cena'),
      cleaningFee: words('oplata za sprzatanie', 'Opłata za sprzątanie'),
      cleaningStatus: words('stan sprzatania', 'Stan sprzątania'),
    },
  },
  pt: {
    was: 'era|eram|foi|estava|tinha',
    now: 'Agora',
    unknown: 'então desconhecido',
    fields: {
      checkInTime: words('hora d[eo] (?:entrada|chegada|check-?in)', 'Hora de entrada'),
      checkOutTime: words('hora d[eoa] (?:saida|check-?out)', 'Hora de saída'),
      minNights: words('estadia minima|minimo de noites', 'Estadia mínima, noites'),
      guestsAtMost: words('maximo de hospedes|capacidade', 'Hóspedes no máximo'),
      cancellationPolicy: words('politica de cancelamento', 'Política de cancelamento'),
      basePrice: words('preco base|preco por noite|preco', 'Preço'),
      cleaningFee: words('taxa de limpeza', 'Taxa de limpeza'),
      cleaningStatus: words('estado da limpeza', 'Estado da limpeza'),
    },
  },
};
