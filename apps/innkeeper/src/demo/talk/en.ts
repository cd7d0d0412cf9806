import type { DemoTalk } from '../demo-talk.js';

export const english: DemoTalk = {
  hello: ['Hi {host},', 'Hello,', 'Good morning,', 'Hi there!', 'Hey {host}, quick one:', ''],
  hostHello: ['Hi {guest},', 'Hello {guest},', 'Dear {guest},', 'Morning {guest}!'],
  bye: ['Thanks, {guest}', 'Best, {guest}', 'Cheers', '', 'Many thanks in advance!', ''],
  hostBye: ['Best, {host}', 'Enjoy {home}! {host}', 'Shout if anything is unclear. {host}', ''],
  thanks: [
    'Perfect, thank you!',
    'Brilliant, that was quick.',
    'Got it, all sorted now.',
    'That did the trick, thanks a lot.',
    'Lovely, see you soon.',
  ],
  items: [
    'a navy raincoat',
    'a Kindle in a red case',
    'my reading glasses',
    'a silver bracelet',
    'a phone charger',
    'the stuffed rabbit of our daughter',
    'a pair of hiking boots',
  ],
  places: [
    'behind the sofa',
    'under the bed',
    'in the bathroom cabinet',
    'on the coat rack',
    'in the drawer of the bedside table',
  ],
  things: [
    'the dishwasher',
    'the blind in the bedroom',
    'the toaster',
    'the shower head',
    'the bedside lamp',
    'the television',
  ],
  asks: {
    wifi: [
      'what is the wifi password?',
      'could you send me the network name and password once more?',
      'our phones cannot find the wifi, what is it called?',
    ],
    access: [
      'how do we get in when we arrive?',
      'where do we find the keys?',
      'is there a key box, and what is the code?',
    ],
    parking: [
      'where can we leave the car?',
      'is parking included, or do we need a garage?',
      'we come with two cars, is there space?',
    ],
    heating: [
      'how does the heating work?',
      'it is rather chilly, where do I set the temperature?',
      'do you have air conditioning or a fan?',
    ],
    waste: [
      'when is the rubbish collected and which bin is which?',
      'where do we bring the recycling?',
      'what do we do with the bin bags?',
    ],
    kitchen: [
      'the cooker does not come on, is there a trick?',
      'is there anything we should know about the kitchen?',
      'how do I start the oven?',
    ],
    laundry: [
      'is there a washing machine, and can we dry things?',
      'where do we do laundry?',
      'may we use the dryer?',
    ],
    power: [
      'half the lights went out, where is the fuse box?',
      'the sockets are dead, which switch is it?',
      'where are the fuses, please?',
    ],
    quirks: [
      'anything special we should know about the house?',
      'is there something odd we should look out for?',
      'any house secrets before we come?',
    ],
    area: [
      'where is the nearest pharmacy?',
      'where would you buy bread in the morning?',
      'could you recommend somewhere to eat?',
    ],
    transport: [
      'how do we get there without a car?',
      'which bus or train do we take to the centre?',
      'how far is the station?',
    ],
    checkout: [
      'when do we have to be out, and what should we do?',
      'what needs doing before we leave?',
      'where does the key go when we leave?',
    ],
    rules: ['may we bring our dog?', 'are there quiet hours?', 'is smoking allowed outside?'],
  },
  topics: {
    late: {
      ask: [
        'our flight is delayed, we will only be there around {time}. Is that a problem?',
        'we are stuck in traffic and arrive at about {time}, can we still get in?',
        'late check-in question: the last train gets us to you at {time}. Fine?',
      ],
      answer: [
        'no problem at all, you can check yourselves in at {time}. I leave the light on.',
        'thanks for telling me, {time} is fine. Please be quiet in the hall, the neighbours are asleep by then.',
      ],
    },
    early: {
      ask: [
        'we land early, could we check in at {time}?',
        'any chance of an early check-in on {day}, around {time}?',
        'may we come already at {time}, just to drop things and change?',
      ],
      answer: [
        'the cleaners finish at about {time}, so yes, come then.',
        'sadly there is a departure that morning, I can do {time} at the earliest.',
      ],
    },
    lateOut: {
      ask: [
        'could we stay a little longer on the last day, until {time}?',
        'our ferry leaves in the evening, is a late check-out possible?',
        'would it be possible to leave at {time}?',
      ],
      answer: [
        'nobody arrives that day, so stay until {time}, no charge.',
        'I can offer you {time} for {amount}, the cleaners would come later.',
      ],
    },
    luggage: {
      ask: [
        'can we leave our suitcases somewhere after check-out?',
        'is there luggage storage? We have {n} bags.',
        'could we drop the bags before check-in?',
      ],
      answer: [
        'of course, bring the {n} bags into the hall, the cleaner knows.',
        'please use the lockers at the station, we have another arrival and no room.',
      ],
    },
    invoice: {
      ask: [
        'I need an invoice made out to my company, Aldgate Surveyors Ltd.',
        'could you send me a receipt with VAT to {mail}?',
        'for my tax return I need the bill for our stay.',
      ],
      answer: [
        'the invoice went to {mail} this minute.',
        'I have changed the name on the invoice; it is in your inbox.',
      ],
    },
    deposit: {
      ask: [
        'when do we get the deposit back?',
        'the deposit of {amount} has not arrived yet.',
        'how do you take the security deposit?',
      ],
      answer: [
        'it was released today, your bank needs three to five working days for the {amount}.',
        'we only block it on the card and let it go within seven days after you leave.',
      ],
    },
    extraGuest: {
      ask: [
        'my brother would like to join us, so we would be {n}. What would it cost?',
        'can one more person stay for one night?',
        'we are now {n} instead of what I booked, is that all right?',
      ],
      answer: [
        'with {n} people it is {amount} more a night, I have changed the booking.',
        'yes, the sofa bed is made up for you, {amount} for the night.',
      ],
    },
    cot: {
      ask: [
        'we travel with a baby, do you have a cot?',
        'is there a high chair and a travel cot?',
        'would it be possible to get a stair gate for our toddler?',
      ],
      answer: [
        'a cot with linen stands ready in the larger bedroom, free of charge.',
        'a high chair is in the kitchen, and I put the cot up on {day}.',
      ],
    },
    lost: {
      ask: [
        'I think we left {item} {place}. Has anybody found it?',
        'did the cleaner find {item}? It must be {place}.',
        'we are home and {item} is missing, could you look {place}?',
      ],
      answer: [
        'found! {item} was {place}. I post it tomorrow, postage is {amount}.',
        'we looked {place} and everywhere else and found nothing, I am sorry.',
      ],
    },
    noise: {
      ask: [
        'the people upstairs have been shouting since {time}, can you do something?',
        'there is drilling next door since {time} and the baby cannot sleep.',
        'loud music from the house opposite again, it is {time}.',
      ],
      answer: [
        'I have called them, it should be quiet in a few minutes. Tell me if it is not.',
        'the works end at five, I had no notice of them. I take {amount} off your stay.',
      ],
    },
    broken: {
      ask: [
        '{thing} does not work any more.',
        'I am afraid we broke {thing}. How do we settle that?',
        '{thing} was broken when we came, just so you know.',
      ],
      answer: [
        'thank you for saying so. Somebody comes to look at {thing} on {day}.',
        'please do not worry about {thing}, that is what the insurance is for.',
      ],
    },
    dirty: {
      ask: [
        'the bathroom has not been cleaned properly, there is hair in the shower.',
        'we found crumbs and an old sock {place}, not what we expected.',
        'the fridge smells and the floor is sticky.',
      ],
      answer: [
        'that must not happen, I am sorry. The cleaner is with you at {time}.',
        'you are right to complain. I refund {amount} of the cleaning fee.',
      ],
    },
    arrived: {
      ask: [
        'we are in, what a place!',
        'arrived safely, the children have already chosen their beds.',
        'all good here, the view is even better than the pictures.',
      ],
      answer: [
        'wonderful, have a good time!',
        'glad to hear it. The flowers are from the market, do water them.',
      ],
    },
    cancel: {
      ask: [
        'we have to cancel, my husband is in hospital. What do we get back?',
        'unfortunately our flights were cancelled, can we cancel too?',
        'I tested positive this morning and cannot come.',
      ],
      answer: [
        'I am sorry to hear that. You get {amount} back, the rest as a voucher until next summer.',
        'cancelled, and because it is more than five days before, everything goes back to you.',
      ],
    },
    dates: {
      ask: [
        'could we move our stay by a week?',
        'is it possible to add a night at the end?',
        'may we come on {day} instead, one day later?',
      ],
      answer: [
        'the week after is free, I moved you and the price stays the same.',
        'sorry, somebody else arrives on {day}, so no extra night.',
      ],
    },
    payment: {
      ask: [
        'the payment link says expired, could you send a new one?',
        'my card was declined, can I pay by bank transfer?',
        'have you received the second payment of {amount}?',
      ],
      answer: [
        'here is a new link for {amount}, it is good for 48 hours.',
        'yes, {amount} arrived yesterday, you are all paid.',
      ],
    },
    surprise: {
      ask: [
        'it is my wife’s fiftieth on {day}, could you put flowers and a bottle in the room?',
        'we celebrate our anniversary, any idea for a nice evening?',
        'could you arrange a birthday cake for {day}?',
      ],
      answer: [
        'with pleasure: flowers and a bottle will stand on the table, {amount} in all.',
        'I have ordered a cake for {day}, please collect it at four.',
      ],
    },
    towels: {
      ask: [
        'there are only {n} towels, could we have more?',
        'do we need to bring beach towels and bed linen?',
        'could we get fresh sheets in the middle of the stay?',
      ],
      answer: [
        'more towels are in the chest at the end of the bed.',
        'linen and bath towels are there, beach towels are not.',
      ],
    },
    insects: {
      ask: [
        'there are ants all over the kitchen counter.',
        'we have a mosquito problem in the bedroom.',
        'a wasp nest hangs under the roof, is that known?',
      ],
      answer: [
        'bait for the ants is under the sink, and the man comes on {day}.',
        'there is a plug against mosquitoes in the bathroom drawer, it works wonders.',
      ],
    },
    keyStuck: {
      ask: [
        'we are at the door and the key will not turn!',
        'the box does not open with the code you sent.',
        'the code does not work, we tried three times.',
      ],
      answer: [
        'clear it first with the round button, then the code, then push the lever down.',
        'I am calling {host} who is nearby, ten minutes. I am so sorry.',
      ],
    },
    cold: {
      ask: [
        'there is no hot water this morning.',
        'the radiators stay cold and it is freezing in here.',
        'the shower turned cold after two minutes.',
      ],
      answer: [
        'that was the boiler, I have restarted it from here: give it half an hour.',
        'a fitter is on his way and two electric heaters come with him at {time}.',
      ],
    },
    slowWifi: {
      ask: [
        'the internet is very slow, I have to work tomorrow.',
        'we lose the wifi every few minutes.',
        'is there a cable for the laptop? The signal upstairs is hopeless.',
      ],
      answer: [
        'please pull the plug of the router for half a minute; if it stays slow I send a second one on {day}.',
        'the provider has a fault in the whole street until about {time}.',
      ],
    },
    taxi: {
      ask: [
        'could you book us a taxi to the station for {time} on {day}?',
        'how much is a taxi to the airport, and whom do we call?',
        'we are {n} with bags, do we need a large taxi?',
      ],
      answer: [
        'a taxi is ordered for {time}, they ring the bell.',
        'about {amount}, best to order an hour before.',
      ],
    },
  },
  reviews: {
    good: [
      'We have stayed in many places and {home} is the one we talk about. {host} answered within minutes.',
      'Spotless, warm and full of books. The notes in the house explain everything, even the bins.',
      'Five people, four days, not one quarrel. The beds are superb and the kitchen has sharp knives!',
      'Exactly as described. The host told us where to eat and we followed every word of it.',
    ],
    mixed: [
      'Beautiful home and a kind host, but the mattress in the small room has had its day.',
      'Great location. The wifi was slow and we could hear the neighbours; {host} did what could be done.',
      'We loved {home}. Arrival was confusing in the dark, a lamp at the door would help.',
    ],
    bad: [
      'The bathroom was not clean when we came and it took until evening to put it right.',
      'For this price we expected a working dishwasher. We washed up by hand for a week.',
    ],
  },
};
