import type { DemoTalk } from '../demo-talk.js';

export const spanish: DemoTalk = {
  hello: ['Hola {host},', 'Buenos días,', 'Buenas tardes,', '¡Hola!', 'Buenas,', ''],
  hostHello: ['Hola {guest},', 'Buenos días {guest},', '¡Hola {guest}!', 'Gracias por escribir,'],
  bye: ['Gracias, {guest}', 'Un saludo, {guest}', '¡Mil gracias!', '', 'Saludos', ''],
  hostBye: [
    'Un saludo, {host}',
    '¡Que disfrutéis de {home}! {host}',
    'Cualquier cosa, aquí estoy. {host}',
    '',
  ],
  thanks: [
    '¡Perfecto, gracias!',
    'Qué rapidez, gracias.',
    'Solucionado.',
    'Genial, hasta pronto.',
    'Muchas gracias, funciona.',
  ],
  items: [
    'un chubasquero azul marino',
    'mis gafas de leer',
    'un cargador de móvil',
    'el conejo de peluche de la niña',
    'una pulsera de plata',
    'un libro electrónico',
    'unas botas de montaña',
  ],
  places: [
    'detrás del sofá',
    'debajo de la cama',
    'en el armario del baño',
    'en el perchero',
    'en el cajón de la mesilla',
  ],
  things: [
    'el lavavajillas',
    'la persiana del dormitorio',
    'la tostadora',
    'la alcachofa de la ducha',
    'la lámpara de la mesilla',
    'la televisión',
  ],
  asks: {
    wifi: [
      '¿cuál es la contraseña del wifi?',
      '¿me puedes mandar otra vez el nombre de la red y la clave?',
      'no encontramos el wifi, ¿cómo se llama?',
    ],
    access: [
      '¿cómo entramos al llegar?',
      '¿dónde están las llaves?',
      '¿hay una caja de llaves y cuál es el código?',
    ],
    parking: [
      '¿dónde podemos aparcar?',
      '¿el aparcamiento está incluido?',
      'venimos con dos coches, ¿hay sitio?',
    ],
    heating: [
      '¿cómo funciona la calefacción?',
      'hace fresco, ¿dónde se regula la temperatura?',
      '¿hay aire acondicionado o ventilador?',
    ],
    waste: [
      '¿cuándo se saca la basura y qué va en cada contenedor?',
      '¿dónde se recicla?',
      '¿qué hacemos con las bolsas de basura?',
    ],
    kitchen: [
      'la cocina no enciende, ¿tiene truco?',
      '¿hay que saber algo de la cocina?',
      '¿cómo se enciende el horno?',
    ],
    laundry: [
      '¿hay lavadora y dónde se tiende?',
      '¿dónde podemos lavar la ropa?',
      '¿podemos usar la secadora?',
    ],
    power: [
      'se ha ido media luz, ¿dónde está el cuadro eléctrico?',
      'los enchufes no van, ¿qué automático es?',
      '¿dónde están los plomos?',
    ],
    quirks: [
      '¿hay algo especial que debamos saber de la casa?',
      '¿con qué hay que tener cuidado?',
      '¿la casa tiene manías?',
    ],
    area: [
      '¿dónde está la farmacia más cercana?',
      '¿dónde se compra pan por la mañana?',
      '¿nos recomiendas un sitio para cenar?',
    ],
    transport: [
      '¿cómo llegamos sin coche?',
      '¿qué autobús o tren va al centro?',
      '¿está lejos la estación?',
    ],
    checkout: [
      '¿a qué hora hay que salir y qué hacemos?',
      '¿qué hay que dejar hecho antes de irnos?',
      '¿dónde dejamos la llave al irnos?',
    ],
    rules: ['¿podemos llevar al perro?', '¿hay horas de silencio?', '¿se puede fumar fuera?'],
  },
  topics: {
    late: {
      ask: [
        'el vuelo va con retraso, llegaremos sobre las {time}. ¿Hay problema?',
        'estamos en un atasco, llegada tarde, a las {time}, ¿podremos entrar?',
        'el último tren llega a las {time}, ¿vale?',
      ],
      answer: [
        'ningún problema, a las {time} entráis solos. Dejo la luz encendida.',
        'gracias por avisar, a las {time} va bien. Sin ruido en la escalera, por favor.',
      ],
    },
    early: {
      ask: [
        'llegamos temprano, ¿se puede entrar a las {time}?',
        '¿sería posible una entrada anticipada el {day}, sobre las {time}?',
        '¿podemos dejar las maletas a las {time}?',
      ],
      answer: [
        'la limpieza acaba sobre las {time}, venid entonces.',
        'ese día hay salida, lo más pronto a las {time}.',
      ],
    },
    lateOut: {
      ask: [
        '¿podríamos quedarnos hasta las {time} el último día?',
        '¿es posible salir tarde? El tren es por la noche.',
        '¿nos dejarías salir a las {time}?',
      ],
      answer: [
        'ese día no entra nadie, quedaos hasta las {time} sin coste.',
        'hasta las {time} por {amount}, la limpieza vendrá luego.',
      ],
    },
    luggage: {
      ask: [
        '¿podemos dejar las maletas después de la salida?',
        '¿hay consigna? Llevamos {n} maletas.',
        '¿dejamos el equipaje antes de entrar?',
      ],
      answer: [
        'claro, las {n} maletas en la entrada, avisamos a la limpieza.',
        'mejor en la consigna de la estación, entran otros huéspedes.',
      ],
    },
    invoice: {
      ask: [
        'necesito factura a nombre de mi empresa, Talleres Olmedo S. L.',
        '¿me mandas la factura con IVA a {mail}?',
        'para la gestoría necesito un recibo.',
      ],
      answer: [
        'la factura acaba de salir a {mail}.',
        'cambiado el nombre, la tienes en el correo.',
      ],
    },
    deposit: {
      ask: [
        '¿cuándo devolvéis la fianza?',
        'la fianza de {amount} aún no ha llegado.',
        '¿cómo se paga la fianza?',
      ],
      answer: [
        'está liberada hoy, el banco tarda de tres a cinco días en abonar los {amount}.',
        'solo se bloquea en la tarjeta y se suelta a los siete días.',
      ],
    },
    extraGuest: {
      ask: [
        'mi hermano quiere venir, seríamos {n}. ¿Cuánto cuesta?',
        '¿puede quedarse una persona más una noche?',
        'al final somos {n}, ¿está bien?',
      ],
      answer: [
        'siendo {n} son {amount} más por noche, ya está cambiado.',
        'sí, el sofá cama está hecho, {amount} la noche.',
      ],
    },
    cot: {
      ask: [
        'viajamos con un bebé, ¿tenéis cuna?',
        '¿hay trona y cuna de viaje?',
        '¿podría haber una barrera para la escalera?',
      ],
      answer: [
        'hay una cuna con sábanas en el dormitorio grande, gratis.',
        'la trona está en la cocina, la cuna la monto el {day}.',
      ],
    },
    lost: {
      ask: [
        'creo que olvidamos {item} {place}. ¿Lo habéis encontrado?',
        '¿ha aparecido {item}? Estaría {place}.',
        'nos falta {item}, ¿puedes mirar {place}?',
      ],
      answer: [
        '¡apareció {place}! Lo mando mañana, el envío son {amount}.',
        'hemos buscado {place} y por todas partes, nada, lo siento.',
      ],
    },
    noise: {
      ask: [
        'los de arriba gritan desde las {time}, ¿puedes hacer algo?',
        'taladran al lado desde las {time} y la niña no duerme.',
        'otra vez música enfrente, y son las {time}.',
      ],
      answer: [
        'los he llamado, en un momento habrá silencio. Si no, avísame.',
        'las obras acaban a las cinco, no lo sabía. Te descuento {amount}.',
      ],
    },
    broken: {
      ask: [
        'una cosa: {thing} ya no funciona.',
        'se nos ha roto algo, lo siento: {thing}. ¿Cómo lo arreglamos?',
        'para que lo sepas, {thing} no iba cuando llegamos.',
      ],
      answer: [
        'gracias por decirlo. El {day} va alguien a mirar {thing}.',
        'no te preocupes, para eso está el seguro.',
      ],
    },
    dirty: {
      ask: [
        'el baño no está limpio, hay pelos en la ducha.',
        'hemos encontrado migas y un calcetín viejo {place}.',
        'la nevera huele y el suelo está pegajoso.',
      ],
      answer: [
        'eso no puede ser, perdona. A las {time} va la limpieza.',
        'tienes razón. Te devuelvo {amount} de la limpieza.',
      ],
    },
    arrived: {
      ask: [
        'ya estamos, ¡qué sitio!',
        'llegamos bien, los niños ya han elegido cama.',
        'todo perfecto, la vista es mejor que en las fotos.',
      ],
      answer: ['¡qué alegría, a disfrutar!', 'me alegro. Las flores son del mercado, regadlas.'],
    },
    cancel: {
      ask: [
        'tenemos que cancelar, mi marido está ingresado. ¿Qué nos devolvéis?',
        'nos han anulado el vuelo, ¿podemos cancelar?',
        'estoy enferma y no puedo ir.',
      ],
      answer: [
        'lo siento mucho. Te devolvemos {amount} y el resto en un vale hasta el verano.',
        'cancelado, y como faltan más de cinco días se devuelve todo.',
      ],
    },
    dates: {
      ask: [
        '¿podríamos mover la estancia una semana?',
        '¿se puede añadir una noche al final?',
        '¿podemos llegar el {day}, un día después?',
      ],
      answer: [
        'la semana siguiente está libre, cambiado, mismo precio.',
        'lo siento, el {day} entra otra persona.',
      ],
    },
    payment: {
      ask: [
        'el enlace de pago ha caducado, ¿mandas otro?',
        'me rechaza la tarjeta, ¿puedo pagar por transferencia?',
        '¿ha llegado el segundo pago de {amount}?',
      ],
      answer: [
        'aquí tienes otro enlace de {amount}, vale 48 horas.',
        'sí, llegaron {amount} ayer, todo pagado.',
      ],
    },
    surprise: {
      ask: [
        'mi mujer cumple cincuenta el {day}, ¿podéis poner flores y una botella?',
        'es nuestro aniversario, ¿alguna idea para la noche?',
        '¿podéis encargar una tarta para el {day}?',
      ],
      answer: [
        'con gusto: flores y botella en la mesa, {amount} todo.',
        'la tarta está encargada para el {day}, se recoge a las cuatro.',
      ],
    },
    towels: {
      ask: [
        'solo hay {n} toallas, ¿hay más?',
        '¿hay que llevar sábanas y toallas de playa?',
        '¿podemos cambiar las sábanas a mitad?',
      ],
      answer: [
        'hay más toallas en el arcón a los pies de la cama.',
        'sábanas y toallas de baño sí, de playa no.',
      ],
    },
    insects: {
      ask: [
        'hay hormigas por toda la cocina.',
        'los mosquitos no nos dejan dormir.',
        'hay un avispero bajo el tejado, ¿lo sabíais?',
      ],
      answer: [
        'hay cebo debajo del fregadero y el {day} va el técnico.',
        'en el cajón del baño hay un enchufe antimosquitos.',
      ],
    },
    keyStuck: {
      ask: [
        'estamos en la puerta y la llave no gira.',
        'la caja no se abre con el código.',
        'el código no va, lo hemos probado tres veces.',
      ],
      answer: [
        'primero el botón redondo para borrar, luego el código y la palanca hacia abajo.',
        '{host} está cerca, diez minutos. Mil perdones.',
      ],
    },
    cold: {
      ask: [
        'esta mañana no hay agua caliente.',
        'los radiadores están fríos, nos helamos.',
        'la ducha se enfrió a los dos minutos.',
      ],
      answer: [
        'era el calentador, lo he reiniciado desde aquí: media hora.',
        'el técnico llega a las {time} con dos estufas.',
      ],
    },
    slowWifi: {
      ask: [
        'internet va lentísimo y mañana trabajo.',
        'el wifi se corta cada dos por tres.',
        '¿hay un cable para el portátil? Arriba no llega.',
      ],
      answer: [
        'desenchufa el router medio minuto; si no, mando otro el {day}.',
        'hay una avería en toda la calle hasta las {time}.',
      ],
    },
    taxi: {
      ask: [
        '¿nos pides un taxi para el {day} a las {time}?',
        '¿cuánto cuesta un taxi al aeropuerto y a quién llamamos?',
        'somos {n} con maletas, ¿hace falta un taxi grande?',
      ],
      answer: [
        'taxi pedido para las {time}, llamará al timbre.',
        'unos {amount}, mejor pedirlo una hora antes.',
      ],
    },
  },
  reviews: {
    good: [
      '{home} es de esos sitios que se recuerdan. {host} contesta en minutos.',
      'Limpia, acogedora y llena de libros. Las notas de la casa lo explican todo, hasta la basura.',
      'Tal cual se describe, camas estupendas y cuchillos que cortan.',
    ],
    mixed: [
      'Casa preciosa y anfitriona amable, pero el colchón pequeño está vencido.',
      'Muy buena zona. El wifi lento y se oye a los vecinos; {host} hizo lo que pudo.',
    ],
    bad: [
      'El baño no estaba limpio al llegar y hubo que esperar a la tarde.',
      'Por ese precio uno espera un lavavajillas que funcione.',
    ],
  },
};
