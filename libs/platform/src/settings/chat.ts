import { z } from 'zod';

import { setting } from './setting.js';
import { list, plainUrl, secret, word } from './values.js';

/** Printable, without a comma or a space around it: names of rooms may be in any script. */
const roomName = z.string().regex(/^[^\p{C}\p{Z},][^\p{C},]{0,127}$/u);

const onOrOff = z.enum(['on', 'off']).transform((text) => text === 'on');

/** A database that we only read. */
export const followedDatabaseUrl = z
  .string()
  .regex(/^mongodb(\+srv)?:\/\/.+/)
  .pipe(secret);

/** Rocket.Chat’s own data: what is followed of it, and who may read what. The account is the provider’s area. */
export const chat = z.object({
  url: setting(
    {
      name: 'INNKEEPER_ROCKETCHAT_URL',
      means:
        'Where Rocket.Chat answers. With INNKEEPER_ROCKETCHAT_USER_ID and INNKEEPER_ROCKETCHAT_AUTH_TOKEN its REST API is asked, where its database is not to be had.',
      expects: 'http://… or https://… without a user',
    },
    plainUrl.optional(),
  ),
  authToken: setting(
    {
      name: 'INNKEEPER_ROCKETCHAT_AUTH_TOKEN',
      means: 'A personal access token of our account in Rocket.Chat.',
      expects:
        'a token of printable letters, and INNKEEPER_ROCKETCHAT_URL and INNKEEPER_ROCKETCHAT_USER_ID besides',
      secret: true,
    },
    z
      .string()
      .regex(/^[\x21-\x7e]{8,}$/)
      .pipe(secret)
      .optional(),
  ),
  mongodbUrl: setting(
    {
      name: 'INNKEEPER_ROCKETCHAT_MONGODB_URL',
      means:
        'Rocket.Chat’s replica set, with a user that may only read. With it messages, rooms, members and people are followed, and who may read what is asked there.',
      expects: 'mongodb://… or mongodb+srv://…',
      secret: true,
    },
    followedDatabaseUrl.optional(),
  ),
  mongodbDatabase: setting(
    {
      name: 'INNKEEPER_ROCKETCHAT_MONGODB_DATABASE',
      means: 'Rocket.Chat’s database.',
      expects: 'letters, digits, hyphens and underscores',
      byDefault: 'rocketchat',
    },
    word,
  ),
  staff: setting(
    {
      name: 'INNKEEPER_ROCKETCHAT_STAFF',
      means:
        'Whom of Rocket.Chat’s users business records are for: those with one of these roles, or in one of these rooms. Without it they are for nobody who is asked for there.',
      expects: 'roles or room:<name>, separated by commas',
    },
    list
      .pipe(
        z.array(
          z.union([z.string().regex(/^[\w.-]{1,100}$/), z.templateLiteral(['room:', roomName])]),
        ),
      )
      .optional()
      .transform((staff): readonly string[] => staff ?? []),
  ),
  triggers: setting(
    {
      name: 'INNKEEPER_ROCKETCHAT_TRIGGERS',
      means:
        'Words that a message in a room begins with when it asks us, beside a mention of our account. In a direct message with our account every message asks.',
      expects: 'words without spaces, such as !ask, separated by commas',
    },
    list
      .pipe(z.array(z.string().regex(/^[^\s,]{1,50}$/)).max(20))
      .optional()
      .transform((triggers): readonly string[] => triggers ?? []),
  ),
  rooms: setting(
    {
      name: 'INNKEEPER_ROCKETCHAT_ROOMS',
      means:
        'Rooms that are followed, by name or id, and their discussions. Without it: those that INNKEEPER_ROCKETCHAT_USER_ID is in; without that, all channels and private groups.',
      expects: 'names or ids of rooms, separated by commas',
    },
    list
      .pipe(z.array(roomName))
      .optional()
      .transform((rooms): readonly string[] => rooms ?? []),
  ),
  direct: setting(
    {
      name: 'INNKEEPER_ROCKETCHAT_DIRECT',
      means:
        'Whether direct messages between colleagues are a source of answers for those who wrote them. Those with our account are followed in any case, and one can ask there.',
      expects: 'on or off',
      byDefault: 'off',
    },
    onOrOff,
  ),
  livechat: setting(
    {
      name: 'INNKEEPER_ROCKETCHAT_LIVECHAT',
      means: 'Whether conversations of guests in livechat are followed.',
      expects: 'on or off',
      byDefault: 'off',
    },
    onOrOff,
  ),
});
