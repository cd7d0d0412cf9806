import type { RestParameters, RestRefusal, RestResult } from './client.js';

type Ask = (call: string, parameters?: RestParameters) => Promise<RestResult | RestRefusal>;

interface AskedTwice {
  current: Promise<RestResult | RestRefusal>;
  next?: Promise<RestResult | RestRefusal>;
}

/**
 * Who asks what is being asked at that moment waits for the next asking of it, together with all others who wait. It
 * begins after each of them asked, so nobody hears what was so before; and many questions at once cost as much as two.
 */
export const askedTogether = (ask: Ask): Ask => {
  const open = new Map<string, AskedTwice>();

  const begin = (key: string, asking: () => Promise<RestResult | RestRefusal>): AskedTwice => {
    const entry: AskedTwice = { current: asking() };
    open.set(key, entry);
    const end = (): void => {
      if (entry.next === undefined && open.get(key) === entry) open.delete(key);
    };
    entry.current.then(end, end);
    return entry;
  };

  return (call, parameters = {}) => {
    const key = JSON.stringify([call, parameters]);
    const asking = (): Promise<RestResult | RestRefusal> => ask(call, parameters);
    const entry = open.get(key);
    if (!entry) return begin(key, asking).current;
    const goOn = (): Promise<RestResult | RestRefusal> => begin(key, asking).current;
    entry.next ??= entry.current.then(goOn, goOn);
    return entry.next;
  };
};
