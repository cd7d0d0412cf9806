import { brokenPromises } from './backup-promises.js';
import type { TroubledServers } from './troubled-servers.js';

/** What must be so in the end of a history with servers, as sentences; none of them is broken. */
export const brokenServerPromises = async (world: TroubledServers): Promise<readonly string[]> => {
  const broken = [...(await brokenPromises(world))];
  const say = (is: boolean, what: string): void => void (is || broken.push(what));
  say(world.watch.own().length === 0, 'a server is left');
  say(world.watch.missing().length === 0, 'a server of somebody else is gone');
  for (const { server } of await world.runs())
    say(!server || server.state === 'gone', `a run says that its server is ${server?.state}`);
  return broken;
};
