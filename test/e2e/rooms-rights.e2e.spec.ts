import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { STAFF_ROOM, OPEN_ROOM, staffMember } from '../rooms/staff-chat.js';
import { AnsweringRooms } from './harness/answering-rooms.js';

const QUESTION = 'Where does the silver key hang?';
const NOTED = 'behind the zephyrquill curtain';

describe('the same question in rooms with other readers', () => {
  let rooms: AnsweringRooms;

  beforeAll(async () => {
    rooms = await AnsweringRooms.open();
    await rooms.tell('keys', `# Keys\n\nThe silver key hangs ${NOTED}.\n`);
  }, 120_000);
  afterAll(() => rooms.dispose());

  it('uses a record of the business where all are staff', async () => {
    expect(await rooms.ask(0, QUESTION, STAFF_ROOM)).toContain(NOTED);
    console.log(await rooms.ask(0, QUESTION, OPEN_ROOM));
    const direct = rooms.directRoom(staffMember(0));
    const asked = rooms.write(staffMember(0), direct, QUESTION);
    console.log(await rooms.answered(asked));
  });
});
