import type { RunStep } from '#libs/backups';
import type { Code } from '#libs/kernel';

/** Everything between two processes or machines: each call of it is two steps. */
export const serverPorts = [
  'documents',
  'data',
  'keys',
  'scratch',
  'source',
  'log',
  'fleet',
  'desk',
  /** Where a report may be left, and what lends. */
  'bucket',
] as const;
export type ServerPort = (typeof serverPorts)[number];

export const faultsOfServerPorts: Readonly<Record<ServerPort, Code>> = {
  documents: 'DOCUMENTS_UNAVAILABLE',
  data: 'BACKUP_REPOSITORY_UNREACHABLE',
  keys: 'BACKUP_REPOSITORY_UNREACHABLE',
  scratch: 'BACKUP_SCRATCH_FULL',
  source: 'BACKUP_SOURCE_UNREACHABLE',
  log: 'LOG_UNAVAILABLE',
  fleet: 'FLEET_UNREACHABLE',
  desk: 'BACKUP_DESK_UNREACHABLE',
  bucket: 'BACKUP_REPOSITORY_UNREACHABLE',
};

/** Two machines with an orchestrator, each with a disk of its own, and a function elsewhere. */
export const actorNames = ['first', 'second', 'function'] as const;
export type ActorName = (typeof actorNames)[number];

/** What befalls backups on servers, so many steps later, or while a run is at a step. */
export type ServerTrouble = { readonly after: number; readonly when?: RunStep } & (
  | { readonly is: 'request'; readonly kind: 'manual' | 'daily' | 'monthly' | 'drill' }
  | { readonly is: 'write' }
  /** It dies, or is told to stop. It is back after so long. */
  | {
      readonly is: 'crash' | 'stop';
      readonly who: readonly ActorName[];
      readonly ms: number;
    }
  | { readonly is: 'pause' | 'clock'; readonly who: ActorName; readonly ms: number }
  /** The program on the machine dies and the machine stays; the machine goes off; somebody deletes it; its disk is full. */
  | { readonly is: 'agent'; readonly what: 'killed' | 'off' | 'deleted' | 'full' }
  | { readonly is: 'agent_pause'; readonly ms: number }
  | {
      readonly is: 'fleet';
      readonly what: FleetTrouble;
      readonly ms: number;
    }
  /** Somebody else has a server of the name that the newest run gives its own. */
  | { readonly is: 'name_taken' }
  /** Somebody has read what the machine was told, and asks for its order from elsewhere. */
  | { readonly is: 'theft' }
  | { readonly is: 'lost' | 'refused'; readonly port: ServerPort }
  | { readonly is: 'away'; readonly port: ServerPort; readonly ms: number }
);

/** `full`: no more servers for this project. `never_starts`: those that are made then. `undeletable`: those that are there then. */
export const fleetTroubles = [
  'sold_out',
  'full',
  'throttled',
  'never_starts',
  'slow',
  'undeletable',
] as const;
export type FleetTrouble = (typeof fleetTroubles)[number];
