import { lookup as systemLookup } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';

import { fault, type Fault } from '#libs/kernel';

import type { Networks, AddressVerdict } from './networks.js';

export interface ResolvedAddress {
  readonly address: string;
  readonly family: number;
}

export type Resolve = (host: string) => Promise<readonly ResolvedAddress[]>;

export const systemResolve: Resolve = (host) => systemLookup(host, { all: true });

export const refusedAddress = (host: string, reason: string): Fault =>
  fault('OUTBOUND_ADDRESS_REFUSED', { details: { host, reason } });

const nowhere = (host: string): Fault =>
  fault('OUTBOUND_UNREACHABLE', { details: { host, reason: 'ENOTFOUND' } });

interface Target {
  readonly host: string;
  readonly secure: boolean;
}

/** A host that is an address is never looked up: it is judged as it stands. */
export const judgeLiteral = (networks: Networks, { host, secure }: Target): void => {
  const address = host.replace(/^\[(.*)\]$/, '$1');
  if (isIP(address) === 0) return;
  const verdict = networks.judge(address, secure);
  if (verdict !== 'fits') throw refusedAddress(host, verdict);
};

/** Only addresses that fit; the connection goes to one of exactly these, so no second answer can differ. */
const fitting = async (
  { networks, resolve }: { readonly networks: Networks; readonly resolve: Resolve },
  { host, secure }: Target,
): Promise<ResolvedAddress[]> => {
  const found = await resolve(host);
  const verdicts = found.map(({ address }) => networks.judge(address, secure));
  const fit = found.filter((_, i) => verdicts[i] === 'fits');
  const refused: AddressVerdict | undefined = verdicts.find((verdict) => verdict !== 'fits');
  if (fit.length === 0 && refused !== undefined) throw refusedAddress(host, refused);
  return fit;
};

/** In the form that Node's connections ask for, with one address or all. */
export const guardedLookup =
  (
    ports: { readonly networks: Networks; readonly resolve: Resolve },
    secure: boolean,
  ): LookupFunction =>
  (host, { all }, callback) => {
    fitting(ports, { host, secure }).then(
      (addresses) => {
        const [first] = addresses;
        if (!first) callback(nowhere(host), '');
        else if (all === true) callback(null, addresses);
        else callback(null, first.address, first.family);
      },
      (error: unknown) => callback(error as NodeJS.ErrnoException, ''),
    );
  };
