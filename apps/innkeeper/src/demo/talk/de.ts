import type { DemoTalk } from '../demo-talk.js';

export const german: DemoTalk = {
  hello: ['Hallo {host},', 'Guten Tag,', 'Guten Morgen,', 'Hallo zusammen,', 'Liebe {host},', ''],
  hostHello: ['Hallo {guest},', 'Guten Tag {guest},', 'Liebe Gäste,', 'Moin {guest},'],
  bye: ['Viele Grüße, {guest}', 'Danke schon mal!', 'LG {guest}', '', 'Herzlichen Dank', ''],
  hostBye: [
    'Viele Grüße, {host}',
    'Schöne Tage im {home}! {host}',
    'Melden Sie sich gern. {host}',
    '',
  ],
  thanks: [
    'Super, vielen Dank!',
    'Das ging ja schnell, danke.',
    'Hat geklappt, alles gut.',
    'Perfekt, bis bald.',
    'Danke, das hilft uns sehr.',
  ],
  items: [
    'eine dunkelblaue Regenjacke',
    'meine Lesebrille',
    'ein Ladekabel',
    'den Stoffhasen unserer Tochter',
    'ein silbernes Armband',
    'eine Zahnspange in blauer Dose',
    'ein Paar Wanderschuhe',
  ],
  places: [
    'hinter dem Sofa',
    'unter dem Bett',
    'im Badezimmerschrank',
    'an der Garderobe',
    'in der Nachttischschublade',
  ],
  things: [
    'die Spülmaschine',
    'der Rollladen im Schlafzimmer',
    'der Toaster',
    'der Duschkopf',
    'die Nachttischlampe',
    'der Fernseher',
  ],
  asks: {
    wifi: [
      'wie lautet das WLAN-Passwort?',
      'können Sie mir noch einmal den Namen des Netzwerks und das Kennwort schicken?',
      'wir finden das WLAN nicht, wie heißt es?',
    ],
    access: [
      'wie kommen wir ins Haus?',
      'wo finden wir die Schlüssel?',
      'gibt es einen Schlüsseltresor, und wie ist der Code?',
    ],
    parking: [
      'wo können wir parken?',
      'ist ein Parkplatz dabei oder brauchen wir eine Garage?',
      'wir kommen mit zwei Autos, reicht der Platz?',
    ],
    heating: [
      'wie stellt man die Heizung ein?',
      'es ist etwas frisch, wo regelt man die Temperatur?',
      'gibt es eine Klimaanlage oder einen Ventilator?',
    ],
    waste: [
      'wann wird der Müll abgeholt und was kommt in welche Tonne?',
      'wohin mit den Wertstoffen?',
      'wohin kommen die Müllsäcke?',
    ],
    kitchen: [
      'der Herd geht nicht an, gibt es einen Trick?',
      'was muss man in der Küche wissen?',
      'wie startet man den Backofen?',
    ],
    laundry: [
      'gibt es eine Waschmaschine und kann man irgendwo trocknen?',
      'wo kann man Wäsche waschen?',
      'dürfen wir den Trockner benutzen?',
    ],
    power: [
      'das halbe Licht ist aus, wo ist der Sicherungskasten?',
      'die Steckdosen sind tot, welche Sicherung ist das?',
      'wo sind denn die Sicherungen?',
    ],
    quirks: [
      'gibt es im Haus etwas, das man wissen sollte?',
      'worauf müssen wir besonders achten?',
      'hat das Haus Eigenheiten?',
    ],
    area: [
      'wo ist die nächste Apotheke?',
      'wo bekommt man morgens Brötchen?',
      'können Sie uns ein Lokal empfehlen?',
    ],
    transport: [
      'wie kommen wir ohne Auto zu Ihnen?',
      'welcher Bus oder Zug fährt in die Stadt?',
      'wie weit ist es zum Bahnhof?',
    ],
    checkout: [
      'bis wann müssen wir abreisen und was ist zu tun?',
      'was sollen wir vor der Abreise erledigen?',
      'wohin mit dem Schlüssel bei der Abreise?',
    ],
    rules: [
      'dürfen wir unseren Hund mitbringen?',
      'gibt es Ruhezeiten?',
      'darf man draußen rauchen?',
    ],
  },
  topics: {
    late: {
      ask: [
        'unser Flug hat Verspätung, wir sind erst gegen {time} da. Geht das?',
        'wir stehen im Stau und kommen etwa um {time} an, kommen wir dann noch rein?',
        'Frage zur späten Anreise: Der letzte Zug ist um {time} bei Ihnen. In Ordnung?',
      ],
      answer: [
        'kein Problem, um {time} können Sie selbst einchecken. Das Licht lasse ich an.',
        'danke für die Nachricht, {time} passt. Bitte leise im Treppenhaus.',
      ],
    },
    early: {
      ask: [
        'wir sind früh dran, ginge der Check-in schon um {time}?',
        'wäre am {day} eine frühere Anreise gegen {time} möglich?',
        'dürfen wir um {time} schon die Taschen abstellen?',
      ],
      answer: [
        'die Reinigung ist etwa um {time} fertig, dann gern.',
        'leider reist an dem Tag noch jemand ab, frühestens {time}.',
      ],
    },
    lateOut: {
      ask: [
        'könnten wir am letzten Tag bis {time} bleiben?',
        'ist eine späte Abreise möglich? Unser Zug fährt erst abends.',
        'dürften wir erst um {time} abreisen?',
      ],
      answer: [
        'an dem Tag kommt niemand, bleiben Sie gern bis {time}, ohne Aufpreis.',
        'bis {time} geht es für {amount}, dann kommt die Reinigung später.',
      ],
    },
    luggage: {
      ask: [
        'können wir nach der Abreise das Gepäck irgendwo lassen?',
        'gibt es eine Gepäckaufbewahrung? Wir haben {n} Koffer.',
        'dürfen wir die Koffer vor dem Check-in abstellen?',
      ],
      answer: [
        'gern, stellen Sie die {n} Koffer in den Flur, die Reinigung weiß Bescheid.',
        'am besten in die Schließfächer am Bahnhof, hier zieht gleich jemand ein.',
      ],
    },
    invoice: {
      ask: [
        'ich brauche eine Rechnung auf meine Firma, Brandis Vermessung GmbH.',
        'könnten Sie mir die Rechnung mit Mehrwertsteuer an {mail} schicken?',
        'für die Steuer brauche ich einen Beleg über den Aufenthalt.',
      ],
      answer: [
        'die Rechnung ist gerade an {mail} gegangen.',
        'die Anschrift ist geändert, die neue Rechnung liegt in Ihrem Postfach.',
      ],
    },
    deposit: {
      ask: [
        'wann bekommen wir die Kaution zurück?',
        'die Kaution von {amount} ist noch nicht da.',
        'wie wird die Kaution hinterlegt?',
      ],
      answer: [
        'sie ist heute freigegeben, die Bank braucht drei bis fünf Tage für die {amount}.',
        'wir reservieren sie nur auf der Karte und geben sie binnen sieben Tagen frei.',
      ],
    },
    extraGuest: {
      ask: [
        'mein Bruder möchte mitkommen, wir wären dann {n}. Was kostet das?',
        'darf für eine Nacht noch jemand dazukommen?',
        'wir sind nun {n} Personen, ist das in Ordnung?',
      ],
      answer: [
        'mit {n} Personen sind es {amount} mehr je Nacht, ich habe es geändert.',
        'ja, das Schlafsofa ist bezogen, {amount} für die Nacht.',
      ],
    },
    cot: {
      ask: [
        'wir reisen mit Baby, haben Sie ein Kinderbett?',
        'gibt es einen Hochstuhl und ein Reisebett?',
        'könnten wir ein Treppengitter bekommen?',
      ],
      answer: [
        'ein Kinderbett mit Bettwäsche steht kostenlos im großen Schlafzimmer.',
        'der Hochstuhl ist in der Küche, das Reisebett stelle ich am {day} auf.',
      ],
    },
    lost: {
      ask: [
        'ich glaube, wir haben {item} vergessen, wohl {place}. Wurde etwas gefunden?',
        'hat die Reinigung {item} gefunden? Müsste {place} sein.',
        'uns fehlt {item}, könnten Sie {place} nachsehen?',
      ],
      answer: [
        'gefunden, und zwar {place}! Ich schicke es morgen los, das Porto ist {amount}.',
        'wir haben {place} und überall sonst gesucht, leider nichts.',
      ],
    },
    noise: {
      ask: [
        'die Leute oben feiern seit {time}, können Sie etwas tun?',
        'nebenan wird seit {time} gebohrt, das Kind kann nicht schlafen.',
        'schon wieder laute Musik von gegenüber, und es ist {time}.',
      ],
      answer: [
        'ich habe dort angerufen, gleich sollte Ruhe sein. Sonst bitte noch einmal melden.',
        'die Arbeiten enden um fünf, davon wusste ich nichts. Ich ziehe {amount} ab.',
      ],
    },
    broken: {
      ask: [
        '{thing} funktioniert nicht mehr.',
        'bei uns ist leider etwas kaputtgegangen: {thing}. Wie regeln wir das?',
        '{thing} war bei der Ankunft schon defekt, nur zur Info.',
      ],
      answer: [
        'danke für die Ehrlichkeit. Am {day} kommt jemand und sieht es sich an: {thing}.',
        'machen Sie sich keine Sorgen, dafür gibt es die Versicherung.',
      ],
    },
    dirty: {
      ask: [
        'das Bad ist nicht richtig sauber, in der Dusche liegen Haare.',
        'wir haben Krümel und eine alte Socke gefunden, {place}. Schade.',
        'der Kühlschrank riecht und der Boden klebt.',
      ],
      answer: [
        'das darf nicht sein, es tut mir leid. Um {time} kommt jemand zum Nachputzen.',
        'Sie haben recht. Ich erstatte {amount} der Reinigung.',
      ],
    },
    arrived: {
      ask: [
        'wir sind da, ist das schön hier!',
        'gut angekommen, die Kinder haben schon ihre Betten verteilt.',
        'alles bestens, die Aussicht ist noch besser als auf den Bildern.',
      ],
      answer: [
        'wie schön, gute Erholung!',
        'das freut uns. Die Blumen sind vom Markt, bitte gießen.',
      ],
    },
    cancel: {
      ask: [
        'wir müssen stornieren, mein Mann liegt im Krankenhaus. Was bekommen wir zurück?',
        'unser Flug wurde gestrichen, können wir auch stornieren?',
        'ich bin krank geworden und kann nicht kommen.',
      ],
      answer: [
        'das tut mir leid. Sie bekommen {amount} zurück, den Rest als Gutschein bis nächsten Sommer.',
        'storniert, und weil es mehr als fünf Tage vorher ist, geht alles zurück.',
      ],
    },
    dates: {
      ask: [
        'könnten wir den Aufenthalt um eine Woche verschieben?',
        'ist eine Nacht länger möglich?',
        'dürfen wir erst am {day} kommen, einen Tag später?',
      ],
      answer: [
        'die Woche darauf ist frei, ich habe umgebucht, der Preis bleibt.',
        'leider kommt am {day} schon jemand, eine Verlängerung geht nicht.',
      ],
    },
    payment: {
      ask: [
        'der Zahlungslink ist abgelaufen, bitte einen neuen.',
        'meine Karte wurde abgelehnt, geht auch Überweisung?',
        'ist die zweite Rate von {amount} angekommen?',
      ],
      answer: [
        'hier der neue Link über {amount}, er gilt 48 Stunden.',
        'ja, {amount} sind gestern eingegangen, alles bezahlt.',
      ],
    },
    surprise: {
      ask: [
        'meine Frau wird am {day} fünfzig, könnten Blumen und eine Flasche bereitstehen?',
        'wir haben Hochzeitstag, haben Sie eine Idee für den Abend?',
        'könnten Sie für den {day} eine Geburtstagstorte besorgen?',
      ],
      answer: [
        'sehr gern: Blumen und Flasche stehen auf dem Tisch, zusammen {amount}.',
        'die Torte ist für den {day} bestellt, bitte um vier abholen.',
      ],
    },
    towels: {
      ask: [
        'es sind nur {n} Handtücher da, gibt es mehr?',
        'müssen wir Bettwäsche und Strandtücher mitbringen?',
        'könnten wir in der Mitte frische Bettwäsche haben?',
      ],
      answer: [
        'weitere Handtücher liegen in der Truhe am Bettende.',
        'Bettwäsche und Handtücher sind da, Strandtücher nicht.',
      ],
    },
    insects: {
      ask: [
        'in der Küche laufen überall Ameisen.',
        'im Schlafzimmer plagen uns Mücken.',
        'unter dem Dach hängt ein Wespennest, wissen Sie das?',
      ],
      answer: [
        'Köder für die Ameisen sind unter der Spüle, am {day} kommt der Fachmann.',
        'in der Badschublade liegt ein Stecker gegen Mücken, der wirkt.',
      ],
    },
    keyStuck: {
      ask: [
        'wir stehen vor der Tür und der Schlüssel dreht sich nicht!',
        'der Tresor geht mit dem Code nicht auf.',
        'der Code stimmt nicht, wir haben es dreimal versucht.',
      ],
      answer: [
        'erst den runden Knopf zum Löschen, dann den Code, dann den Hebel nach unten.',
        '{host} ist in der Nähe und in zehn Minuten da. Es tut mir sehr leid.',
      ],
    },
    cold: {
      ask: [
        'heute Morgen gibt es kein Warmwasser.',
        'die Heizkörper bleiben kalt, wir frieren.',
        'nach zwei Minuten war die Dusche eiskalt.',
      ],
      answer: [
        'das war der Kessel, ich habe ihn von hier neu gestartet: eine halbe Stunde Geduld.',
        'der Monteur ist unterwegs und bringt um {time} zwei Heizlüfter mit.',
      ],
    },
    slowWifi: {
      ask: [
        'das Internet ist sehr langsam, ich muss morgen arbeiten.',
        'alle paar Minuten ist das WLAN weg.',
        'gibt es ein Netzwerkkabel? Oben ist kaum Empfang.',
      ],
      answer: [
        'bitte den Router eine halbe Minute vom Strom nehmen; sonst schicke ich am {day} einen zweiten.',
        'der Anbieter hat eine Störung in der ganzen Straße, bis etwa {time}.',
      ],
    },
    taxi: {
      ask: [
        'könnten Sie uns für {day} um {time} ein Taxi bestellen?',
        'was kostet ein Taxi zum Flughafen, und wen ruft man an?',
        'wir sind {n} Leute mit Gepäck, brauchen wir ein Großraumtaxi?',
      ],
      answer: [
        'das Taxi ist für {time} bestellt, es klingelt.',
        'etwa {amount}, am besten eine Stunde vorher bestellen.',
      ],
    },
  },
  reviews: {
    good: [
      'Das {home} ist ein Zuhause auf Zeit. {host} hat jede Frage in Minuten beantwortet.',
      'Blitzsauber, warm, gute Betten. Die Hinweise im Haus erklären alles, sogar die Mülltonnen.',
      'Wir waren zu fünft und haben uns kein einziges Mal gestritten. Scharfe Messer in der Küche!',
      'Genau wie beschrieben. Die Tipps zum Essen waren Gold wert.',
    ],
    mixed: [
      'Schönes Haus und eine nette Gastgeberin, nur die Matratze im kleinen Zimmer ist durchgelegen.',
      'Tolle Lage. Das WLAN war langsam und man hört die Nachbarn; {host} hat getan, was ging.',
      'Uns hat es gefallen. Die Ankunft im Dunkeln war schwierig, eine Lampe an der Tür würde helfen.',
    ],
    bad: [
      'Das Bad war bei der Ankunft nicht sauber, erst am Abend war es in Ordnung.',
      'Für den Preis erwarten wir eine Spülmaschine, die läuft. Eine Woche von Hand gespült.',
    ],
  },
};
