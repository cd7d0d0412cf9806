import { codes, type Code } from '#libs/kernel';
import { z } from 'zod';

const steps = ['save', 'check', 'drill'] as const;
const step = z.enum(steps);
const doings = ['pull', ...steps] as const;

const id = z.string().min(1).max(64);
/** What is shown in a terminal must not steer it: a server that somebody took over writes what it likes. */
const shown = (text: z.ZodString) => text.transform((said) => said.replace(/\p{C}/gu, '\u{fffd}'));
const name = shown(z.string().min(1).max(64));
const whole = z.int().min(0);
/** Of a warning or a difference: longer ones are cut by who notes them. */
const detail = shown(z.string().max(1024));
const isCode = (text: string): text is Code => Object.hasOwn(codes, text);

/** A server may be older or newer than who hears it: what we do not know is unknown, and no reason not to listen. */
const code = z
  .string()
  .regex(/^[A-Z][A-Z0-9_]{0,63}$/)
  .transform((text): Code => (isCode(text) ? text : 'DEFECT_UNKNOWN'));

const progress = z.strictObject({
  of: shown(z.string().max(256)),
  filesDone: whole,
  files: whole.exactOptional(),
  bytesDone: whole,
  bytes: whole.exactOptional(),
});

const drill = z.strictObject({
  of: id,
  verdict: z.enum(['good', 'bad']),
  sources: z
    .array(
      z.strictObject({
        name,
        started: shown(z.string().max(256)).exactOptional(),
        differences: z.array(z.strictObject({ code: name, detail })).max(50),
      }),
    )
    .max(50),
  rpoMs: whole,
  rtoMs: whole,
});

/** Of what a run notes, what its server may say: nothing of retention, of servers, or of what was exported. */
const noted = z.strictObject({
  sources: z
    .array(
      z.strictObject({
        name,
        snapshot: z
          .string()
          .regex(/^[0-9a-f]{64}$/)
          .exactOptional(),
        // Where a copy lay on the server, as its snapshot names it.
        paths: z.array(z.string().min(1).max(4096)).max(20).exactOptional(),
        files: whole.exactOptional(),
        bytes: whole.exactOptional(),
        addedBytes: whole.exactOptional(),
        // Names of what a snapshot holds, for who restores it. No file of ours is read by them.
        savedPaths: z.array(z.string().min(1).max(4096)).max(10).exactOptional(),
      }),
    )
    .max(50)
    .exactOptional(),
  warnings: z
    .array(z.strictObject({ code: name, step, detail }))
    .max(100)
    .exactOptional(),
  drill: drill.exactOptional(),
});

/** How far the server of a backup is, as it posts it and as it leaves it in the bucket. */
export const agentReported = z.strictObject({
  run: id,
  server: name,
  order: whole,
  number: z.int().min(1),
  doing: z.enum([...doings, 'wait', 'done']),
  progress: progress.exactOptional(),
  ended: z
    .array(z.strictObject({ step, startedAt: whole, endedAt: whole, note: noted }))
    .max(steps.length),
  error: z.strictObject({ at: z.enum(doings), code, note: noted.exactOptional() }).exactOptional(),
});
export type ReportedByAgent = z.output<typeof agentReported>;
