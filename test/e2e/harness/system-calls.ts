/** One 200 of the door, as the kernel saw it. */
export interface TracedAnswer {
  readonly socket: string;
  /** Whether the file was written and synced after the request was read and before this answer. */
  readonly synced: boolean;
}

interface Pending {
  written: boolean;
  synced: boolean;
}

const READ = /^\d+\s+read\((\d+<[^>]*>), "POST \/webhooks\//;
const ANSWER = /^\d+\s+writev?\((\d+<[^>]*>), .*?"HTTP\/1\.1 200 /;
const UNFINISHED = /^(\d+)\s+(.*) <unfinished \.\.\.>$/;
const RESUMED = /^(\d+)\s+<\.\.\. \w+ resumed>(.*)$/;

/** Reads what `strace -f -y` wrote: each 200 against what was done for it. */
export const answersOf = (lines: readonly string[], file: string): TracedAnswer[] => {
  const pending = new Map<string, Pending>();
  const answers: TracedAnswer[] = [];
  for (const line of joined(lines)) {
    const asked = READ.exec(line)?.[1];
    if (asked) pending.set(asked, { written: false, synced: false });
    if (/^\d+\s+p?write(?:64|v)?\(/.test(line) && line.includes(`/${file}>`))
      for (const one of pending.values()) one.written = true;
    if (/^\d+\s+f(?:data)?sync\(.*= 0$/.test(line) && line.includes(`/${file}>`))
      for (const one of pending.values()) one.synced ||= one.written;
    const socket = ANSWER.exec(line)?.[1];
    if (!socket) continue;
    answers.push({ socket, synced: pending.get(socket)?.synced ?? false });
    pending.delete(socket);
  }
  return answers;
};

/** Calls that another thread interrupted, as one line where they ended. */
const joined = (lines: readonly string[]): string[] => {
  const open = new Map<string, string>();
  return lines.flatMap((line) => {
    const [, begunBy, begin] = UNFINISHED.exec(line) ?? [];
    if (begunBy && begin) {
      open.set(begunBy, begin);
      return [];
    }
    const [, endedBy, end] = RESUMED.exec(line) ?? [];
    return endedBy ? [`${endedBy} ${open.get(endedBy) ?? ''}${end}`] : [line];
  });
};
