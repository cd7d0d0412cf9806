import type { Chat, RoomMessage } from '#libs/ports/chat';

/** Where an id is taken it takes another one: who asks again after a lost answer has written twice. */
export const chatWritingTwice = (inner: Chat): Chat => ({
  ...calling(inner),
  async post(message) {
    const outcome = await inner.post(message);
    return outcome === 'there' ? inner.post({ ...message, id: `${message.id}x` }) : outcome;
  },
});

/** Spares itself a look at a message that it saw before: who edits or deletes a question is answered all the same. */
export const chatRememberingMessages = (inner: Chat): Chat => {
  const remembered = new Map<string, RoomMessage>();
  return {
    ...calling(inner),
    async message(id) {
      const message = remembered.get(id) ?? (await inner.message(id));
      if (message) remembered.set(id, message);
      return message;
    },
  };
};

/** Takes silence for a no: an answer is withdrawn because the chat was away for a moment. */
export const chatTakingSilenceForNo = (inner: Chat): Chat => ({
  ...calling(inner),
  message: (id) => inner.message(id).catch(() => undefined),
  wasRemoved: (id, room, since) => inner.wasRemoved(id, room, since).catch(() => false),
  post: (message) => inner.post(message).catch(() => 'refused'),
});

const calling = (inner: Chat): Chat => ({
  self: () => inner.self(),
  message: (id) => inner.message(id),
  room: (id) => inner.room(id),
  wasRemoved: (id, room, since) => inner.wasRemoved(id, room, since),
  post: (message) => inner.post(message),
  change: (message) => inner.change(message),
  directRoomWith: (person) => inner.directRoomWith(person),
});
