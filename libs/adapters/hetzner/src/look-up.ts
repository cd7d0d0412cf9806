import { fault } from '#libs/kernel';
import type { FleetServer, FleetWatch } from '#libs/ports/server-fleet';

import { isRefused, type AskHetzner, type HetznerAsked } from './client.js';
import type { HetznerFleetOptions } from './options.js';
import { detailsOf } from './trouble.js';
import { fleetServerOf, wire, type ServersPage } from './wire.js';

const NOT_FOUND = 404;
const MOST_ON_A_PAGE = 50;
/** Ten thousand servers: more than any project may have. What goes on after that is no list. */
const MOST_PAGES = 200;

/** Where only an answer will do: a refusal that nobody foresaw means that Hetzner changed, and we must. */
export const answered = async <O, D>(ask: AskHetzner, asked: HetznerAsked<O, D>): Promise<O> => {
  const outcome = await ask(asked);
  if (!isRefused(outcome)) return outcome.value;
  throw fault('DEFECT_UNKNOWN', { details: detailsOf(outcome.refused) });
};

/** The same where it may be missing. */
export const answeredIfThere = async <O, D>(
  ask: AskHetzner,
  asked: HetznerAsked<O, D>,
): Promise<O | undefined> => {
  const outcome = await ask(asked);
  if (!isRefused(outcome)) return outcome.value;
  if (outcome.refused.status === NOT_FOUND) return undefined;
  throw fault('DEFECT_UNKNOWN', { details: detailsOf(outcome.refused) });
};

/** By its name or by labels, all pages of it. */
export const serversBy = async (
  ask: AskHetzner,
  by: { readonly name?: string; readonly label_selector?: string },
  watch: FleetWatch,
): Promise<readonly FleetServer[]> => {
  const servers = new Map<string, FleetServer>();
  let page: number | null = 1;
  for (let pages = 0; page !== null && pages < MOST_PAGES; pages++) {
    const query = { ...by, page, per_page: MOST_ON_A_PAGE, sort: ['id:asc' as const] };
    const answer: ServersPage = await answered(ask, {
      schema: wire.servers,
      call: (api, signal) => api.GET('/servers', { params: { query }, signal }),
      watch,
    });
    // What goes or comes meanwhile moves the others between pages.
    for (const server of answer.servers) servers.set(String(server.id), fleetServerOf(server));
    page = answer.meta.pagination.next_page;
  }
  return [...servers.values()];
};

/** Whether it is there is all that we ask: that it can be used, Hetzner says when it is. */
export const imageIsThere = async (
  ask: AskHetzner,
  image: string,
  watch: FleetWatch,
): Promise<boolean> => {
  if (/^\d+$/.test(image)) {
    const path = { id: Number(image) };
    const found = await answeredIfThere(ask, {
      schema: wire.image,
      call: (api, signal) => api.GET('/images/{id}', { params: { path }, signal }),
      watch,
    });
    return found !== undefined;
  }
  const { images } = await answered(ask, {
    schema: wire.images,
    call: (api, signal) => api.GET('/images', { params: { query: { name: image } }, signal }),
    watch,
  });
  return images.length > 0;
};

/** What a server is made from: as it was named, or the newest snapshot that has the label. */
export const imageFor = async (
  ask: AskHetzner,
  { image }: Pick<HetznerFleetOptions, 'image'>,
  watch: FleetWatch,
): Promise<string> => {
  if (!image.includes('=')) return image;
  const query = {
    label_selector: image,
    type: ['snapshot' as const],
    status: ['available' as const],
    sort: ['created:desc' as const],
    per_page: 1,
  };
  const { images } = await answered(ask, {
    schema: wire.images,
    call: (api, signal) => api.GET('/images', { params: { query }, signal }),
    watch,
  });
  const [newest] = images;
  if (!newest) throw fault('SERVER_IMAGE_MISSING');
  return String(newest.id);
};
