import type { FakeRocketchat } from '#libs/testing';

/** What somebody did on the page. */
export interface PageAct {
  readonly as: string;
  readonly act: 'send' | 'edit' | 'delete' | 'react' | 'join' | 'remove';
  readonly room: string;
  readonly message?: string;
  readonly thread?: string;
  readonly text?: string;
  readonly emoji?: string;
  readonly person?: string;
}

/** The chat's own words where it refused. */
export interface PageOutcome {
  readonly done: boolean;
  readonly why?: string;
}

/** Does it by the chat's API, as that person. */
export const pageActs = (chat: FakeRocketchat, tokenOf: (person: string) => string) => {
  const call = async (as: string, name: string, body: object): Promise<PageOutcome> => {
    const response = await fetch(`${chat.url}/api/v1/${name}`, {
      method: 'POST',
      headers: { 'x-user-id': as, 'x-auth-token': tokenOf(as) },
      body: JSON.stringify(body),
    });
    const { error } = (await response.json()) as { readonly error?: string };
    return response.ok ? { done: true } : { done: false, why: error ?? 'It was refused.' };
  };
  return async (act: PageAct): Promise<PageOutcome> => {
    const { as, room, message, thread, text = '', emoji = '', person = '' } = act;
    switch (act.act) {
      case 'send': {
        const written = { rid: room, msg: text, ...(thread && { tmid: thread }) };
        return call(as, 'chat.sendMessage', { message: written });
      }
      case 'edit':
        return call(as, 'chat.update', { roomId: room, msgId: message, text });
      case 'delete':
        return call(as, 'chat.delete', { roomId: room, msgId: message });
      case 'react':
        return call(as, 'chat.react', { messageId: message, emoji });
      case 'join':
        chat.chatRooms.join(person, room);
        return { done: true };
      case 'remove':
        chat.chatRooms.leave(person, room);
        return { done: true };
      default:
        return act.act satisfies never;
    }
  };
};
