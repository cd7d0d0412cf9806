/**
 * Words that German and Dutch make compounds of, folded, as they stand inside them. They take a compound of a passage
 * apart when it is indexed, when nobody knows yet which words others use. Names and rare words need not stand here.
 */
export const compoundPieces: Readonly<Record<'de' | 'nl', string>> = {
  de: `
    abend abfahrt abfall abfluss abholung abreise abstell abwasch adress alarm angebot anfahrt anfrage angabe angebot ankunft anlage
    anmeldung annahme anreise anruf anschluss antrag anzahlung anzeige apartment apotheke arbeit arzt auffahrt aufenthalt aufzug ausblick
    ausfahrt ausgang auskunft ausstattung auto babybett baby backofen bad bade bahn bahnhof balkon bank bau baum beginn beleg beleuchtung
    benutzung berg bescheinigung beschreibung besteck bestatigung besuch besucher betrag betrieb bett bettwasche bewertung bezug bild
    blick boden boot brand briefkasten brief brot bruck brunnen buch bucher buchung bugel burg bus camping check code couch dach dampf
    datum dauer decke dienst disco doppel doppelbett dorf drucker dusche ecke eier eimer einfahrt eingang einkauf eisen eltern empfang
    ende erste essen etage fahr fahrer fahrrad fahrstuhl fahrt familie farbe fenster ferien fern fernseher fest feuer feuerloscher
    filter fisch flasche fleisch flug flughafen flur flussig folie form foto frage frei frist fruh fruhstuck fuhrung fuss fussboden
    gabel garage garantie garderobe garten gas gast gaste gebiet gebuhr gefrier gegend geld gepack gerat geraete gericht geschaft
    geschirr geschoss gesicht getrank gewicht glas grenze grill gruppe grund gruppen gut haar hafen halle halt haltestelle hand handler
    handtuch handy hang haupt haus haustier haustur heiz heizung herd hilfe hinweis hitze hof hoch holz honig hotel hund hunde hutte
    information innen insel internet jahr kabel kabine kaffee kalt kalte kamera kamin kamm kanal kann karte kasse kasten katze kauf
    kaution keller kette kind kinder kirche kissen klasse kleidung klima klingel klo koch koffer konto kopf kosten kraft krank kreis
    kreuz kuche kuchen kuhl kuhlschrank kunde kunden kunst kurs kuste lade laden lampe land landschaft lange larm laut leben lebensmittel
    leck leder leitung leuchte licht liege liegen liste loffel luft macher mahl mann markt maschine matratze mauer meer meister meldung
    menge messer miet miete mieter milch minute mittag mitte mitteilung mittel mobel monat morgen mull munz museum musik nacht nahe nahrung
    name naturschutz netz netzwerk not notfall nummer nutzung ober objekt ofen offnung ordnung ort oster papier park parkett park parkplatz
    partner pass pass passwort pause person personen pfand pfanne pflanze pflege platte platz plan post preis problem programm prufung
    pumpe putz quelle rabatt rad rahmen rand rasen rat rate rauch raucher raum rechnung recht regal regel regen reihe reinigung reise
    reparatur reservierung restaurant rezeption richtung ring rock roller rolladen rucksack ruck ruckgabe ruckseite ruhe rutsche saal sache
    sack saison salz sand sauna schaden schalter schatz scheibe schein schiff schild schirm schlaf schlafzimmer schloss schlussel schluss
    schnee schrank schreib schreibtisch schuh schule schutz schwimm see seife seil seite sekunde service sessel sicherheit sicherung
    silber sitz ski sofa sommer sonne sonnen spaten spat speise spiegel spiel spielplatz spul spulmaschine stadt stand station stau
    staub staubsauger steck steckdose stein stelle stellplatz steuer stock stoff storung strand strasse strassen strecke strom stube stuhl
    stunde suche sud supermarkt system tag tage tal tank tasche tasse tausch teil telefon teller temperatur teppich termin terrasse text
    theater ticket tiefgarage tier tisch toilette tonne topf tor tour trage treff treppe treppenhaus tresor trink trinkgeld trocken trockner
    tuch tur uber ubergabe ubernachtung uhr uhrzeit umgebung unfall unter unterkunft urlaub verbindung verbot verein vergleich verkauf verkehr
    vermieter versicherung versorgung vertrag verwaltung viertel vogel vor vorhang vorrat vorschrift wachter wagen wahl wald wand wander
    wandern warm warmwasser wartung wasch wasche waschmaschine wasser wechsel weg wein weihnachts wellness welt werk wert wetter wiese wind
    winter wirtschaft wlan woche wochen wochenende wohn wohnung wolle wort wunsch zahl zahlung zahn zeit zeitung zelt zentrum zettel ziel
    zimmer zins zoll zone zubehor zucker zug zugang zusatz zustand zustell zweck`,
  nl: `
    aanbod aankomst aanvraag adres afspraak afval afwas alarm appartement auto avond baby bad badkamer bak balkon bank bed bedden bezoek
    bezoeker bijeenkomst binnen boek boeking boek boete boom boot borg boven brand brief brievenbus brood buiten buur bus campagne centrum
    code conditie controle dag dak dames datum deken dek deur dienst dier dieren doek douche droger duin duur eet eigenaar eind etage factuur
    familie feest fiets fietsen film fles foto garage garantie gas gast gasten gebied gebruik geld geluid gemeente gereedschap gerecht gezin glas
    glij goed groep groente grond haard hal hand handdoek haven herfst hoek hof hond honden hoofd hotel huis huisdier huur huurder informatie
    ingang inlog internet jaar kaart kachel kamer kamers kast keer kelder kerk keuken kind kinder kinderen kleding klok kluis koel koelkast koffer
    koffie kook kook kop korting kosten kraan kussen laad lade lamp land lang lawaai leer licht lift lijst lijn linnen loop lucht luchthaven maal
    maand magnetron markt maaltijd machine matras meer meter middag minuut muur nacht naam natuur nood noodgeval nummer ochtend oever onder onderhoud
    ontbijt oven paal paard pad pan papier park parkeer parkeren parkeer pas plaats plan plank plein politie poort post prijs prijs probleem programma
    raam rand regel regels reis rekening reparatie reservering restaurant richting rijst rit rol rook ruimte rust sauna scherm schip school schoen
    schoonmaak schoon seizoen sleutel slaap slaapkamer slot sluis snel spiegel spel speel speelplaats sport stad stap station stoel stof stof
    stopcontact stoppen storing straat strand stroom stuk taxi tafel tas televisie tent terras terrein thuis tijd tijden toegang toerist toeristen
    toilet trap trein tuin uit uitcheck uitgang uur vaat vakantie veiligheid ven verblijf verhuur verkoop verlichting verwarming verzekering vlieg
    vlieg vliegtuig vloer voet voor vriend vrij vuil vuilnis vuur wacht wachtwoord wagen wand was wasmachine water weg week weekend werk wijn winkel
    winter woning woon woord zaal zak zee zeep zeil zetel ziekenhuis zolder zomer zon zwem zwembad`,
};
