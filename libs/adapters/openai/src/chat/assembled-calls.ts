import type { ToolCall } from '#libs/ports/chat-model';

import type { CallFragment } from './chat-wire.js';

interface CallInMaking {
  id: string;
  name: string;
  args: string;
}

/** Calls come in fragments, by their place. Some servers send whole ones, all at place 0, each with an id of its own. */
export class AssembledCalls {
  readonly #places = new Map<number, CallInMaking>();
  readonly #calls: CallInMaking[] = [];

  add({ index, id, function: given = {} }: CallFragment): void {
    const place = index ?? (id ? this.#calls.length : Math.max(0, this.#calls.length - 1));
    const known = this.#places.get(place);
    const isNew = !known || Boolean(id && known.id && id !== known.id && given.name);
    const call = isNew ? { id: '', name: '', args: '' } : known;
    if (isNew) this.#calls.push(call);
    this.#places.set(place, call);
    if (id) call.id = id;
    if (given.name) call.name += given.name;
    if (given.arguments !== undefined && given.arguments !== null)
      call.args +=
        typeof given.arguments === 'string' ? given.arguments : JSON.stringify(given.arguments);
  }

  get isEmpty(): boolean {
    return this.#calls.length === 0;
  }

  /** A model that marks its channels may leave such a mark behind the name of a tool. */
  whole(): readonly ToolCall[] {
    return this.#calls.map(({ id, name, args }, i) => ({
      id: id || `call_${i + 1}`,
      tool: name.replace(/<\|.*$/s, '').trim(),
      args: args || '{}',
    }));
  }
}
