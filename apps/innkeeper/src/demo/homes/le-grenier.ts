import type { DemoHome } from '../demo-home.js';

export const leGrenier: DemoHome = {
  key: 'le-grenier',
  nickname: 'Le Grenier',
  title: 'Le Grenier, sous les toits du vieil Annecy',
  street: '6 passage de la Cathédrale',
  city: 'Annecy',
  zip: '74000',
  country: 'France',
  latitude: 45.8988,
  longitude: 6.1258,
  timeZone: 'Europe/Paris',
  currency: 'EUR',
  language: 'fr',
  ...{ guests: 4, bedrooms: 2, beds: 2, bathrooms: 1, price: 175, cleaning: 65, deposit: 250 },
  ...{ checkIn: '16:00', checkOut: '10:00' },
  propertyType: 'Apartment',
  tags: ['lake', 'city', 'mountains'],
  facts: {
    wifi: {
      en: 'The network is LeGrenier5G and the password is reblochon-chaud. The box is inside the wardrobe of the small bedroom.',
      own: 'Le réseau s’appelle LeGrenier5G et le mot de passe est reblochon-chaud. La box est dans l’armoire de la petite chambre ; débranchez-la trente secondes si elle clignote en rouge.',
    },
    access: {
      en: 'Street door: code A7419. The key box is on the fourth-floor landing, behind the fire extinguisher, code 0362. There are 78 steps and no lift.',
      own: 'Porte de la rue : code A7419. La boîte à clés est sur le palier du quatrième étage, derrière l’extincteur, code 0362. Il y a 78 marches et pas d’ascenseur.',
    },
    parking: {
      en: 'The old town is closed to cars. Use the Sainte-Claire car park, 300 metres; with our token from the hall drawer the night costs 9 euros instead of 17.',
      own: 'La vieille ville est interdite aux voitures. Garez-vous au parking Sainte-Claire, à 300 mètres ; avec notre jeton, dans le tiroir de l’entrée, la nuit coûte 9 euros au lieu de 17.',
    },
    heating: {
      en: 'Electric radiators with a remote control each. The pellet stove in the living room is lit with the green button; one bag of pellets lasts two evenings.',
      own: 'Chaque radiateur électrique a sa télécommande. Le poêle à granulés du salon s’allume avec le bouton vert ; un sac de granulés dure deux soirées, la réserve est sous l’escalier.',
    },
    waste: {
      en: 'No bins in the building: take bags to the buried containers on place Saint-François. Yellow is packaging, green is glass. The badge hangs on the key ring.',
      own: 'Pas de poubelles dans l’immeuble : portez les sacs aux conteneurs enterrés de la place Saint-François. Jaune pour les emballages, vert pour le verre. Le badge pour les ordures ménagères est sur le porte-clés.',
    },
    kitchen: {
      en: 'The fondue set is on the top shelf, the fuel under the sink. The oven door opens sideways, mind the beam. The water filter is changed by us.',
      own: 'Le caquelon à fondue est sur l’étagère du haut, l’alcool à brûler sous l’évier. La porte du four s’ouvre sur le côté, attention à la poutre. L’appareil à raclette se prête sur demande.',
    },
    laundry: {
      en: 'A washing machine in the bathroom, top loading. Never after nine in the evening, the judge downstairs sleeps early.',
      own: 'Un lave-linge à chargement par le haut se trouve dans la salle de bains. Jamais après vingt et une heures, la juge du dessous se couche tôt. Le sèche-linge est à la laverie de la rue Carnot.',
    },
    power: {
      en: 'The electric panel is above the front door, a stool stands beside it. Oven and water heater together trip the 30-amp breaker.',
      own: 'Le tableau électrique est au-dessus de la porte d’entrée, un tabouret est à côté. Le four et le chauffe-eau ensemble font sauter le disjoncteur de 30 ampères.',
    },
    quirks: {
      en: 'The bells of the cathedral ring at seven. The skylight must be closed with the long pole before rain. Heads meet the main beam at 1.72 metres.',
      own: 'Les cloches de la cathédrale sonnent à sept heures. La fenêtre de toit se ferme avec la longue perche avant la pluie. La poutre maîtresse est à 1,72 mètre du sol.',
    },
    area: {
      en: 'Market on Tuesday, Friday and Sunday in rue Sainte-Claire. The pharmacy on rue Royale closes at half past seven. Cheese: Crèmerie du Lac.',
      own: 'Marché le mardi, le vendredi et le dimanche rue Sainte-Claire. La pharmacie de la rue Royale ferme à 19 h 30. Pour le fromage : la Crèmerie du Lac, et demandez la tomme aux fleurs.',
    },
    transport: {
      en: 'The station is twelve minutes on foot. Bus 272 goes to Geneva airport, seventy minutes, to be booked the day before. Bikes: Vélonecy at the station.',
      own: 'La gare est à douze minutes à pied. Le car 272 va à l’aéroport de Genève en soixante-dix minutes, à réserver la veille. Vélos : Vélonecy, à la gare.',
    },
    checkout: {
      en: 'Check-out is by 10:00. Bring the rubbish down, close the skylight, key back behind the extinguisher.',
      own: 'Départ avant 10 h. Descendez les poubelles, fermez la fenêtre de toit et remettez la clé dans la boîte derrière l’extincteur. La vaisselle doit être faite, sinon le ménage coûte 30 euros de plus.',
    },
    rules: {
      en: 'No animals. No parties and no music after 22:00. The tourist tax of 2.31 euros a person and night is included in the price.',
      own: 'Animaux interdits. Pas de fêtes, pas de musique après 22 h. La taxe de séjour de 2,31 euros par personne et par nuit est comprise dans le prix. Interdiction de fumer, même à la fenêtre.',
    },
  },
  stories: [
    {
      language: 'fr',
      lines: [
        {
          by: 'guest',
          text: 'Bonsoir, une chauve-souris tourne dans le salon depuis dix minutes, que faire ?',
        },
        {
          by: 'host',
          text: 'Éteignez tout, ouvrez la fenêtre de toit avec la perche et attendez dans la chambre. Elle sort toujours vers la lumière de la place.',
        },
        { by: 'guest', text: 'Sortie ! Ma fille l’a baptisée Colette.' },
        {
          by: 'host',
          text: 'Bienvenue à Colette. Pensez à refermer, l’orage est annoncé vers minuit.',
        },
      ],
    },
    {
      language: 'fr',
      lines: [
        {
          by: 'guest',
          text: 'La serrure du coffre s’est bloquée avec nos passeports dedans et notre train part à midi.',
        },
        {
          by: 'host',
          text: 'Monsieur Perret, le serrurier de la rue Filaterie, arrive dans vingt minutes. C’est à notre charge.',
        },
        { by: 'guest', text: 'Ouvert à 10 h 40, la pile était morte. Nous aurons le train.' },
      ],
    },
  ],
};
