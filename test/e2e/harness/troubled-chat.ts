import { setTimeout as delay } from 'node:timers/promises';

import { systemClock } from '#libs/kernel';
import { FakeRocketchat, type ChatDocuments, type ChatThing } from '#libs/testing';

import { BOT, OPEN_ROOM, STAFF_ROOM, StaffChat, staffMember } from '../../rooms/staff-chat.js';

/** Nobody announces what is asked there. */
export const QUIET_ROOM = 'rrrrrrrrrrrquiet1';
const INTEGRATION = 'i00000000000000001';
const UNLIMITED = 'api-bypass-rate-limit';
const LOSES_ANSWERS = 0.08;
const LONGEST_CALL_MS = 30;

/** A company’s chat on a bad day: calls take their time, some answers of calls are lost, and it is away for moments. */
export class TroubledChat {
  readonly staff: StaffChat;

  private constructor(
    readonly fake: FakeRocketchat,
    readonly people: number,
    private readonly random: () => number,
  ) {
    this.staff = new StaffChat(fake, people);
    const { state } = fake;
    state.rooms.set(QUIET_ROOM, { _id: QUIET_ROOM, t: 'p', name: 'back-office', msgs: 0 });
    state.join(BOT.id, QUIET_ROOM);
    for (let n = 0; n < people; n++) {
      state.join(staffMember(n), QUIET_ROOM);
      fake.chatRooms.direct(BOT.id, [`person.${n}`]);
    }
    fake.set('API_Enable_Rate_Limiter_Limit_Calls_Default', 20);
    fake.set('API_Enable_Rate_Limiter_Limit_Time_Default', 2_000);
  }

  static async open(
    people: number,
    random: () => number,
    documents?: ChatDocuments,
  ): Promise<TroubledChat> {
    const fake = await FakeRocketchat.start({
      ...{ clock: systemClock, userId: BOT.id, authToken: BOT.token },
      ...(documents && { documents }),
    });
    return new TroubledChat(fake, people, random);
  }

  announceTo(platform: string): void {
    this.staff.announceTo(platform);
    const { integrations } = this.fake.state;
    const heard = [STAFF_ROOM, OPEN_ROOM].map((room) => `#${room}`);
    integrations.change(INTEGRATION, { channel: [...heard, `@${BOT.userName}`] });
  }

  worsen(): void {
    const { fake, random } = this;
    fake.losesAnswerOf = () => random() < LOSES_ANSWERS;
    fake.delayOf = () => delay(random() * LONGEST_CALL_MS);
  }

  /** Whether deleted messages leave a trace, or are kept unseen. */
  chooseHowToDelete(): void {
    const { fake, random } = this;
    fake.set('Message_KeepHistory', random() < 0.5);
    fake.set('Message_ShowDeletedStatus', random() < 0.5);
    fake.repeated = random() < 0.5 ? 'fails' : 'without message';
  }

  /** It is away, or asks everybody to wait, for a moment. */
  async stumble(): Promise<void> {
    const { fake, random } = this;
    const draw = random();
    if (draw < 0.3) fake.outage = 502;
    else if (draw < 0.6) fake.state.permissions.change(UNLIMITED, { roles: ['admin'] });
    await delay(random() * 600);
    this.#recover();
  }

  /** All is well again. */
  calm(): void {
    this.#recover();
    this.fake.losesAnswerOf = () => false;
    this.fake.delayOf = () => Promise.resolve();
  }

  #recover(): void {
    this.fake.outage = undefined;
    this.fake.state.permissions.change(UNLIMITED, { roles: ['admin', 'bot'] });
  }
}

/** A text of a document of the chat; empty where there is none. */
export const textAt = (thing: ChatThing | undefined, key: string): string => {
  const value = thing?.[key];
  return typeof value === 'string' ? value : '';
};
