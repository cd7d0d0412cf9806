import type { CommandCall } from '../../command.js';
import { jsonLine, line } from '../../terminal/io.js';
import { tableLines } from '../../terminal/table.js';
import { counted } from '../../terminal/words.js';

/** A snapshot of a plan. */
export interface ShownSnapshot {
  readonly id: string;
  readonly time: string;
  /** Where there are several. */
  readonly repository?: string;
}

/** Which snapshots stay and go, newest first in each list. */
export interface ShownRetention {
  readonly keep: readonly (ShownSnapshot & { readonly reasons: readonly string[] })[];
  readonly remove: readonly ShownSnapshot[];
  /** Of no good run: they neither count nor go. */
  readonly unnamed?: readonly ShownSnapshot[];
}

/** For machines one document; for people a table: kept, removed, and what is nobody's. */
export const writeRetentionPlan = async (
  { io: { out, err }, json }: Pick<CommandCall, 'io' | 'json'>,
  plan: ShownRetention,
): Promise<void> => {
  if (json) return jsonLine(out, documentOf(plan));
  const { keep, remove, unnamed = [] } = plan;
  const { good, bad, waiting, dim } = out.paint;
  const rows = [
    ...keep.map((item) => [good('✔'), 'keep', ...cellsOf(item), reasonsOf(item)]),
    ...remove.map((item) => [bad('✖'), 'remove', ...cellsOf(item), '']),
    ...unnamed.map((item) => [
      waiting('!'),
      'not ours',
      ...cellsOf(item),
      'neither counts nor goes',
    ]),
  ];
  const [head = '', ...lines] = tableLines([['', '', 'snapshot', 'time', '', 'why'], ...rows], {
    width: out.width,
  });
  if (rows.length > 0) await line(out, dim(head));
  for (const text of lines) await line(out, text);
  const ours = `${counted(keep.length, 'snapshot')} kept, ${remove.length} to remove`;
  await line(err, unnamed.length === 0 ? `${ours}.` : `${ours}, ${unnamed.length} not ours.`);
};

const documentOf = ({ keep, remove, unnamed }: ShownRetention): unknown => ({
  keep: keep.map((item) => ({ ...named(item), reasons: item.reasons })),
  remove: remove.map(named),
  ...(unnamed && { unnamed: unnamed.map(named) }),
});

/** Restic's own words without the one that all have: a terminal has room for them. */
const reasonsOf = ({ reasons }: ShownRetention['keep'][number]): string => {
  const short = reasons.map((reason) => reason.replace(/ snapshot$/u, ''));
  const isOldest = short.length > 1 && short.every((reason) => reason.startsWith('oldest '));
  return isOldest
    ? `oldest ${short.map((reason) => reason.slice('oldest '.length)).join(', ')}`
    : short.join(', ');
};

const named = ({ id, time, repository }: ShownSnapshot): ShownSnapshot => ({
  id,
  time,
  ...(repository !== undefined && { repository }),
});

/** As its own clock showed it: by that clock days and weeks are cut. */
const cellsOf = ({ id, time, repository = '' }: ShownSnapshot): readonly string[] => {
  const [, day = '', clock = '', offset = ''] =
    /^([\d-]{10})T([\d:]{8})(?:\.\d+)?(Z|[+-][\d:]{5})$/.exec(time) ?? [];
  return [id.replaceAll(/[^\w-]/g, '?').slice(0, 8), `${day} ${clock} ${offset}`, repository];
};
