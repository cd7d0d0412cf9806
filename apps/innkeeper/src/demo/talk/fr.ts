import type { DemoTalk } from '../demo-talk.js';

export const french: DemoTalk = {
  hello: ['Bonjour {host},', 'Bonjour,', 'Bonsoir,', 'Chère {host},', 'Coucou,', ''],
  hostHello: [
    'Bonjour {guest},',
    'Bonsoir {guest},',
    'Chère {guest},',
    'Bonjour et merci de votre message,',
  ],
  bye: ['Merci, {guest}', 'Bien à vous, {guest}', 'Merci d’avance !', '', 'Cordialement', ''],
  hostBye: ['Bien à vous, {host}', 'Bon séjour à {home} ! {host}', 'N’hésitez pas. {host}', ''],
  thanks: [
    'Parfait, merci !',
    'Quelle rapidité, merci.',
    'C’est réglé.',
    'Super, à bientôt.',
    'Merci beaucoup, ça marche.',
  ],
  items: [
    'un imperméable bleu marine',
    'mes lunettes de lecture',
    'un chargeur de téléphone',
    'le lapin en peluche de notre fille',
    'un bracelet en argent',
    'une liseuse',
    'des chaussures de marche',
  ],
  places: [
    'derrière le canapé',
    'sous le lit',
    'dans le meuble de la salle de bains',
    'au portemanteau',
    'dans le tiroir de la table de nuit',
  ],
  things: [
    'le lave-vaisselle',
    'le volet de la chambre',
    'le grille-pain',
    'le pommeau de douche',
    'la lampe de chevet',
    'la télévision',
  ],
  asks: {
    wifi: [
      'quel est le mot de passe du wifi ?',
      'pouvez-vous me renvoyer le nom du réseau et le mot de passe ?',
      'nous ne trouvons pas le wifi, comment s’appelle-t-il ?',
    ],
    access: [
      'comment entrons-nous à l’arrivée ?',
      'où se trouvent les clés ?',
      'y a-t-il une boîte à clés, et quel est le code ?',
    ],
    parking: [
      'où peut-on se garer ?',
      'le parking est-il compris ?',
      'nous venons avec deux voitures, y a-t-il de la place ?',
    ],
    heating: [
      'comment règle-t-on le chauffage ?',
      'il fait frais, où est le thermostat ?',
      'y a-t-il la climatisation ou un ventilateur ?',
    ],
    waste: [
      'quand passe le camion poubelle et que met-on dans quel bac ?',
      'où porter le tri ?',
      'que fait-on des sacs poubelle ?',
    ],
    kitchen: [
      'la plaque ne s’allume pas, y a-t-il une astuce ?',
      'que faut-il savoir sur la cuisine ?',
      'comment marche le four ?',
    ],
    laundry: [
      'y a-t-il un lave-linge et de quoi sécher ?',
      'où peut-on faire une lessive ?',
      'peut-on utiliser le sèche-linge ?',
    ],
    power: [
      'la moitié des lampes est éteinte, où est le tableau électrique ?',
      'les prises ne marchent plus, quel disjoncteur est-ce ?',
      'où se trouvent les fusibles ?',
    ],
    quirks: [
      'y a-t-il quelque chose de particulier à savoir ?',
      'à quoi faut-il faire attention dans la maison ?',
      'la maison a-t-elle des petits secrets ?',
    ],
    area: [
      'où est la pharmacie la plus proche ?',
      'où acheter du pain le matin ?',
      'un bon restaurant à nous conseiller ?',
    ],
    transport: [
      'comment venir sans voiture ?',
      'quel bus ou quel train va au centre ?',
      'la gare est-elle loin ?',
    ],
    checkout: [
      'à quelle heure faut-il partir et que faut-il faire ?',
      'que faire avant le départ ?',
      'où laisser la clé en partant ?',
    ],
    rules: [
      'peut-on venir avec notre chien ?',
      'y a-t-il des heures de silence ?',
      'peut-on fumer dehors ?',
    ],
  },
  topics: {
    late: {
      ask: [
        'notre vol est retardé, nous serons là vers {time}. Est-ce un problème ?',
        'nous sommes dans les bouchons, arrivée vers {time}, pourrons-nous entrer ?',
        'arrivée tardive : le dernier train arrive à {time}. Ça ira ?',
      ],
      answer: [
        'aucun souci, à {time} vous entrez seuls. Je laisse la lumière.',
        'merci de prévenir, {time} convient. Doucement dans l’escalier, s’il vous plaît.',
      ],
    },
    early: {
      ask: [
        'nous arrivons tôt, peut-on entrer à {time} ?',
        'une arrivée anticipée {day} vers {time} serait-elle possible ?',
        'peut-on déposer les sacs à {time} ?',
      ],
      answer: [
        'le ménage finit vers {time}, venez alors.',
        'il y a un départ ce matin-là, au plus tôt {time}.',
      ],
    },
    lateOut: {
      ask: [
        'pouvons-nous rester jusqu’à {time} le dernier jour ?',
        'un départ tardif est-il possible ? Notre train est le soir.',
        'serait-il possible de partir à {time} ?',
      ],
      answer: [
        'personne n’arrive ce jour-là, restez jusqu’à {time}, c’est offert.',
        'jusqu’à {time} pour {amount}, le ménage viendra plus tard.',
      ],
    },
    luggage: {
      ask: [
        'peut-on laisser les valises après le départ ?',
        'y a-t-il une consigne ? Nous avons {n} valises.',
        'peut-on déposer les bagages avant l’arrivée ?',
      ],
      answer: [
        'bien sûr, laissez les {n} valises dans l’entrée, la femme de ménage est prévenue.',
        'plutôt à la consigne de la gare, d’autres hôtes arrivent.',
      ],
    },
    invoice: {
      ask: [
        'il me faut une facture au nom de ma société, Atelier Vasseur.',
        'pouvez-vous envoyer une facture avec TVA à {mail} ?',
        'pour mes notes de frais, il me faut un reçu.',
      ],
      answer: [
        'la facture vient de partir à {mail}.',
        'le nom est corrigé, la facture est dans votre boîte.',
      ],
    },
    deposit: {
      ask: [
        'quand la caution est-elle rendue ?',
        'la caution de {amount} n’est pas encore revenue.',
        'comment se règle la caution ?',
      ],
      answer: [
        'elle est libérée depuis ce matin, comptez trois à cinq jours pour les {amount}.',
        'c’est une simple empreinte de carte, levée sous sept jours.',
      ],
    },
    extraGuest: {
      ask: [
        'mon frère voudrait venir, nous serions {n}. Quel supplément ?',
        'une personne de plus peut-elle dormir une nuit ?',
        'nous sommes finalement {n}, est-ce possible ?',
      ],
      answer: [
        'à {n}, c’est {amount} de plus par nuit, j’ai modifié la réservation.',
        'oui, le canapé-lit est fait, {amount} la nuit.',
      ],
    },
    cot: {
      ask: [
        'nous venons avec un bébé, avez-vous un lit parapluie ?',
        'y a-t-il une chaise haute et un lit bébé ?',
        'peut-on avoir une barrière d’escalier ?',
      ],
      answer: [
        'un lit bébé avec draps vous attend dans la grande chambre, c’est gratuit.',
        'la chaise haute est à la cuisine, je monte le lit {day}.',
      ],
    },
    lost: {
      ask: [
        'je crois avoir oublié {item} {place}. L’avez-vous trouvé ?',
        'a-t-on retrouvé {item} ? C’était {place}.',
        'il nous manque {item}, pouvez-vous regarder {place} ?',
      ],
      answer: [
        'retrouvé {place} ! Je le poste demain, le port est de {amount}.',
        'nous avons cherché {place} et partout ailleurs, rien, désolés.',
      ],
    },
    noise: {
      ask: [
        'les voisins du dessus crient depuis {time}, pouvez-vous agir ?',
        'on perce à côté depuis {time}, le bébé ne dort pas.',
        'encore de la musique en face, il est {time}.',
      ],
      answer: [
        'je les ai appelés, le calme devrait revenir. Sinon, écrivez-moi.',
        'les travaux finissent à cinq heures, je l’ignorais. Je vous rends {amount}.',
      ],
    },
    broken: {
      ask: [
        'un souci : {thing} ne marche plus.',
        'nous avons cassé quelque chose, désolés : {thing}. Comment régler cela ?',
        'pour information, {thing} était en panne à notre arrivée.',
      ],
      answer: [
        'merci de votre franchise. Quelqu’un passe {day} pour voir {thing}.',
        'ne vous inquiétez pas, l’assurance est là pour cela.',
      ],
    },
    dirty: {
      ask: [
        'la salle de bains n’est pas propre, il y a des cheveux dans la douche.',
        'nous avons trouvé des miettes et une vieille chaussette {place}.',
        'le réfrigérateur sent mauvais et le sol colle.',
      ],
      answer: [
        'c’est inacceptable, pardon. Quelqu’un vient à {time}.',
        'vous avez raison. Je rembourse {amount} du ménage.',
      ],
    },
    arrived: {
      ask: [
        'nous y sommes, quel endroit !',
        'bien arrivés, les enfants ont choisi leurs lits.',
        'tout va bien, la vue est encore plus belle qu’en photo.',
      ],
      answer: [
        'quelle joie, profitez bien !',
        'ravie de le lire. Les fleurs viennent du marché, pensez à l’eau.',
      ],
    },
    cancel: {
      ask: [
        'nous devons annuler, mon mari est hospitalisé. Que nous rendez-vous ?',
        'notre vol est annulé, pouvons-nous annuler aussi ?',
        'je suis malade et ne peux pas venir.',
      ],
      answer: [
        'j’en suis désolée. Vous récupérez {amount}, le reste en bon jusqu’à l’été prochain.',
        'c’est annulé, et comme c’est plus de cinq jours avant, tout vous est rendu.',
      ],
    },
    dates: {
      ask: [
        'pourrions-nous décaler le séjour d’une semaine ?',
        'peut-on ajouter une nuit à la fin ?',
        'pouvons-nous venir {day}, un jour plus tard ?',
      ],
      answer: [
        'la semaine suivante est libre, c’est changé, même prix.',
        'hélas, d’autres arrivent {day}, pas de nuit en plus.',
      ],
    },
    payment: {
      ask: [
        'le lien de paiement a expiré, pouvez-vous en renvoyer un ?',
        'ma carte est refusée, peut-on payer par virement ?',
        'avez-vous reçu le solde de {amount} ?',
      ],
      answer: [
        'voici un nouveau lien de {amount}, valable 48 heures.',
        'oui, {amount} sont arrivés hier, tout est payé.',
      ],
    },
    surprise: {
      ask: [
        'ma femme a cinquante ans {day}, des fleurs et une bouteille seraient-elles possibles ?',
        'c’est notre anniversaire de mariage, une idée pour la soirée ?',
        'pouvez-vous commander un gâteau pour {day} ?',
      ],
      answer: [
        'avec plaisir : fleurs et bouteille sur la table, {amount} le tout.',
        'le gâteau est commandé pour {day}, à prendre à seize heures.',
      ],
    },
    towels: {
      ask: [
        'il n’y a que {n} serviettes, peut-on en avoir d’autres ?',
        'faut-il apporter draps et serviettes de plage ?',
        'peut-on changer les draps au milieu du séjour ?',
      ],
      answer: [
        'd’autres serviettes sont dans le coffre au pied du lit.',
        'draps et serviettes de bain sont là, pas celles de plage.',
      ],
    },
    insects: {
      ask: [
        'il y a des fourmis partout dans la cuisine.',
        'les moustiques nous dévorent la nuit.',
        'un nid de guêpes pend sous le toit, le saviez-vous ?',
      ],
      answer: [
        'des appâts sont sous l’évier et le spécialiste passe {day}.',
        'une prise anti-moustiques est dans le tiroir de la salle de bains.',
      ],
    },
    keyStuck: {
      ask: [
        'nous sommes devant la porte et la clé ne tourne pas !',
        'la boîte ne s’ouvre pas avec le code.',
        'le code est faux, nous avons essayé trois fois.',
      ],
      answer: [
        'd’abord le bouton rond pour effacer, puis le code, puis le levier vers le bas.',
        '{host} est tout près, dix minutes. Mille excuses.',
      ],
    },
    cold: {
      ask: [
        'pas d’eau chaude ce matin.',
        'les radiateurs restent froids, on gèle.',
        'la douche est devenue glacée après deux minutes.',
      ],
      answer: [
        'c’était la chaudière, je l’ai relancée à distance : une demi-heure.',
        'le chauffagiste arrive à {time} avec deux radiateurs d’appoint.',
      ],
    },
    slowWifi: {
      ask: [
        'internet est très lent et je travaille demain.',
        'le wifi coupe toutes les cinq minutes.',
        'y a-t-il un câble pour l’ordinateur ? À l’étage on ne capte rien.',
      ],
      answer: [
        'débranchez la box trente secondes ; sinon j’en envoie une autre {day}.',
        'l’opérateur a une panne dans toute la rue jusque vers {time}.',
      ],
    },
    taxi: {
      ask: [
        'pouvez-vous réserver un taxi {day} à {time} ?',
        'combien coûte un taxi pour l’aéroport, et qui appeler ?',
        'nous sommes {n} avec des valises, faut-il un grand taxi ?',
      ],
      answer: [
        'le taxi est réservé pour {time}, il sonnera.',
        'environ {amount}, à commander une heure avant.',
      ],
    },
  },
  reviews: {
    good: [
      '{home} est l’endroit dont nous parlerons longtemps. {host} répond en quelques minutes.',
      'Propre, chaleureux, plein de livres. Les notes dans la maison expliquent tout, même le tri.',
      'Conforme à la description, literie parfaite, couteaux qui coupent !',
    ],
    mixed: [
      'Belle maison et hôte aimable, mais le matelas de la petite chambre est fatigué.',
      'Très bien situé. Le wifi était lent et on entend les voisins ; {host} a fait son possible.',
    ],
    bad: [
      'La salle de bains n’était pas propre à l’arrivée, il a fallu attendre le soir.',
      'À ce prix, on attend un lave-vaisselle qui marche.',
    ],
  },
};
