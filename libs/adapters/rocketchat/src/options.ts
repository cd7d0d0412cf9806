import type { Clock, Secret } from '#libs/kernel';
import type { Outbound } from '#libs/ports/outbound';

import type { ChatDatabase } from './chat-database.js';

/** What of the chat may be read here at all. */
export interface ChatLimits {
  /** Direct messages between colleagues, for those who are in them. */
  readonly direct: boolean;
  /** Talks with visitors of a site, for their agents. */
  readonly livechat: boolean;
}

/** `INNKEEPER_ROCKETCHAT_STAFF`: roles (by id or name), and `room:<name or id>` for the members of a room. */
export type StaffSetting = readonly string[];

export interface MongodbRocketchatDirectoryOptions extends ChatLimits {
  readonly database: ChatDatabase;
  readonly staff: StaffSetting;
  /** `INNKEEPER_ROCKETCHAT_USER_ID`: our own account is no reader, with any roles. */
  readonly botUserId?: string;
  /** After which a question is denied; 1 s. */
  readonly patienceMs?: number;
}

/** How the bot reaches the chat. */
export interface RocketchatRestOptions {
  /** `INNKEEPER_ROCKETCHAT_URL`, with the path that the server stands under, if any. */
  readonly url: string;
  readonly userId: string;
  readonly authToken: Secret;
  /** Keeps the server's budget, and repeats what may be repeated. */
  readonly outbound: Outbound;
}

export interface RestRocketchatDirectoryOptions extends RocketchatRestOptions, ChatLimits {
  readonly staff: StaffSetting;
  readonly patienceMs?: number;
  /** The same for what is asked in a room: each who reads it takes a call; 3 s. */
  readonly patienceInRoomMs?: number;
}

/** What the chat is asked for answers, and what of ours it should know. The latter is only looked at by `examine`. */
export interface RestRocketchatChatOptions extends RocketchatRestOptions {
  readonly clock: Clock;
  /** Where an integration posts to; missing: we have no public address. */
  readonly webhookUrl?: string;
  /** We have a token to know the integration by. */
  readonly hasToken: boolean;
  /** Words that ask, besides a mention of our account. */
  readonly triggers: readonly string[];
  /** Who may read what is asked of the API too. */
  readonly asksRights: boolean;
}

/** Which rooms become records. */
export interface FollowedRoomsOptions extends ChatLimits {
  /** `INNKEEPER_ROCKETCHAT_USER_ID`: then, of channels and groups, only those that this account is in. */
  readonly botUserId?: string;
  /** `INNKEEPER_ROCKETCHAT_ROOMS`, names or ids: these, in place of those that the account is in. Empty: no list. */
  readonly rooms: readonly string[];
  readonly clock: Clock;
}
