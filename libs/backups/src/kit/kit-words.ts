/** What stands in the kit and on its page: addresses, never secrets. */
interface NamedKit {
  readonly environment: string;
  readonly madeAt: string;
  readonly restic: string;
  readonly repositories: Readonly<Record<'data' | 'keys', { readonly address: string }>>;
}

/** What the kit is, for somebody who has opened it and knows nothing else. */
export const kitWords = (kit: NamedKit): readonly string[] => [
  `This is the recovery kit of Innkeeper, environment ${kit.environment}, made at ${kit.madeAt}.`,
  'With it and the two repositories everything comes back. Without it nobody can open them.',
  ...restoreSteps(kit).map(({ does, types = [] }, index) =>
    [`${index + 1}. ${does}`, ...types].join(' | '),
  ),
];

/** One step of getting everything back. */
export interface RestoreStep {
  readonly does: string;
  readonly types?: readonly string[];
}

/** On an empty machine, with Innkeeper. */
export const restoreSteps = ({ restic }: Pick<NamedKit, 'restic'>): readonly RestoreStep[] => [
  { does: `Take a machine that nobody else uses. Install Node 24, and restic ${restic} or later.` },
  { does: 'Get Innkeeper, in the version that ran before or a later one, and install it.' },
  {
    does: 'Bring everything back into a new folder. It asks for the passphrase of the kit.',
    types: ['npx innkeeper backup restore --kit KIT-FILE --to FOLDER'],
  },
  { does: 'Follow what it prints: it says how to start from that folder, and what to check.' },
  { does: 'Make a new kit there. Change the passwords if a stranger may have seen the old one.' },
];

/** Without Innkeeper: restic alone. */
export const resticSteps = ({
  environment,
  repositories: { data, keys },
}: NamedKit): readonly RestoreStep[] => [
  {
    does: 'Hand restic the password, and the account of the bucket where there is one.',
    types: [
      'export RESTIC_PASSWORD=…  AWS_ACCESS_KEY_ID=…  AWS_SECRET_ACCESS_KEY=…',
      `restic -r ${quoted(data.address)} snapshots`,
    ],
  },
  {
    does: 'Restore each source by its tag, then the keys with their own password.',
    types: [
      `restic -r ${quoted(data.address)} restore latest \\\n  --host innkeeper-${environment} --tag source:innkeeper --target data`,
      `restic -r ${quoted(keys.address)} restore latest \\\n  --host innkeeper-${environment} --tag source:keys --target keys`,
    ],
  },
];

/** For a shell. */
const quoted = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
