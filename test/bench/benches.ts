import { attack } from './attack.bench.js';
import { backups } from './backups.bench.js';
import { exporting } from './backups/export.bench.js';
import { capture } from './capture.bench.js';
import { door } from './door.bench.js';
import { drain } from './drain.bench.js';
import { edge } from './edge.bench.js';
import type { Bench } from './figure.js';
import { fresh } from './fresh.bench.js';
import { backupFunction } from './function.bench.js';
import { indexing } from './index.bench.js';
import { latency } from './latency.bench.js';
import { log } from './log.bench.js';
import { mixed } from './mixed.bench.js';
import { model } from './model.bench.js';
import { mongodb } from './mongodb.bench.js';
import { nearest } from './nearest.bench.js';
import { retrieval } from './retrieval.bench.js';
import { rooms } from './rooms.bench.js';
import { saturated } from './saturated.bench.js';
import { starting } from './start.bench.js';
import { stored } from './stored.bench.js';

/** In the order in which they are told. */
export const benches: readonly Bench[] = [
  door,
  edge,
  mixed,
  attack,
  saturated,
  log,
  mongodb,
  drain,
  latency,
  stored,
  indexing,
  fresh,
  retrieval,
  nearest,
  capture,
  model,
  rooms,
  backups,
  exporting,
  backupFunction,
  starting,
];
