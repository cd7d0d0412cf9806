import { settingsDirectory } from '#libs/adapters/settings';
import { directoryContract } from '#suites/directory';

directoryContract('a setting', (people) => {
  const given = new Map(people);
  return Promise.resolve({
    directory: settingsDirectory({ people: given }),
    change: async (changed) => {
      given.clear();
      for (const [person, rights] of changed) given.set(person, rights);
    },
    takeAway: async () => given.clear(),
    dispose: () => Promise.resolve(),
    capabilities: {
      changes: { not: 'a setting is read once, at the start' },
      goesAway: { not: 'it lies in the memory of the process' },
      knowsStaff: { not: 'everybody who holds a token is of the house' },
      knowsOthers: { not: 'who is written down is of the house' },
      isOfOneMoment: true,
    },
  });
});
