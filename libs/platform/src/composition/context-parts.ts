import { randomBytes } from 'node:crypto';

import { createAllowance, readerOf, type IntakeParts } from '#libs/intake';
import type { Registers, RegistersParts } from '#libs/operations';

import type { Process } from './process.js';

// What each context gets from this process. A new part of a context is a line here; where it is missing, this
// file does not compile.

const DAY_MS = 86_400_000;

/** What strangers may fill the quarantine with: far above any provider's mistake, far below a flood. */
const quarantineRate = { bytesPerSecond: 1_000_000, piecesPerSecond: 100, burstSeconds: 10 };

export const registersParts = ({ parts, metrics }: Process): RegistersParts => ({
  ...parts,
  makeKey: () => randomBytes(32),
  isKnown: (source) => readerOf(parts.sources, source) !== undefined,
  meter: metrics,
});

export const intakeParts = (
  { parts, settings: { intake, operations } }: Process,
  { counts }: Registers,
): IntakeParts => ({
  ...parts,
  quarantineAllowance: createAllowance(quarantineRate),
  notice: (noticed) => counts.notice(noticed),
  rawRetentionMs: intake.rawRetentionDays * DAY_MS,
  quarantineRetentionMs: intake.quarantineRetentionDays * DAY_MS,
  quarantineMaxBytes: intake.quarantineMaxBytes,
  publicUrl: operations.publicUrl ?? '',
});
