import type { DemoTalk } from '../demo-talk.js';

export const italian: DemoTalk = {
  hello: ['Ciao {host},', 'Buongiorno,', 'Buonasera,', 'Salve,', 'Gentile {host},', ''],
  hostHello: ['Ciao {guest},', 'Buongiorno {guest},', 'Gentile {guest},', 'Grazie del messaggio,'],
  bye: ['Grazie, {guest}', 'Un saluto, {guest}', 'Grazie mille!', '', 'Cordiali saluti', ''],
  hostBye: [
    'A presto, {host}',
    'Buon soggiorno a {home}! {host}',
    'Per qualsiasi cosa sono qui. {host}',
    '',
  ],
  thanks: [
    'Perfetto, grazie!',
    'Che velocità, grazie.',
    'Risolto.',
    'Ottimo, a presto.',
    'Grazie mille, funziona.',
  ],
  items: [
    'una giacca a vento blu',
    'i miei occhiali da lettura',
    'un caricabatterie',
    'il coniglio di peluche della bambina',
    'un braccialetto d’argento',
    'un lettore di libri',
    'un paio di scarponi',
  ],
  places: [
    'dietro il divano',
    'sotto il letto',
    'nel mobile del bagno',
    'sull’attaccapanni',
    'nel cassetto del comodino',
  ],
  things: [
    'la lavastoviglie',
    'la tapparella della camera',
    'il tostapane',
    'il soffione della doccia',
    'la lampada del comodino',
    'il televisore',
  ],
  asks: {
    wifi: [
      'qual è la password del wifi?',
      'può rimandarmi il nome della rete e la password?',
      'non troviamo il wifi, come si chiama?',
    ],
    access: [
      'come si entra all’arrivo?',
      'dove troviamo le chiavi?',
      'c’è una cassetta delle chiavi e qual è il codice?',
    ],
    parking: [
      'dove si può parcheggiare?',
      'il parcheggio è compreso?',
      'veniamo con due auto, c’è posto?',
    ],
    heating: [
      'come funziona il riscaldamento?',
      'fa freschino, dov’è il termostato?',
      'c’è l’aria condizionata o un ventilatore?',
    ],
    waste: [
      'quando passano per i rifiuti e cosa va in quale sacco?',
      'dove si porta la differenziata?',
      'cosa facciamo dei sacchi?',
    ],
    kitchen: [
      'il fornello non si accende, c’è un trucco?',
      'cosa bisogna sapere della cucina?',
      'come si accende il forno?',
    ],
    laundry: [
      'c’è la lavatrice e dove si stende?',
      'dove si può fare il bucato?',
      'possiamo usare l’asciugatrice?',
    ],
    power: [
      'è saltata la luce, dov’è il quadro elettrico?',
      'le prese non vanno, quale interruttore è?',
      'dove si trova il contatore?',
    ],
    quirks: [
      'c’è qualcosa di particolare da sapere sulla casa?',
      'a cosa dobbiamo stare attenti?',
      'la casa ha qualche segreto?',
    ],
    area: [
      'dov’è la farmacia più vicina?',
      'dove si compra il pane al mattino?',
      'ci consigliate un posto per cena?',
    ],
    transport: [
      'come si arriva senza auto?',
      'quale autobus o treno va in centro?',
      'la stazione è lontana?',
    ],
    checkout: [
      'a che ora bisogna uscire e cosa va fatto?',
      'cosa facciamo prima di partire?',
      'dove lasciamo la chiave alla partenza?',
    ],
    rules: ['possiamo portare il cane?', 'ci sono orari di silenzio?', 'si può fumare fuori?'],
  },
  topics: {
    late: {
      ask: [
        'il volo è in ritardo, arriviamo verso le {time}. È un problema?',
        'siamo in coda, arrivo in ritardo alle {time}, riusciamo a entrare?',
        'l’ultimo treno arriva alle {time}, va bene?',
      ],
      answer: [
        'nessun problema, alle {time} entrate da soli. Lascio la luce accesa.',
        'grazie dell’avviso, le {time} va bene. Piano sulle scale, per favore.',
      ],
    },
    early: {
      ask: [
        'arriviamo presto, si può entrare alle {time}?',
        'sarebbe possibile un check-in anticipato {day}, verso le {time}?',
        'possiamo lasciare i bagagli alle {time}?',
      ],
      answer: [
        'le pulizie finiscono verso le {time}, venite allora.',
        'quel giorno c’è una partenza, non prima delle {time}.',
      ],
    },
    lateOut: {
      ask: [
        'potremmo restare fino alle {time} l’ultimo giorno?',
        'è possibile un’uscita posticipata? Il treno è la sera.',
        'possiamo lasciare la casa alle {time}?',
      ],
      answer: [
        'quel giorno non arriva nessuno, restate fino alle {time} senza costi.',
        'fino alle {time} per {amount}, le pulizie vengono dopo.',
      ],
    },
    luggage: {
      ask: [
        'possiamo lasciare le valigie dopo il check-out?',
        'c’è un deposito? Abbiamo {n} valigie.',
        'possiamo posare i bagagli prima del check-in?',
      ],
      answer: [
        'certo, le {n} valigie nell’ingresso, avviso le pulizie.',
        'meglio il deposito della stazione, arrivano altri ospiti.',
      ],
    },
    invoice: {
      ask: [
        'mi serve la fattura intestata alla ditta, Officina Merlo srl.',
        'può mandare la fattura con IVA a {mail}?',
        'per il commercialista mi serve una ricevuta.',
      ],
      answer: [
        'la fattura è appena partita per {mail}.',
        'intestazione corretta, la trova nella posta.',
      ],
    },
    deposit: {
      ask: [
        'quando viene restituita la cauzione?',
        'la cauzione di {amount} non è ancora arrivata.',
        'come si versa la cauzione?',
      ],
      answer: [
        'è sbloccata da oggi, la banca impiega da tre a cinque giorni per i {amount}.',
        'la blocchiamo solo sulla carta e la liberiamo entro sette giorni.',
      ],
    },
    extraGuest: {
      ask: [
        'mio fratello vorrebbe venire, saremmo in {n}. Quanto costa?',
        'può fermarsi una persona in più per una notte?',
        'alla fine siamo in {n}, va bene?',
      ],
      answer: [
        'in {n} sono {amount} in più a notte, ho modificato.',
        'sì, il divano letto è pronto, {amount} a notte.',
      ],
    },
    cot: {
      ask: [
        'viaggiamo con un neonato, avete una culla?',
        'ci sono seggiolone e lettino?',
        'si può avere un cancelletto per le scale?',
      ],
      answer: [
        'c’è un lettino con lenzuola nella camera grande, gratis.',
        'il seggiolone è in cucina, il lettino lo monto {day}.',
      ],
    },
    lost: {
      ask: [
        'credo di aver dimenticato {item} {place}. Lo avete trovato?',
        'è stato trovato {item}? Dovrebbe essere {place}.',
        'ci manca {item}, può guardare {place}?',
      ],
      answer: [
        'trovato, {place}! Lo spedisco domani, la spedizione è {amount}.',
        'abbiamo cercato {place} e ovunque, purtroppo niente.',
      ],
    },
    noise: {
      ask: [
        'quelli di sopra urlano dalle {time}, potete fare qualcosa?',
        'trapanano accanto dalle {time}, il bimbo non dorme.',
        'di nuovo musica alta di fronte, sono le {time}.',
      ],
      answer: [
        'li ho chiamati, tra poco ci sarà silenzio. Altrimenti mi scriva.',
        'i lavori finiscono alle cinque, non lo sapevo. Le tolgo {amount}.',
      ],
    },
    broken: {
      ask: [
        'una cosa: {thing} non funziona più.',
        'abbiamo rotto qualcosa, ci dispiace: {thing}. Come si fa?',
        'per informazione, {thing} era già guasto all’arrivo.',
      ],
      answer: [
        'grazie della sincerità. {day} passa qualcuno a vedere {thing}.',
        'non si preoccupi, c’è l’assicurazione.',
      ],
    },
    dirty: {
      ask: [
        'il bagno non è pulito, ci sono capelli nella doccia.',
        'abbiamo trovato briciole e un vecchio calzino {place}.',
        'il frigorifero puzza e il pavimento è appiccicoso.',
      ],
      answer: [
        'non deve succedere, mi scuso. Alle {time} arriva la signora.',
        'ha ragione. Rimborso {amount} delle pulizie.',
      ],
    },
    arrived: {
      ask: [
        'siamo arrivati, che posto!',
        'tutto bene, i bambini hanno scelto i letti.',
        'benissimo, la vista è meglio che in foto.',
      ],
      answer: [
        'che bello, buona vacanza!',
        'ne sono felice. I fiori sono del mercato, date un po’ d’acqua.',
      ],
    },
    cancel: {
      ask: [
        'dobbiamo disdire, mio marito è in ospedale. Cosa ci rimborsate?',
        'hanno cancellato il volo, possiamo disdire anche noi?',
        'mi sono ammalata e non posso venire.',
      ],
      answer: [
        'mi dispiace molto. Le rimborso {amount}, il resto in buono fino all’estate.',
        'disdetta fatta, e mancando più di cinque giorni si rimborsa tutto.',
      ],
    },
    dates: {
      ask: [
        'potremmo spostare il soggiorno di una settimana?',
        'si può aggiungere una notte alla fine?',
        'possiamo arrivare {day}, un giorno dopo?',
      ],
      answer: [
        'la settimana dopo è libera, spostato, stesso prezzo.',
        'mi spiace, {day} arriva qualcun altro.',
      ],
    },
    payment: {
      ask: [
        'il link di pagamento è scaduto, può mandarne un altro?',
        'la carta viene rifiutata, va bene un bonifico?',
        'è arrivato il saldo di {amount}?',
      ],
      answer: [
        'ecco il nuovo link da {amount}, vale 48 ore.',
        'sì, {amount} sono arrivati ieri, tutto pagato.',
      ],
    },
    surprise: {
      ask: [
        'mia moglie compie cinquant’anni {day}, si possono avere fiori e una bottiglia?',
        'è il nostro anniversario, un’idea per la serata?',
        'potete ordinare una torta per {day}?',
      ],
      answer: [
        'volentieri: fiori e bottiglia sul tavolo, {amount} in tutto.',
        'la torta è ordinata per {day}, si ritira alle quattro.',
      ],
    },
    towels: {
      ask: [
        'ci sono solo {n} asciugamani, ce ne sono altri?',
        'dobbiamo portare lenzuola e teli mare?',
        'si possono cambiare le lenzuola a metà?',
      ],
      answer: [
        'altri asciugamani sono nella cassapanca ai piedi del letto.',
        'lenzuola e asciugamani ci sono, teli mare no.',
      ],
    },
    insects: {
      ask: [
        'la cucina è piena di formiche.',
        'le zanzare non ci fanno dormire.',
        'c’è un nido di vespe sotto il tetto, lo sapete?',
      ],
      answer: [
        'l’esca è sotto il lavello e {day} viene il tecnico.',
        'nel cassetto del bagno c’è un fornelletto antizanzare.',
      ],
    },
    keyStuck: {
      ask: [
        'siamo davanti alla porta e la chiave non gira!',
        'la cassetta non si apre con il codice.',
        'il codice è sbagliato, provato tre volte.',
      ],
      answer: [
        'prima il tasto tondo per azzerare, poi il codice, poi la leva in giù.',
        '{host} è vicino, dieci minuti. Mille scuse.',
      ],
    },
    cold: {
      ask: [
        'stamattina non c’è acqua calda.',
        'i termosifoni sono freddi, si gela.',
        'la doccia è diventata gelata dopo due minuti.',
      ],
      answer: [
        'era la caldaia, l’ho riavviata da qui: mezz’ora.',
        'il tecnico arriva alle {time} con due stufette.',
      ],
    },
    slowWifi: {
      ask: [
        'internet è lentissimo e domani lavoro.',
        'il wifi cade ogni pochi minuti.',
        'c’è un cavo per il portatile? Di sopra non prende.',
      ],
      answer: [
        'stacchi il router mezzo minuto; altrimenti {day} ne mando un altro.',
        'c’è un guasto in tutta la via fino alle {time}.',
      ],
    },
    taxi: {
      ask: [
        'può prenotare un taxi per {day} alle {time}?',
        'quanto costa il taxi per l’aeroporto e chi si chiama?',
        'siamo in {n} con valigie, serve un taxi grande?',
      ],
      answer: [
        'taxi prenotato per le {time}, suona lui.',
        'circa {amount}, meglio ordinarlo un’ora prima.',
      ],
    },
  },
  reviews: {
    good: [
      '{home} è un posto che non si dimentica. {host} risponde in pochi minuti.',
      'Pulita, calda, piena di libri. Le note in casa spiegano tutto, anche i rifiuti.',
      'Come da descrizione, letti ottimi e coltelli che tagliano.',
    ],
    mixed: [
      'Bella casa e padrona gentile, ma il materasso piccolo è da cambiare.',
      'Ottima posizione. Wifi lento e si sentono i vicini; {host} ha fatto il possibile.',
    ],
    bad: [
      'Il bagno non era pulito all’arrivo, si è dovuto aspettare la sera.',
      'A questo prezzo ci si aspetta una lavastoviglie che funzioni.',
    ],
  },
};
