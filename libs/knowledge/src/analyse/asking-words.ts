import { fold } from './fold.js';
import type { Language } from './languages.js';

/**
 * Words that say what is asked of a thing and not which thing: a price, a time, whether it is there. Where nothing but these
 * stands in a text, it is about something else. The order says nothing.
 */
const askingWordsWritten: Readonly<Record<Language, string>> = {
  en: `cost costs price prices charge charges charged pay paid fee fees rate rates much expensive cheap free extra euros euro pounds dollars
    open opens opening close closes closing hours hour time times day days start starts begin begins end ends late early latest earliest long
    far big large high wide deep old number many kind kinds type name names called include includes included available availability
    possible allowed allow permitted offer offers provide provides provided work works use used using find found go come bring take
    help happen happens want wanted like know tell say question ask asked exactly place way soon often good best there available
    person people please thank thanks hello hi tonight today tomorrow able need needs let make made possible booked book`,
  de: `kostet kosten koste preis preise bezahlen zahlen zahlt gebühr gebühren teuer billig frei gratis kostenlos umsonst extra euro euros
    offen öffnet öffnen öffnungszeiten geöffnet schließt schließen geschlossen uhr uhrzeit zeit zeiten tag tage stunde stunden beginnt
    beginn endet ende spät früh spätestens frühestens lange lang weit groß hoch breit tief alt anzahl viele viel art name heißt genannt
    inklusive inbegriffen verfügbar möglich erlaubt gestattet bieten bietet funktioniert gehen geht benutzen nutzen finden finde findet
    kommen kommt bringen nehmen passiert wissen sagen frage fragen genau ort stelle bekommen bekommt brauchen braucht gut hallo person
    personen leute gebucht buchen verlangen vorhanden steht stehen liegt`,
  fr: `coûte coûtent coût coûts prix tarif tarifs payer paie paye paient frais cher gratuit gratuite gratuitement extra supplément euro euros
    ouvert ouverte ouvre ouvrent ouverture ferme ferment fermeture horaire horaires heure heures temps jour jours commence début fin tard tôt
    longtemps loin grand grande haut large profond vieux nombre combien sorte type nom appelle inclus incluse compris comprise disponible
    possible permis autorisé autorisée offrir offre propose proposez fonctionne marche aller utiliser trouver trouve venir apporter prendre
    passe savoir dire question exactement endroit lieu avoir besoin bon bonjour personne personnes gens réservé réserver faut`,
  es: `cuesta cuestan coste costo precio precios tarifa pagar paga pagan cobran cobra caro barato gratis extra suplemento euro euros
    abierto abierta abre abren apertura cierra cierran cierre horario horarios hora horas tiempo día días empieza comienza fin tarde temprano
    largo lejos grande alto ancho hondo viejo número cuántos tipo nombre llama incluido incluida disponible posible permitido permite
    permiten ofrecen ofrece funciona ir usar encontrar encuentra venir traer llevar tomar pasa saber decir pregunta exactamente lugar sitio
    necesito necesita hace falta bueno hola persona personas gente reservado`,
  it: `costa costano costo prezzo prezzi tariffa pagare paga pagano caro gratis gratuito extra supplemento euro aperto aperta apre aprono
    apertura chiude chiudono chiusura orario orari ora ore tempo giorno giorni inizia comincia fine tardi presto lungo lontano grande alto
    largo profondo vecchio numero quanti tipo nome chiama incluso inclusa compreso compresa disponibile possibile permesso ammesso ammessi
    offrite offre funziona andare usare trovare trova venire portare prendere succede sapere dire domanda esattamente posto luogo bisogno
    serve servono buono buongiorno persona persone gente prenotato`,
  nl: `kost kosten prijs prijzen tarief betalen betaal betaalt duur goedkoop gratis extra toeslag euro euros open opent openingstijden
    gesloten sluit sluiten uur uren tijd tijden dag dagen begint begin einde laat vroeg lang ver groot hoog breed diep oud aantal soort naam
    heet inbegrepen beschikbaar mogelijk toegestaan bieden biedt werkt gaan gebruiken vinden vind komen brengen nemen gebeurt weten zeggen
    vraag vragen precies plek plaats krijgen nodig goed hallo persoon personen mensen geboekt rekenen`,
  pl: `kosztuje kosztują koszt cena ceny opłata opłaty płacić zapłacić drogo tanio darmowy darmowe bezpłatny dodatkowo euro otwarte otwarty
    otwiera godzina godziny godzin czas dzień dni zaczyna kończy późno wcześnie długo daleko duży wysoki szeroki ile liczba rodzaj nazwa nazywa
    dostępny dostępne możliwe można wolno oferujecie działa iść używać znaleźć przyjść przynieść wziąć pytanie dokładnie miejsce potrzebuję
    dobry osoba osoby ludzie`,
  pt: `custa custam custo preço preços tarifa pagar paga caro barato grátis gratuito extra suplemento euro euros aberto aberta abre abrem
    abertura fecha fecham horário horários hora horas tempo dia dias começa fim tarde cedo longo longe grande alto largo fundo velho número
    quantos tipo nome chama incluído incluída disponível possível permitido oferecem oferece funciona ir usar encontrar vir trazer levar
    tomar acontece saber dizer pergunta exatamente lugar preciso bom olá pessoa pessoas gente reservado`,
};

const folded = new Map(
  Object.entries(askingWordsWritten).map(([language, written]) => [
    language,
    new Set(written.split(/\s+/u).map(fold)),
  ]),
);

/** Whether a word of a question in one of these languages says only what is asked of a thing. */
export const isAskingWord = (written: string, languages: readonly string[]): boolean => {
  const word = fold(written.toLowerCase());
  return languages.some((language) => folded.get(language)?.has(word));
};
