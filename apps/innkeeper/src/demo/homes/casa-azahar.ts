import type { DemoHome } from '../demo-home.js';

export const casaAzahar: DemoHome = {
  key: 'casa-azahar',
  nickname: 'Casa Azahar',
  title: 'Casa Azahar, patio andaluz en Triana',
  street: 'Calle Pureza 52',
  city: 'Sevilla',
  zip: '41010',
  country: 'Spain',
  latitude: 37.3829,
  longitude: -6.0029,
  timeZone: 'Europe/Madrid',
  currency: 'EUR',
  language: 'es',
  ...{ guests: 6, bedrooms: 3, beds: 4, bathrooms: 2, price: 185, cleaning: 75, deposit: 250 },
  ...{ checkIn: '15:00', checkOut: '11:00' },
  propertyType: 'House',
  tags: ['city', 'patio'],
  facts: {
    wifi: {
      en: 'The network is Azahar_Patio and the password is naranja-amarga-7.',
      own: 'La red se llama Azahar_Patio y la contraseña es naranja-amarga-7. El router está en la alacena del patio; si falla, pulsa el botón de atrás.',
    },
    access: {
      en: 'The key box is inside the tile niche of the Virgin, right of the green door, code 3147. The iron gate behind it is never locked.',
      own: 'La caja de llaves está en la hornacina de la Virgen, a la derecha de la puerta verde, código 3147. La cancela de hierro de detrás nunca se cierra con llave. La puerta se abre tirando un poco hacia arriba.',
    },
    parking: {
      en: 'No cars in Calle Pureza. We have space 118 in the garage on Plaza de Cuba for 14 euros a day, the remote is in the drawer of the entrance bench.',
      own: 'En la calle Pureza no entran coches. Tenemos la plaza 118 en el garaje de la Plaza de Cuba por 14 euros al día; el mando está en el cajón del banco de la entrada.',
    },
    heating: {
      en: 'Air conditioning in every bedroom, never below 23 or the old wiring gives up. In winter there is a heated table, the brasero, in the living room: switch it off at night.',
      own: 'Hay aire acondicionado en todos los dormitorios; nunca por debajo de 23 grados o salta la instalación vieja. En invierno está el brasero de la mesa camilla en el salón: apágalo por la noche. El agua caliente es de butano, la bombona de repuesto está en la azotea.',
    },
    waste: {
      en: 'Containers are on the corner of Calle Duarte. Rubbish only between eight and midnight, glass never at siesta time.',
      own: 'Los contenedores están en la esquina con la calle Duarte. La basura solo entre las ocho y las doce de la noche; el vidrio nunca a la hora de la siesta. El amarillo es para envases y el azul para papel.',
    },
    kitchen: {
      en: 'The hob is butane gas, the bottle stands under the counter. The juicer is for the oranges of the patio, which are bitter: buy sweet ones.',
      own: 'La cocina es de gas butano, la bombona está debajo de la encimera. El exprimidor es bueno, pero las naranjas del patio son amargas: compra naranjas de zumo en el mercado de Triana.',
    },
    laundry: {
      en: 'The washing machine is on the roof terrace under the awning. Clothes dry in an hour. Pegs are in the tin bucket.',
      own: 'La lavadora está en la azotea, bajo el toldo. La ropa se seca en una hora. Las pinzas están en el cubo de zinc.',
    },
    power: {
      en: 'The electricity panel is behind the picture of the bullfighter in the hall. Four air conditioners at once trip it.',
      own: 'El cuadro eléctrico está detrás del retrato del torero, en la entrada. Con cuatro aires acondicionados a la vez saltan los plomos.',
    },
    quirks: {
      en: 'During Holy Week processions pass the door until four in the morning. The fountain is switched on beside the well. The tortoise is called Paquita and lives here.',
      own: 'En Semana Santa las procesiones pasan por la puerta hasta las cuatro de la madrugada. La fuente se enciende junto al pozo. La tortuga se llama Paquita y vive aquí: come lechuga, nunca pan.',
    },
    area: {
      en: 'Breakfast toast at Bar Blanco Cerrillo. The pharmacy on Calle San Jacinto is open round the clock. Ceramics in Calle Antillano Campos.',
      own: 'Tostadas de desayuno en la cafetería de la calle Pureza 78. La farmacia de la calle San Jacinto abre las veinticuatro horas. Cerámica en la calle Antillano Campos, y adobo en el Blanco Cerrillo.',
    },
    transport: {
      en: 'Metro Plaza de Cuba is six minutes away. The airport bus EA leaves from Plaza de Armas every twenty minutes and costs 5 euros; a taxi has a fixed price of 25.',
      own: 'El metro Plaza de Cuba está a seis minutos. El autobús EA al aeropuerto sale de Plaza de Armas cada veinte minutos y cuesta 5 euros; el taxi tiene precio fijo de 25 euros.',
    },
    checkout: {
      en: 'Check-out is by 11:00. Close the awning, switch off all air conditioners, key back into the niche. Luggage may stay in the patio until 18:00.',
      own: 'La salida es antes de las 11:00. Recoge el toldo, apaga los aires y deja la llave en la hornacina. El equipaje puede quedarse en el patio hasta las 18:00.',
    },
    rules: {
      en: 'No parties on the roof after midnight. Pets on request. Smoking in the patio only. Please do not feed Paquita bread.',
      own: 'Nada de fiestas en la azotea después de medianoche. Mascotas, previa consulta. Se fuma solo en el patio.',
    },
  },
  stories: [
    {
      language: 'es',
      lines: [
        {
          by: 'guest',
          text: 'No encontramos a Paquita por ninguna parte y los niños están llorando.',
        },
        {
          by: 'host',
          text: 'Tranquilos, en noviembre se esconde debajo de los helechos del pozo. Mirad con una linterna, sin moverla.',
        },
        { by: 'guest', text: '¡Allí estaba! Dormida como un adoquín.' },
      ],
    },
    {
      language: 'en',
      lines: [
        {
          by: 'guest',
          text: 'A brass band of forty people is standing under our window at two in the morning. Is that legal?',
        },
        {
          by: 'host',
          text: 'In Holy Week everything is. It is the Esperanza coming home, you have the best seat in Seville. They pass in half an hour.',
        },
        { by: 'guest', text: 'We are crying now, in a good way. My wife threw petals.' },
      ],
    },
  ],
};
