import type { FakeRocketchat } from '#libs/testing';

export const BOT = {
  id: 'bbbbbbbbbbbbbbbbb',
  userName: 'innkeeper',
  token: 'token-of-the-bot-account',
};
export const HOOK_TOKEN = 'token-of-the-integration';
/** A closed group: all who are in it are staff. */
export const STAFF_ROOM = 'rrrrrrrrrrrstaff1';
/** Everybody with an account reads it. */
export const OPEN_ROOM = 'rrrrrrrrrrrropen1';

/** The nth person of the staff. */
export const staffMember = (n: number): string => `p${String(n).padStart(16, '0')}`;

export interface AskedInRoom {
  /** The message that asks. */
  readonly id: string;
  readonly askedAt: number;
}

/** What the bot wrote under one id. */
export interface ShownAnswer {
  readonly id: string;
  readonly postedAt: number;
  readonly edits: readonly { readonly at: number; readonly text: string }[];
}

/** A company’s chat with our account in it, and an integration that announces what asks. */
export class StaffChat {
  constructor(
    readonly fake: FakeRocketchat,
    people: number,
  ) {
    const { state } = fake;
    state.users.set(BOT.id, accountOf(BOT.id, BOT.userName, ['bot']));
    state.permissions.change('view-full-other-user-info', { roles: ['admin', 'bot'] });
    state.rooms.set(STAFF_ROOM, { _id: STAFF_ROOM, t: 'p', name: 'front-desk', msgs: 0 });
    state.rooms.set(OPEN_ROOM, { _id: OPEN_ROOM, t: 'c', name: 'all-hands', msgs: 0 });
    for (const room of [STAFF_ROOM, OPEN_ROOM]) state.join(BOT.id, room);
    for (let n = 0; n < people; n++) this.#hire(n);
  }

  #hire(n: number): void {
    const { state } = this.fake;
    const id = staffMember(n);
    state.users.set(id, accountOf(id, `person.${n}`, ['user']));
    for (const room of [STAFF_ROOM, OPEN_ROOM]) state.join(id, room);
  }

  /** Settings of the platform for this chat. */
  get settings(): Readonly<Record<string, string>> {
    return {
      INNKEEPER_ROCKETCHAT_URL: this.fake.url,
      INNKEEPER_ROCKETCHAT_USER_ID: BOT.id,
      INNKEEPER_ROCKETCHAT_AUTH_TOKEN: BOT.token,
      INNKEEPER_ROCKETCHAT_TOKENS: HOOK_TOKEN,
      INNKEEPER_ROCKETCHAT_STAFF: `room:${STAFF_ROOM}`,
      INNKEEPER_ROCKETCHAT_TRIGGERS: '!ask',
      INNKEEPER_OUTBOUND_ALLOWED: '127.0.0.0/8',
      INNKEEPER_PUBLIC_URL: 'https://innkeeper.example',
    };
  }

  /** Messages that begin with the trigger are announced there from now on. */
  announceTo(platform: string): void {
    this.fake.state.integrations.set('i00000000000000001', {
      ...{ _id: 'i00000000000000001', type: 'webhook-outgoing', name: 'Innkeeper', enabled: true },
      ...{ event: 'sendMessage', username: BOT.userName, userId: BOT.id, token: HOOK_TOKEN },
      ...{ channel: ['all_public_channels', 'all_private_groups', `@${BOT.userName}`] },
      ...{ urls: [`${platform}/webhooks/rocketchat`], triggerWords: ['!ask'] },
      ...{ retryFailedCalls: true, retryCount: 4, retryDelay: 'powers-of-two' },
      scriptEnabled: false,
    });
  }

  ask(person: number, text: string, room: string = STAFF_ROOM, thread?: string): AskedInRoom {
    const message = {
      rid: room,
      msg: `!ask ${text}`,
      ...(thread !== undefined && { tmid: thread }),
    };
    const written = this.fake.writer.send(staffMember(person), message);
    return { id: written?.['_id'] as string, askedAt: Date.parse(written?.['ts'] as string) };
  }

  /** What stands in the chat below a message, by our account. */
  answersTo(message: string): readonly Readonly<Record<string, unknown>>[] {
    return [...this.fake.state.messages.values()].filter(
      ({ tmid, u, _hidden: hidden }) =>
        tmid === message && (u as { _id: string })._id === BOT.id && hidden !== true,
    );
  }

  /** How an answer grew: each text that the chat took, in order. */
  shown(answer: string): ShownAnswer | undefined {
    const calls = this.fake.sent.filter(({ id, status }) => id === answer && status === 200);
    const [posted, ...edits] = calls;
    return posted && { id: answer, postedAt: posted.at, edits };
  }
}

const accountOf = (_id: string, username: string, roles: string[]) => ({
  ...{ _id, username, name: username, roles, type: 'user', active: true },
  ...{ emails: [], createdAt: '2026-01-01T00:00:00.000Z' },
});
