import { z } from 'zod';

import { setting } from './setting.js';
import { whole } from './values.js';

/** What answers by a language model may cost, and how long one waits for it. */
export const answers = z.object({
  perPersonDay: setting(
    {
      name: 'INNKEEPER_ANSWERS_PER_PERSON_DAY',
      means:
        'Answers by the language model for one person on one day; after that answers are extracts.',
      expects: 'a whole number from 0 to 1000000',
      byDefault: '200',
    },
    whole(0, 1_000_000),
  ),
  perRoomDay: setting(
    {
      name: 'INNKEEPER_ANSWERS_PER_ROOM_DAY',
      means:
        'Answers by the language model in one room of the chat on one day; after that answers in it are extracts and say so.',
      expects: 'a whole number from 0 to 1000000',
      byDefault: '500',
    },
    whole(0, 1_000_000),
  ),
  tokensPerDay: setting(
    {
      name: 'INNKEEPER_ANSWERS_TOKENS_PER_DAY',
      means: 'Tokens of the language model for everybody on one day, read and written.',
      expects: 'a whole number from 0 to 100000000000',
      byDefault: '2000000',
    },
    whole(0, 100_000_000_000),
  ),
  tokensPerPersonDay: setting(
    {
      name: 'INNKEEPER_ANSWERS_TOKENS_PER_PERSON_DAY',
      means:
        'Tokens of the language model for one person on one day, read and written; after that this person’s answers are extracts.',
      expects: 'a whole number from 0 to 100000000000',
      byDefault: '500000',
    },
    whole(0, 100_000_000_000),
  ),
  tokensPerRoomDay: setting(
    {
      name: 'INNKEEPER_ANSWERS_TOKENS_PER_ROOM_DAY',
      means:
        'Tokens of the language model in one room of the chat on one day; after that answers in it are extracts.',
      expects: 'a whole number from 0 to 100000000000',
      byDefault: '1000000',
    },
    whole(0, 100_000_000_000),
  ),
  centsPerDay: setting(
    {
      name: 'INNKEEPER_ANSWERS_CENTS_PER_DAY',
      means:
        'What the language model may cost on one day, by the prices that are set; without prices nothing is counted.',
      expects: 'a whole number from 0 to 100000000',
      byDefault: '500',
    },
    whole(0, 100_000_000),
  ),
  centsPerPersonDay: setting(
    {
      name: 'INNKEEPER_ANSWERS_CENTS_PER_PERSON_DAY',
      means:
        'What the language model may cost for one person on one day, by the prices that are set; after that this person’s answers are extracts.',
      expects: 'a whole number from 0 to 100000000',
      byDefault: '125',
    },
    whole(0, 100_000_000),
  ),
  centsPerRoomDay: setting(
    {
      name: 'INNKEEPER_ANSWERS_CENTS_PER_ROOM_DAY',
      means:
        'What the language model may cost in one room of the chat on one day; after that answers in it are extracts.',
      expects: 'a whole number from 0 to 100000000',
      byDefault: '250',
    },
    whole(0, 100_000_000),
  ),
  firstWordMs: setting(
    {
      name: 'INNKEEPER_ANSWERS_FIRST_WORD_MS',
      means:
        'How long one waits for the first word of the language model, and for the next; then the answer is an extract. Raise it for a slow server of your own.',
      expects: 'milliseconds from 100 to 120000',
      byDefault: '1500',
    },
    whole(100, 120_000),
  ),
  wholeMs: setting(
    {
      name: 'INNKEEPER_ANSWERS_WHOLE_MS',
      means: 'How long the language model may take for a whole answer.',
      expects: 'milliseconds from 1000 to 600000',
      byDefault: '15000',
    },
    whole(1_000, 600_000),
  ),
  standIns: setting(
    {
      name: 'INNKEEPER_MODEL_STAND_INS',
      means:
        'Whether names of people, phone numbers, mail addresses and card numbers go to the language model as stand-ins, and come back in the answer.',
      expects: 'on or off',
      byDefault: 'off',
    },
    z.enum(['on', 'off']).transform((text) => text === 'on'),
  ),
});
