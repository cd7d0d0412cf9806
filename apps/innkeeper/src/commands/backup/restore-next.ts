import type { RestoredEverything } from '#libs/platform/local';

const closed: Readonly<Record<RestoredEverything['personalData'], readonly string[]>> = {
  opens: [],
  no_keys: ['! No keys came back: personal data and raw deliveries stay closed.'],
  no_master_key: [
    '! No master key was given: personal data stays closed, and the keys lie in sources/keys.',
    '  Bring it back again with the recovery kit, or with INNKEEPER_MASTER_KEY set.',
  ],
};

/** What to do with everything that came back. */
export const nextAfterEverything = ({
  dataDir,
  personalData,
  settingsFile,
}: RestoredEverything): readonly string[] => [
  ...closed[personalData],
  ...(dataDir === undefined ? afterDump(settingsFile) : afterDirectory(settingsFile)),
];

const afterDirectory = (settingsFile: string): readonly string[] => [
  'Next:',
  `  1. set -a; . ${settingsFile}; set +a`,
  '  2. npm start',
  '  3. npx innkeeper log restored     erases again what was erased, in another shell with the same settings',
  '  4. Stop it, and start it again.',
  '  5. npx innkeeper verify; npx innkeeper doctor',
  'Other settings of the lost machine, such as tokens of providers, are not in the kit: set them as well.',
];

const afterDump = (settingsFile: string): readonly string[] => [
  'Next:',
  '  1. Load sources/innkeeper and sources/keys into a MongoDB. See docs/how-to/restore-everything.md.',
  `  2. set -a; . ${settingsFile}; set +a, and set the addresses of that MongoDB.`,
  '  3. Start every role, run `npx innkeeper log restored`, and start them again.',
  '  4. npx innkeeper verify; npx innkeeper doctor',
];
