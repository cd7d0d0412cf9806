import type { DemoTalk } from '../demo-talk.js';

export const dutch: DemoTalk = {
  hello: ['Hallo {host},', 'Goedemorgen,', 'Goedenavond,', 'Hoi!', 'Beste {host},', ''],
  hostHello: ['Hallo {guest},', 'Goedendag {guest},', 'Beste {guest},', 'Bedankt voor je bericht,'],
  bye: ['Groeten, {guest}', 'Alvast bedankt!', 'Dank je wel, {guest}', '', 'Mvg', ''],
  hostBye: [
    'Groeten, {host}',
    'Veel plezier in {home}! {host}',
    'Laat het gerust weten. {host}',
    '',
  ],
  thanks: [
    'Top, dank je!',
    'Dat was snel, bedankt.',
    'Opgelost.',
    'Fijn, tot gauw.',
    'Heel erg bedankt, het werkt.',
  ],
  items: [
    'een donkerblauwe regenjas',
    'mijn leesbril',
    'een telefoonlader',
    'het knuffelkonijn van onze dochter',
    'een zilveren armband',
    'een e-reader',
    'een paar wandelschoenen',
  ],
  places: [
    'achter de bank',
    'onder het bed',
    'in het badkamerkastje',
    'aan de kapstok',
    'in de la van het nachtkastje',
  ],
  things: [
    'de vaatwasser',
    'het rolgordijn in de slaapkamer',
    'de broodrooster',
    'de douchekop',
    'de bedlamp',
    'de televisie',
  ],
  asks: {
    wifi: [
      'wat is het wifi-wachtwoord?',
      'kun je de naam van het netwerk en het wachtwoord nog eens sturen?',
      'we vinden de wifi niet, hoe heet die?',
    ],
    access: [
      'hoe komen we binnen bij aankomst?',
      'waar vinden we de sleutels?',
      'is er een sleutelkluisje en wat is de code?',
    ],
    parking: [
      'waar kunnen we parkeren?',
      'is parkeren inbegrepen?',
      'we komen met twee auto’s, is er plek?',
    ],
    heating: [
      'hoe werkt de verwarming?',
      'het is fris, waar zit de thermostaat?',
      'is er airco of een ventilator?',
    ],
    waste: [
      'wanneer wordt het vuilnis opgehaald en wat gaat waarin?',
      'waar brengen we het recyclebare afval heen?',
      'wat doen we met de vuilniszakken?',
    ],
    kitchen: [
      'het fornuis gaat niet aan, is er een truc?',
      'moeten we iets weten over de keuken?',
      'hoe start je de oven?',
    ],
    laundry: [
      'is er een wasmachine en kunnen we drogen?',
      'waar kunnen we de was doen?',
      'mogen we de droger gebruiken?',
    ],
    power: [
      'de helft van de lampen is uit, waar is de meterkast?',
      'de stopcontacten doen het niet, welke groep is dat?',
      'waar zitten de zekeringen?',
    ],
    quirks: [
      'moeten we iets bijzonders weten over het huis?',
      'waar moeten we op letten?',
      'heeft het huis eigenaardigheden?',
    ],
    area: [
      'waar is de dichtstbijzijnde apotheek?',
      'waar koop je ’s ochtends brood?',
      'weet je een leuk restaurant?',
    ],
    transport: [
      'hoe komen we er zonder auto?',
      'welke bus of trein gaat naar het centrum?',
      'hoe ver is het station?',
    ],
    checkout: [
      'hoe laat moeten we weg en wat moeten we doen?',
      'wat doen we voor vertrek?',
      'waar laten we de sleutel bij vertrek?',
    ],
    rules: ['mag onze hond mee?', 'zijn er stille uren?', 'mag je buiten roken?'],
  },
  topics: {
    late: {
      ask: [
        'onze vlucht is vertraagd, we zijn er rond {time}. Is dat erg?',
        'we staan in de file en komen laat aan, om {time}, kunnen we dan nog naar binnen?',
        'de laatste trein is er om {time}, goed?',
      ],
      answer: [
        'geen probleem, om {time} kun je zelf inchecken. Ik laat het licht aan.',
        'dank voor het bericht, {time} is prima. Graag stil op de trap.',
      ],
    },
    early: {
      ask: [
        'we zijn vroeg, kunnen we om {time} inchecken?',
        'is een vroege aankomst op {day} rond {time} mogelijk?',
        'mogen we om {time} de tassen neerzetten?',
      ],
      answer: [
        'de schoonmaak is rond {time} klaar, kom dan gerust.',
        'die ochtend vertrekt er iemand, op zijn vroegst {time}.',
      ],
    },
    lateOut: {
      ask: [
        'mogen we de laatste dag tot {time} blijven?',
        'is laat uitchecken mogelijk? Onze trein gaat ’s avonds.',
        'kunnen we om {time} vertrekken?',
      ],
      answer: [
        'die dag komt niemand, blijf tot {time}, gratis.',
        'tot {time} kan voor {amount}, de schoonmaak komt dan later.',
      ],
    },
    luggage: {
      ask: [
        'kunnen we na het uitchecken de koffers ergens laten?',
        'is er bagageopslag? We hebben {n} koffers.',
        'mogen we de bagage eerder afgeven?',
      ],
      answer: [
        'natuurlijk, zet de {n} koffers in de gang, de schoonmaak weet ervan.',
        'liever in de kluisjes op het station, er komen andere gasten.',
      ],
    },
    invoice: {
      ask: [
        'ik heb een factuur nodig op naam van mijn bedrijf, Van Dalen Bouw.',
        'kun je de factuur met btw naar {mail} sturen?',
        'voor mijn boekhouder heb ik een bon nodig.',
      ],
      answer: [
        'de factuur is net naar {mail} gestuurd.',
        'de naam is aangepast, hij zit in je mailbox.',
      ],
    },
    deposit: {
      ask: [
        'wanneer krijgen we de borg terug?',
        'de borg van {amount} is er nog niet.',
        'hoe betalen we de borg?',
      ],
      answer: [
        'hij is vandaag vrijgegeven, de bank doet drie tot vijf dagen over de {amount}.',
        'we reserveren hem alleen op de kaart en geven hem binnen zeven dagen vrij.',
      ],
    },
    extraGuest: {
      ask: [
        'mijn broer wil mee, dan zijn we met {n}. Wat kost dat?',
        'mag er één nacht iemand bij?',
        'we zijn nu met {n}, is dat goed?',
      ],
      answer: [
        'met {n} personen is het {amount} meer per nacht, ik heb het aangepast.',
        'ja, de slaapbank is opgemaakt, {amount} per nacht.',
      ],
    },
    cot: {
      ask: [
        'we reizen met een baby, is er een kinderbedje?',
        'zijn er een kinderstoel en een campingbedje?',
        'kunnen we een traphekje krijgen?',
      ],
      answer: [
        'een kinderbedje met lakens staat gratis in de grote slaapkamer.',
        'de kinderstoel staat in de keuken, het bedje zet ik {day} klaar.',
      ],
    },
    lost: {
      ask: [
        'ik denk dat we {item} zijn vergeten, {place}. Is het gevonden?',
        'heeft de schoonmaak {item} gevonden? Het ligt vast {place}.',
        'we missen {item}, kun je {place} kijken?',
      ],
      answer: [
        'gevonden, {place}! Ik stuur het morgen op, de porto is {amount}.',
        'we hebben {place} en overal gezocht, helaas niets.',
      ],
    },
    noise: {
      ask: [
        'de bovenburen schreeuwen sinds {time}, kun je iets doen?',
        'er wordt hiernaast geboord sinds {time}, de baby slaapt niet.',
        'alweer harde muziek aan de overkant, het is {time}.',
      ],
      answer: [
        'ik heb ze gebeld, het wordt zo stil. Anders hoor ik het graag.',
        'het werk stopt om vijf uur, ik wist het niet. Er gaat {amount} af.',
      ],
    },
    broken: {
      ask: [
        'iets vervelends: {thing} doet het niet meer.',
        'we hebben helaas iets kapotgemaakt: {thing}. Hoe regelen we dat?',
        'ter info, {thing} was al stuk toen we kwamen.',
      ],
      answer: [
        'bedankt voor je eerlijkheid. Op {day} kijkt iemand naar {thing}.',
        'geen zorgen, daar is de verzekering voor.',
      ],
    },
    dirty: {
      ask: [
        'de badkamer is niet schoon, er liggen haren in de douche.',
        'we vonden kruimels en een oude sok {place}.',
        'de koelkast ruikt en de vloer plakt.',
      ],
      answer: [
        'dat mag niet, sorry. Om {time} komt er iemand.',
        'je hebt gelijk. Ik geef {amount} van de schoonmaak terug.',
      ],
    },
    arrived: {
      ask: [
        'we zijn er, wat een plek!',
        'goed aangekomen, de kinderen hebben hun bed al gekozen.',
        'alles goed, het uitzicht is mooier dan op de foto’s.',
      ],
      answer: [
        'wat fijn, geniet ervan!',
        'leuk om te horen. De bloemen komen van de markt, geef ze water.',
      ],
    },
    cancel: {
      ask: [
        'we moeten annuleren, mijn man ligt in het ziekenhuis. Wat krijgen we terug?',
        'onze vlucht is geannuleerd, kunnen wij ook annuleren?',
        'ik ben ziek en kan niet komen.',
      ],
      answer: [
        'wat naar. Je krijgt {amount} terug, de rest als tegoed tot volgende zomer.',
        'geannuleerd, en omdat het meer dan vijf dagen vooraf is, krijg je alles terug.',
      ],
    },
    dates: {
      ask: [
        'kunnen we het verblijf een week verschuiven?',
        'kan er aan het eind een nacht bij?',
        'mogen we {day} komen, een dag later?',
      ],
      answer: [
        'de week erna is vrij, verzet, zelfde prijs.',
        'helaas komt er {day} iemand anders.',
      ],
    },
    payment: {
      ask: [
        'de betaallink is verlopen, kun je een nieuwe sturen?',
        'mijn kaart wordt geweigerd, kan het met een overschrijving?',
        'is de tweede betaling van {amount} binnen?',
      ],
      answer: [
        'hier een nieuwe link voor {amount}, 48 uur geldig.',
        'ja, {amount} kwam gisteren binnen, alles betaald.',
      ],
    },
    surprise: {
      ask: [
        'mijn vrouw wordt {day} vijftig, kunnen er bloemen en een fles staan?',
        'we zijn jarig getrouwd, een idee voor de avond?',
        'kun je een taart bestellen voor {day}?',
      ],
      answer: [
        'graag: bloemen en fles op tafel, samen {amount}.',
        'de taart is besteld voor {day}, om vier uur ophalen.',
      ],
    },
    towels: {
      ask: [
        'er zijn maar {n} handdoeken, zijn er meer?',
        'moeten we beddengoed en strandlakens meenemen?',
        'kunnen we halverwege schone lakens krijgen?',
      ],
      answer: [
        'meer handdoeken liggen in de kist aan het voeteneind.',
        'beddengoed en handdoeken zijn er, strandlakens niet.',
      ],
    },
    insects: {
      ask: [
        'de keuken zit vol mieren.',
        'de muggen houden ons wakker.',
        'er hangt een wespennest onder het dak, wist je dat?',
      ],
      answer: [
        'mierenlokdoosjes staan onder de gootsteen, {day} komt de man.',
        'in de badkamerla ligt een muggenstekker.',
      ],
    },
    keyStuck: {
      ask: [
        'we staan voor de deur en de sleutel draait niet!',
        'het kluisje gaat niet open met de code.',
        'de code klopt niet, drie keer geprobeerd.',
      ],
      answer: [
        'eerst de ronde knop, dan de code, dan de hendel naar beneden.',
        '{host} is vlakbij, tien minuten. Het spijt me zeer.',
      ],
    },
    cold: {
      ask: [
        'er is vanochtend geen warm water.',
        'de radiatoren blijven koud, we bevriezen.',
        'de douche werd na twee minuten ijskoud.',
      ],
      answer: [
        'dat was de ketel, ik heb hem van hier herstart: een halfuur.',
        'de monteur komt om {time} met twee kacheltjes.',
      ],
    },
    slowWifi: {
      ask: [
        'het internet is heel traag en ik moet morgen werken.',
        'de wifi valt om de paar minuten weg.',
        'is er een kabel voor de laptop? Boven is geen bereik.',
      ],
      answer: [
        'trek de stekker van de router een halve minuut eruit; anders stuur ik {day} een tweede.',
        'er is een storing in de hele straat tot ongeveer {time}.',
      ],
    },
    taxi: {
      ask: [
        'kun je een taxi bestellen voor {day} om {time}?',
        'wat kost een taxi naar het vliegveld en wie bellen we?',
        'we zijn met {n} en koffers, moet het een grote taxi zijn?',
      ],
      answer: [
        'de taxi is besteld voor {time}, hij belt aan.',
        'ongeveer {amount}, het liefst een uur van tevoren.',
      ],
    },
  },
  reviews: {
    good: [
      '{home} is een huis om over na te praten. {host} antwoordt binnen een paar minuten.',
      'Schoon, warm en vol boeken. De briefjes in huis leggen alles uit, zelfs het afval.',
      'Precies zoals beschreven, heerlijke bedden en scherpe messen.',
    ],
    mixed: [
      'Mooi huis en een aardige gastvrouw, maar het matras in de kleine kamer is op.',
      'Goede ligging. De wifi was traag en je hoort de buren; {host} deed wat kon.',
    ],
    bad: [
      'De badkamer was niet schoon bij aankomst, pas ’s avonds was het goed.',
      'Voor die prijs verwacht je een vaatwasser die het doet.',
    ],
  },
};
