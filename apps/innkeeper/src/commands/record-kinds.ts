// Made by `npm run gen` from libs/catalog/src/kinds. Edits here are lost.

/** Written out, because asking the catalog for them would take longer than the whole command. */
export const kinds = [
  'calendar_day',
  'call',
  'chat_member',
  'chat_message',
  'chat_room',
  'chat_user',
  'colleague',
  'contact',
  'conversation',
  'guest',
  'guest_message',
  'listing',
  'note',
  'notice',
  'payment',
  'phone_message',
  'phone_number',
  'question',
  'reservation',
  'review',
  'task',
];
