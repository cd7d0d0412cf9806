/**
 * Words of the trade that mean the same: a question with one finds passages with another, in any language. One group a
 * line, its languages apart by `|`, `any` for what every language says. Several words are one thing if they follow each
 * other. They serve questions only, so that a change needs no new index. `docs/how-to/edit-synonyms.md` has the rules.
 */
export const tradeWords = `
any check-in, checkin | en check in, arrival | de Anreise, Ankunft, einchecken | fr arrivée | es llegada, entrada | it arrivo | nl aankomst, inchecken | pl przyjazd, zameldowanie | pt chegada, entrada
any check-out, checkout | en check out, departure | de Abreise, auschecken | fr départ | es salida | it partenza | nl vertrek, uitchecken | pl wyjazd, wymeldowanie | pt saída, partida
en late arrival, late check-in, late check in, arrive late | de späte Anreise, späte Ankunft, spät anreisen, später anreisen | fr arrivée tardive, arriver tard | es llegada tardía, llegar tarde | it arrivo tardivo, arrivo in ritardo, arrivare tardi | nl late aankomst, laat aankomen | pl późny przyjazd | pt chegada tardia, chegar tarde
en early arrival, early check-in, early check in, arrive early | de frühe Anreise, früher anreisen, früher einchecken | fr arrivée anticipée, arriver plus tôt | es llegada anticipada, entrada anticipada, llegar antes | it arrivo anticipato, arrivare prima | nl vroege aankomst, eerder inchecken | pl wczesny przyjazd, wcześniejszy przyjazd | pt chegada antecipada, chegar antes
en late check-out, late checkout, late check out, leave later | de spätere Abreise, später abreisen, später auschecken | fr départ tardif, partir plus tard | es salida tardía, salir más tarde | it partenza posticipata, partire più tardi | nl laat uitchecken, later vertrekken | pl późny wyjazd, późne wymeldowanie | pt saída tardia
en luggage, baggage, suitcase, bags | de Gepäck, Koffer | fr bagages, valise | es equipaje, maleta | it bagagli, valigia | nl bagage, koffer | pl bagaż, walizka | pt bagagem, mala
en airport | de Flughafen | fr aéroport | es aeropuerto | it aeroporto | nl luchthaven, vliegveld | pl lotnisko | pt aeroporto
any shuttle, transfer | en pick-up, pick up, airport transfer | de Abholung, Abholservice | fr navette, transfert | es recogida, traslado | it navetta, trasferimento | nl ophaalservice, pendelbus | pl dowóz | pt traslado, translado
en train station, railway station | de Bahnhof | fr gare | es estación | it stazione | nl treinstation, station | pl dworzec | pt estação
en public transport, bus, tram, subway, metro | de Nahverkehr, ÖPNV, Bus, Straßenbahn, U-Bahn | fr transports en commun, bus, métro | es transporte público, autobús, metro | it mezzi pubblici, autobus, metropolitana | nl openbaar vervoer, bus, metro | pl komunikacja miejska, autobus, tramwaj, metro | pt transportes públicos, ônibus, autocarro, metrô
en key | de Schlüssel | fr clé, clef | es llave | it chiave | nl sleutel | pl klucz | pt chave
en key box, keybox, lockbox, lock box, key safe | de Schlüsselbox, Schlüsselsafe, Schlüsseltresor, Schlüsselkasten | fr boîte à clés, boîte à clé | es caja de llaves, cajetín | it cassetta delle chiavi, cassetta portachiavi | nl sleutelkluis, sleutelkastje | pl skrzynka na klucze, sejf na klucze | pt cofre de chaves, caixa de chaves
en access code, door code, entry code, pin code | de Zugangscode, Türcode, Eingangscode | fr code d'accès, digicode, code de la porte | es código de acceso, código de la puerta | it codice di accesso, codice della porta | nl toegangscode, deurcode | pl kod dostępu, kod do drzwi, kod wejściowy | pt código de acesso, código da porta
en front door, entrance door, main door | de Haustür, Eingangstür | fr porte d'entrée | es puerta de entrada, puerta principal | it porta d'ingresso, portone | nl voordeur | pl drzwi wejściowe | pt porta de entrada
en locked out | de ausgesperrt | fr enfermé dehors | es encerrado fuera, olvidado las llaves | it chiuso fuori | nl buitengesloten | pl zatrzasnąć | pt trancado fora
en lift, elevator | de Aufzug, Fahrstuhl, Lift | fr ascenseur | es ascensor | it ascensore | nl lift | pl winda | pt elevador
en stairs, staircase, steps | de Treppe, Treppenhaus, Stufen | fr escalier, marches | es escaleras, escalones | it scale, gradini | nl trap, trappen | pl schody | pt escadas, degraus
en wheelchair, step-free, accessible | de barrierefrei, Rollstuhl | fr fauteuil roulant, accessible | es silla de ruedas, accesible | it sedia a rotelle, accessibile | nl rolstoel, rolstoeltoegankelijk | pl wózek inwalidzki, niepełnosprawnych | pt cadeira de rodas, acessível
en reception, front desk | de Rezeption, Empfang | fr réception, accueil | es recepción | it reception, accoglienza | nl receptie | pl recepcja | pt recepção
en deposit, security deposit, damage deposit | de Kaution, Sicherheitsleistung | fr caution, dépôt de garantie | es fianza, depósito | it cauzione, deposito cauzionale | nl borg, waarborgsom | pl kaucja | pt caução, depósito
en invoice, receipt, bill | de Rechnung, Quittung, Beleg | fr facture, reçu | es factura, recibo | it fattura, ricevuta | nl factuur, bon, rekening | pl faktura, rachunek, paragon | pt fatura, recibo
en refund, money back, reimbursement | de Rückerstattung, Erstattung, Rückzahlung, Geld zurück | fr remboursement, rembourser | es reembolso, devolución | it rimborso, rimborsare | nl terugbetaling, geld terug | pl zwrot, zwrot pieniędzy | pt reembolso, devolução
en cancel, cancellation | de stornieren, Stornierung, Storno, absagen | fr annuler, annulation | es cancelar, cancelación, anular | it annullare, cancellare, cancellazione, disdetta | nl annuleren, annulering | pl anulować, anulowanie | pt cancelar, cancelamento
en payment, pay | de Zahlung, bezahlen, zahlen | fr paiement, payer | es pago, pagar | it pagamento, pagare | nl betaling, betalen | pl płatność, zapłacić, płacić | pt pagamento, pagar
en price, cost, rate, fee, charge | de Preis, Kosten, kostet, Gebühr | fr prix, coût, coûte, tarif, frais | es precio, coste, cuesta, tarifa | it prezzo, costo, costa, tariffa | nl prijs, kosten, kost, tarief | pl cena, koszt, kosztuje, opłata | pt preço, custo, custa, taxa
any gratis | en free, complimentary, free of charge | de kostenlos, kostenfrei, umsonst | fr gratuit | es gratuito | it gratuito | nl kosteloos | pl bezpłatny, darmowy, za darmo | pt gratuito, grátis
en cleaning fee | de Endreinigung, Reinigungsgebühr | fr frais de ménage | es gastos de limpieza, tarifa de limpieza | it spese di pulizia | nl schoonmaakkosten | pl opłata za sprzątanie | pt taxa de limpeza
en tourist tax, city tax | de Kurtaxe, Citytax, City-Tax, Bettensteuer, Gästetaxe | fr taxe de séjour | es tasa turística | it tassa di soggiorno | nl toeristenbelasting | pl opłata klimatyczna, opłata miejscowa | pt taxa turística
en discount | de Rabatt, Nachlass, Ermäßigung | fr réduction, remise | es descuento | it sconto | nl korting | pl zniżka, rabat | pt desconto
en breakfast | de Frühstück | fr petit déjeuner, petit-déjeuner | es desayuno | it colazione | nl ontbijt | pl śniadanie | pt pequeno-almoço, café da manhã
en booking, reservation | de Buchung, Reservierung | fr réservation | es reserva | it prenotazione | nl boeking, reservering | pl rezerwacja | pt reserva
en credit card | de Kreditkarte | fr carte bancaire, carte de crédit | es tarjeta de crédito, tarjeta | it carta di credito | nl creditcard | pl karta kredytowa | pt cartão de crédito
any wifi, wi-fi, wlan, internet | en wireless | de W-Lan | es conexión | pl sieć
en password | de Passwort, Kennwort, WLAN-Schlüssel | fr mot de passe | es contraseña, clave | it password | nl wachtwoord | pl hasło | pt senha, palavra-passe
any tv | en television | de Fernseher, Fernsehen | fr télévision, télé, téléviseur | es televisión, televisor, tele | it televisione, televisore | nl televisie | pl telewizor, telewizja | pt televisão
en heating, heater, radiator | de Heizung, Heizkörper, heizen | fr chauffage, radiateur | es calefacción, radiador | it riscaldamento, termosifone | nl verwarming, radiator | pl ogrzewanie, grzejnik, kaloryfer | pt aquecimento, aquecedor
en air conditioning, air conditioner, aircon, AC | de Klimaanlage, Klima | fr climatisation, clim, climatiseur | es aire acondicionado | it aria condizionata, climatizzatore, condizionatore | nl airco, airconditioning | pl klimatyzacja, klimatyzator | pt ar condicionado
en hot water, boiler, water heater | de Warmwasser, warmes Wasser, heißes Wasser, Boiler | fr eau chaude, chauffe-eau | es agua caliente, calentador | it acqua calda, scaldabagno, caldaia | nl warm water, boiler | pl ciepła woda, bojler | pt água quente, esquentador
en electricity, power, fuse, fuse box, breaker | de Strom, Sicherung, Sicherungskasten | fr électricité, courant, disjoncteur, fusible | es electricidad, luz, fusible, cuadro eléctrico | it corrente, elettricità, contatore, quadro elettrico | nl stroom, stoppenkast, meterkast | pl prąd, bezpieczniki, bezpiecznik | pt eletricidade, luz, quadro elétrico, disjuntor
en towel | de Handtuch, Handtücher, Badetuch | fr serviette, drap de bain | es toalla | it asciugamano, asciugamani | nl handdoek | pl ręcznik | pt toalha
en bed linen, bedding, sheets, linen | de Bettwäsche, Bettzeug, Laken | fr linge de lit, draps, literie | es sábanas, ropa de cama | it lenzuola, biancheria da letto | nl beddengoed, lakens | pl pościel | pt roupa de cama, lençóis
en bed | de Bett | fr lit | es cama | it letto | nl bed | pl łóżko | pt cama
en cot, crib, baby bed | de Kinderbett, Babybett, Gitterbett, Reisebett | fr lit bébé, lit parapluie | es cuna | it culla, lettino | nl kinderbedje, babybedje, campingbedje | pl łóżeczko | pt berço
en high chair, highchair | de Hochstuhl, Kinderstuhl, Kinderhochstuhl | fr chaise haute | es trona | it seggiolone | nl kinderstoel | pl krzesełko do karmienia | pt cadeira alta, cadeirinha
en hairdryer, hair dryer | de Haartrockner, Föhn, Fön | fr sèche-cheveux | es secador | it asciugacapelli, phon | nl haardroger, föhn | pl suszarka do włosów | pt secador de cabelo
en iron, ironing board | de Bügeleisen, Bügelbrett | fr fer à repasser | es plancha | it ferro da stiro | nl strijkijzer, strijkplank | pl żelazko | pt ferro de engomar, ferro de passar
en washing machine, washer, laundry | de Waschmaschine, Wäsche waschen | fr machine à laver, lave-linge | es lavadora | it lavatrice | nl wasmachine | pl pralka | pt máquina de lavar roupa
en dryer, tumble dryer | de Trockner, Wäschetrockner | fr sèche-linge | es secadora | it asciugatrice | nl droger, wasdroger | pl suszarka | pt máquina de secar, secadora
en dishwasher | de Spülmaschine, Geschirrspüler | fr lave-vaisselle | es lavavajillas | it lavastoviglie | nl vaatwasser, afwasmachine | pl zmywarka | pt lava-louças, máquina de lavar louça
en oven | de Backofen, Ofen | fr four | es horno | it forno | nl oven | pl piekarnik | pt forno
en stove, hob, cooker, cooktop | de Herd, Kochfeld, Herdplatte | fr cuisinière, plaque de cuisson | es vitrocerámica, fogones | it fornello, piano cottura | nl fornuis, kookplaat | pl kuchenka, płyta | pt fogão
en microwave | de Mikrowelle | fr micro-ondes | es microondas | it microonde | nl magnetron | pl mikrofalówka, mikrofala | pt micro-ondas
en fridge, refrigerator, freezer | de Kühlschrank, Gefrierfach | fr frigo, réfrigérateur | es nevera, frigorífico | it frigorifero, frigo | nl koelkast | pl lodówka | pt geladeira, frigorífico
en coffee machine, coffee maker | de Kaffeemaschine | fr machine à café, cafetière | es cafetera | it macchina del caffè, macchina da caffè | nl koffiezetapparaat, koffiemachine | pl ekspres do kawy | pt máquina de café, cafeteira
en kettle | de Wasserkocher | fr bouilloire | es hervidor | it bollitore | nl waterkoker | pl czajnik | pt chaleira
en kitchen | de Küche | fr cuisine | es cocina | it cucina | nl keuken | pl kuchnia | pt cozinha
en shower | de Dusche | fr douche | es ducha | it doccia | nl douche | pl prysznic | pt chuveiro, duche
en bathroom | de Badezimmer, Bad | fr salle de bain, salle de bains | es baño | it bagno | nl badkamer | pl łazienka | pt banheiro, casa de banho
any wc | en toilet | de Toilette, Klo | fr toilettes | es aseo, inodoro | it gabinetto | nl toilet | pl toaleta, ubikacja | pt sanita, vaso sanitário
en toilet paper | de Klopapier, Toilettenpapier | fr papier toilette | es papel higiénico | it carta igienica | nl toiletpapier, wc-papier | pl papier toaletowy | pt papel higiênico, papel higiénico
en bedroom | de Schlafzimmer | fr chambre | es dormitorio | it camera da letto | nl slaapkamer | pl sypialnia | pt quarto
en sofa bed, pull-out couch | de Schlafsofa, Schlafcouch | fr canapé-lit, clic-clac | es sofá cama | it divano letto | nl slaapbank | pl rozkładana kanapa, sofa rozkładana | pt sofá-cama, sofá cama
en balcony, terrace | de Balkon, Terrasse | fr balcon, terrasse | es balcón, terraza | it balcone, terrazza | nl balkon, terras | pl balkon, taras | pt varanda, terraço
en garden, yard | de Garten | fr jardin | es jardín | it giardino | nl tuin | pl ogród | pt jardim
en swimming pool, pool | de Schwimmbad, Pool | fr piscine | es piscina | it piscina | nl zwembad | pl basen | pt piscina
any jacuzzi, whirlpool | en hot tub | fr bain à remous, spa | es hidromasaje | it idromassaggio | nl bubbelbad | pl wanna z hydromasażem | pt hidromassagem
en gym, fitness room, fitness centre | de Fitnessraum, Fitnessstudio | fr salle de sport, salle de fitness | es gimnasio | it palestra | nl sportschool, fitnessruimte | pl siłownia | pt academia, ginásio
en barbecue, bbq, grill | de Grill, grillen | fr barbecue | es barbacoa | it barbecue, griglia | nl barbecue | pl grill | pt churrasqueira
en fireplace, wood stove | de Kamin, Kaminofen | fr cheminée, poêle | es chimenea | it camino, stufa | nl open haard, houtkachel | pl kominek | pt lareira
en view | de Aussicht, Ausblick, Meerblick | fr vue | es vistas | it vista | nl uitzicht | pl widok | pt vista
en safe | de Tresor, Safe | fr coffre-fort, coffre | es caja fuerte | it cassaforte | nl kluis | pl sejf | pt cofre
en parking, car park, parking space, parking lot, park | de Parkplatz, Stellplatz, parken, Parkhaus | fr parking, stationnement, place de parking, se garer | es aparcamiento, estacionamiento, aparcar, plaza de garaje | it parcheggio, parcheggiare, posto auto | nl parkeren, parkeerplaats | pl parking, miejsce parkingowe, zaparkować | pt estacionamento, estacionar
en garage, underground parking | de Garage, Tiefgarage | fr garage, parking souterrain | es garaje | it garage, autorimessa | nl garage, parkeergarage | pl garaż | pt garagem
en electric car, ev charging, charging station, wallbox | de Ladestation, Elektroauto, Wallbox | fr borne de recharge, voiture électrique | es coche eléctrico, punto de carga | it colonnina, auto elettrica | nl laadpaal, elektrische auto | pl stacja ładowania | pt carro elétrico, posto de carregamento
en bicycle, bike | de Fahrrad, Fahrräder | fr vélo | es bicicleta, bici | it bicicletta, bici | nl fiets | pl rower | pt bicicleta
en pet, dog, cat | de Haustier, Hund, Katze | fr animal, animaux, chien, chat | es mascota, perro, gato | it animali, animale, cane, gatto | nl huisdier, hond, kat | pl zwierzę, zwierzęta, pies, kot | pt animais, animal de estimação, cachorro, cão
en smoking, smoke | de rauchen, Raucher, Nichtraucher | fr fumer, fumeur | es fumar, fumadores | it fumare, fumatori | nl roken | pl palenie, palić | pt fumar
en party, event | de Feier, feiern, Party, Partys | fr fête | es fiesta | it festa | nl feest, feestje | pl impreza | pt festa
en noise, loud, quiet hours | de Lärm, laut, Ruhezeiten, Nachtruhe | fr bruit, bruyant | es ruido, ruidoso | it rumore, rumoroso | nl lawaai, geluidsoverlast | pl hałas, cisza nocna | pt barulho, ruído
en rubbish, trash, garbage, bin, waste, recycling | de Müll, Mülltonne, Abfall, Mülltrennung | fr poubelle, ordures, déchets, tri | es basura, contenedor, reciclaje | it spazzatura, rifiuti, immondizia | nl vuilnis, afval, vuilnisbak | pl śmieci, kosz, odpady | pt lixo, reciclagem
en house rules | de Hausordnung, Hausregeln | fr règlement intérieur | es normas de la casa | it regole della casa | nl huisregels | pl regulamin | pt regras da casa
en children, kids, child | de Kinder, Kind | fr enfants, enfant | es niños, niño | it bambini, bambino | nl kinderen, kind | pl dzieci, dziecko | pt crianças, criança
en visitors, extra guests, extra person | de Besuch, Besucher, zusätzliche Person | fr invités, visiteurs | es visitas, invitados | it visitatori, ospiti | nl bezoek, bezoekers | pl odwiedziny, goście | pt visitas, visitantes
en cleaning, cleaner, housekeeping | de Reinigung, putzen, Putzfrau | fr nettoyage, ménage | es limpieza, limpiar | it pulizia, pulizie | nl schoonmaak, schoonmaken | pl sprzątanie | pt limpeza
en dirty, unclean | de schmutzig, dreckig | fr sale | es sucio | it sporco | nl vies, vuil | pl brudny, brudno | pt sujo
en broken, defective, out of order, not working, doesn't work, does not work | de kaputt, defekt, funktioniert nicht, geht nicht | fr cassé, en panne, ne marche pas, ne fonctionne pas | es roto, estropeado, averiado, no funciona | it rotto, guasto, non funziona | nl kapot, stuk, werkt niet, defect | pl zepsuty, nie działa | pt quebrado, avariado, não funciona
en leak, water leak | de Leck, Wasserschaden, undicht | fr fuite | es fuga, gotera | it perdita, infiltrazione | nl lekkage, lek | pl wyciek, przeciek | pt vazamento, fuga
en damage | de Schaden, Beschädigung | fr dégât, dommage | es daño, desperfecto | it danno | nl schade | pl szkoda, uszkodzenie | pt dano, estrago
en lost and found, left behind, lost property, forgot | de vergessen, liegengelassen, Fundsache | fr objet trouvé, oublié | es objetos perdidos, olvidado | it oggetti smarriti, dimenticato | nl gevonden voorwerpen, vergeten | pl zgubione, zapomnieć | pt perdidos e achados, esquecido, esqueci
en emergency | de Notfall, Notruf | fr urgence | es emergencia | it emergenza | nl noodgeval | pl nagły wypadek, awaria | pt emergência
en first aid, first-aid kit | de Erste Hilfe, Verbandskasten | fr premiers secours, trousse de secours | es primeros auxilios, botiquín | it pronto soccorso, primo soccorso | nl ehbo, verbanddoos | pl apteczka, pierwsza pomoc | pt primeiros socorros
en smoke detector, smoke alarm | de Rauchmelder | fr détecteur de fumée | es detector de humo | it rilevatore di fumo | nl rookmelder | pl czujnik dymu | pt detector de fumo, detector de fumaça
en doctor | de Arzt | fr médecin | es médico | it medico, dottore | nl dokter, huisarts | pl lekarz | pt médico
en pharmacy | de Apotheke | fr pharmacie | es farmacia | it farmacia | nl apotheek | pl apteka | pt farmácia
en supermarket, grocery store, groceries | de Supermarkt, Lebensmittel | fr supermarché | es supermercado | it supermercato | nl supermarkt, boodschappen | pl supermarket, sklep | pt supermercado, mercearia
en beach | de Strand | fr plage | es playa | it spiaggia | nl strand | pl plaża | pt praia
en apartment, flat | de Wohnung, Ferienwohnung, Apartment | fr appartement, logement | es apartamento, piso | it appartamento | nl appartement | pl mieszkanie, apartament | pt apartamento
en house, holiday home | de Haus, Ferienhaus | fr maison | es casa | it casa | nl huis, vakantiehuis | pl dom | pt casa
en room | de Zimmer | fr chambre, pièce | es habitación, cuarto | it camera, stanza | nl kamer | pl pokój | pt quarto
en host, owner, landlord | de Gastgeber, Vermieter, Eigentümer | fr hôte, propriétaire | es anfitrión, propietario | it proprietario | nl gastheer, eigenaar, verhuurder | pl gospodarz, właściciel | pt anfitrião, proprietário
en phone number, telephone | de Telefonnummer, Handynummer, Rufnummer | fr numéro de téléphone, téléphone | es número de teléfono, teléfono | it numero di telefono, telefono | nl telefoonnummer, telefoon | pl numer telefonu, telefon | pt número de telefone, telefone, telemóvel
en address, directions | de Adresse, Anschrift, Anfahrt, Wegbeschreibung | fr adresse, itinéraire | es dirección, indicaciones | it indirizzo, indicazioni | nl adres, routebeschrijving | pl adres, dojazd | pt morada, endereço
en extend, extension, stay longer | de verlängern, Verlängerung, länger bleiben | fr prolonger, prolongation, rester plus longtemps | es prolongar, ampliar, quedarnos más | it prolungare, restare di più | nl verlengen, langer blijven | pl przedłużyć, zostać dłużej | pt prorrogar, ficar mais tempo
`;
