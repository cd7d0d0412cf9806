import type { ChatCheckItem } from '#libs/routes';

import type { AddCommand, AskedOfPlatform } from '../command.js';
import { exit, type ExitCode } from '../exit.js';
import { jsonLine, line } from '../terminal/io.js';

export const addChat: AddCommand = (program, { onPlatform }) => {
  const chat = program
    .command('chat')
    .helpCommand(false)
    .summary('answers in the chat')
    .description(
      'Colleagues ask in rooms of Rocket.Chat and are answered there. It needs an account of ours in the chat.',
    );
  chat
    .command('check', { isDefault: true })
    .summary('what is missing for answers in the chat, on either side')
    .description(
      'Asks the chat and this platform what is missing: address, account, rights, rooms, integration, trigger words.\n' +
        'Exit code 1 if something is missing.',
    )
    .action(onPlatform(check));
};

const check = async ({ api, io, json }: AskedOfPlatform): Promise<ExitCode> => {
  const { items, well, connected } = await api.checkChat();
  if (json) for (const item of items) await jsonLine(io.out, item);
  else {
    for (const item of inOrder(items)) await writeItem({ io }, item);
    await line(io.err, nextOf(well, connected));
  }
  return well ? exit.well : exit.unwell;
};

const order: readonly ChatCheckItem['kind'][] = ['well', 'advice', 'missing'];

/** What is missing stands last, where a person looks first. */
const inOrder = (items: readonly ChatCheckItem[]): readonly ChatCheckItem[] =>
  order.flatMap((kind) => items.filter((item) => item.kind === kind));

const writeItem = async (
  { io: { out } }: Pick<AskedOfPlatform, 'io'>,
  { kind, side, text }: ChatCheckItem,
): Promise<void> => {
  const { paint } = out;
  const marks: Readonly<Record<string, string>> = {
    well: paint.good('✔'),
    advice: paint.dim('!'),
    missing: paint.bad('✖'),
  };
  await line(out, `${marks[kind] ?? ''} ${paint.dim(`${side}:`)} ${text}`);
};

const nextOf = (well: boolean, connected: boolean): string => {
  if (!connected) return 'Next: docs/how-to/answer-in-rocketchat.md';
  return well
    ? 'Next: ask something in a room of the account, with its name before the question.'
    : 'Next: mend what is marked ✖, and check again.';
};
