import type { FakeAnswer, FakeRequest } from '../web/fake-server.js';
import { parsedBody, type Handler } from '../web/routes.js';
import { hetznerRefusal, unfit } from './hetzner-refusal.js';
import type { HetznerMachine, HetznerSnapshot, HetznerState } from './hetzner-state.js';
import { actionView, imageView, serverView } from './hetzner-views.js';

export const hetznerCalls = [
  'GET /servers',
  'POST /servers',
  'GET /servers/:id',
  'DELETE /servers/:id',
  'GET /servers/:id/actions',
  'GET /actions/:id',
  'GET /images',
  'GET /images/:id',
] as const;
export type HetznerCall = (typeof hetznerCalls)[number];

const MOST_ON_A_PAGE = 50;
const MOST_USER_DATA = 32 * 1024;
const LABEL = /^(?:[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?$/;
const HOST_NAME = /^[A-Za-z0-9](?:[A-Za-z0-9.-]{0,61}[A-Za-z0-9])?$/;

const paged = <T>(name: string, { query }: FakeRequest, all: readonly T[]): FakeAnswer => {
  const page = Number(query.get('page') ?? 1);
  const per_page = Math.min(Number(query.get('per_page') ?? 25), MOST_ON_A_PAGE);
  const last_page = Math.max(1, Math.ceil(all.length / per_page));
  const pagination = {
    ...{ page, per_page, last_page, total_entries: all.length },
    previous_page: page > 1 ? page - 1 : null,
    next_page: page < last_page ? page + 1 : null,
  };
  const items = all.slice((page - 1) * per_page, page * per_page);
  return { status: 200, body: { [name]: items, meta: { pagination } } };
};

/** `key=value`, `key!=value`, `key` and `!key`, with commas between them. */
const isSelected = (selector: string | null, labels: Readonly<Record<string, string>>): boolean =>
  (selector ?? '')
    .split(',')
    .filter(Boolean)
    .every((term) => {
      const [, not = '', key = '', operator, value] =
        /^(!?)([^!=]+)(!=|==?)?(.*)$/.exec(term) ?? [];
      if (operator === undefined) return key in labels === (not === '');
      return (labels[key] === value) === (operator !== '!=');
    });

/** The newest first where it is asked for; else by age. */
const byAge = <T extends { readonly createdAt: number; readonly id: number }>(
  { query }: FakeRequest,
  items: readonly T[],
): readonly T[] => {
  const oldest = [...items].sort((a, b) => a.createdAt - b.createdAt || a.id - b.id);
  return query.get('sort')?.endsWith(':desc') === true ? oldest.reverse() : oldest;
};

/** As far as we look at it: the vendor's document is held against the whole. */
interface CreateBody {
  readonly name: string;
  readonly server_type: string;
  readonly location?: string;
  readonly image: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly user_data?: string;
  readonly networks?: readonly number[];
  readonly ssh_keys?: readonly string[];
  readonly public_net?: { readonly enable_ipv4?: boolean; readonly enable_ipv6?: boolean };
}

const wanted = (state: HetznerState, body: CreateBody) => ({
  name: body.name,
  type: body.server_type,
  location: body.location ?? [...state.locations][0] ?? '',
  image: Number(body.image),
  labels: body.labels ?? {},
  userData: body.user_data ?? '',
  networks: body.networks ?? [],
  sshKeys: body.ssh_keys ?? [],
  net: body.public_net ?? {},
});
type WantedMachine = ReturnType<typeof wanted>;

/** Why there will be no such server, in the order in which Hetzner looks. */
const refusalOf = (state: HetznerState, asked: WantedMachine): FakeAnswer | undefined => {
  const { name, type, location, labels, userData } = asked;
  if (!HOST_NAME.test(name)) return unfit('name');
  if (!state.types.has(type)) return unfit('server_type');
  if (!state.locations.has(location)) return unfit('location');
  if (
    !Object.entries(labels)
      .flat()
      .every((text) => LABEL.test(text))
  )
    return unfit('labels');
  if (Buffer.byteLength(userData) > MOST_USER_DATA) return unfit('user_data');
  if (!state.snapshots.has(asked.image)) return hetznerRefusal('not_found');
  if (!asked.sshKeys.every((key) => state.sshKeys.has(key))) return hetznerRefusal('not_found');
  if (!asked.networks.every((id) => state.networks.has(id))) return hetznerRefusal('not_found');
  if (state.named(name)) return hetznerRefusal('uniqueness_error', { fields: [{ name: 'name' }] });
  if (state.machines.size >= state.limit)
    return hetznerRefusal('resource_limit_exceeded', { limits: [{ name: 'server_limit' }] });
  const isIn = (set: Set<string>) => set.has(type) || set.has(`${type}/${location}`);
  if (isIn(state.soldOut)) return hetznerRefusal('resource_unavailable');
  return isIn(state.unplaced) ? hetznerRefusal('placement_error') : undefined;
};

const create = (state: HetznerState, request: FakeRequest): FakeAnswer => {
  const asked = wanted(state, parsedBody(request) as unknown as CreateBody);
  const refusal = refusalOf(state, asked);
  if (refusal) return refusal;
  const { net, sshKeys, ...rest } = asked;
  const { machine, actions } = state.add({
    ...rest,
    hasIpv4: net.enable_ipv4 ?? true,
    hasIpv6: net.enable_ipv6 ?? true,
  });
  const [action, ...next_actions] = actions.map((each) => actionView(state, each));
  const server = serverView(state, machine);
  // Without a key there is a password, and it travels.
  const root_password = sshKeys.length > 0 ? null : 'a password that nobody should have';
  return { status: 201, body: { server, action, next_actions, root_password } };
};

const remove = (state: HetznerState, machine: HetznerMachine): FakeAnswer => {
  if (machine.isProtected) return hetznerRefusal('protected');
  if (state.isHeld(machine)) return hetznerRefusal('locked');
  const fails = state.deletionsFail > 0;
  if (fails) state.deletionsFail--;
  else machine.leavesAt = state.clock.now() + state.leaveMs;
  const action = state.addAction({
    ...{ command: 'delete_server', machine: machine.id, ms: state.leaveMs },
    ...(fails && { failsWith: 'action_failed' }),
  });
  return { status: 200, body: { action: actionView(state, action) } };
};

const ofMachine =
  (state: HetznerState, answer: (machine: HetznerMachine, request: FakeRequest) => FakeAnswer) =>
  (request: FakeRequest, ids: Readonly<Record<string, string>>): FakeAnswer => {
    const machine = state.machines.get(Number(ids['id']));
    return machine ? answer(machine, request) : hetznerRefusal('not_found');
  };

const isListed = ({ query }: FakeRequest, { labels, status }: HetznerSnapshot): boolean =>
  isSelected(query.get('label_selector'), labels) &&
  (query.getAll('status').length === 0 || query.getAll('status').includes(status)) &&
  (query.getAll('type').length === 0 || query.getAll('type').includes('snapshot')) &&
  query.get('name') === null;

/** What answers where. Whether it answers as Hetzner does, the vendor's document says. */
export const hetznerRoutes = (state: HetznerState): Readonly<Record<HetznerCall, Handler>> => ({
  'GET /servers': (request) => {
    const { query } = request;
    const found = [...state.machines.values()].filter(
      ({ name, labels }) =>
        state.ignoresSelectors ||
        ((query.get('name') ?? name) === name && isSelected(query.get('label_selector'), labels)),
    );
    const views = byAge(request, found).map((machine) => serverView(state, machine));
    return paged('servers', request, views);
  },
  'POST /servers': (request) => create(state, request),
  'GET /servers/:id': ofMachine(state, (machine) => ({
    status: 200,
    body: { server: serverView(state, machine) },
  })),
  'DELETE /servers/:id': ofMachine(state, (machine) => remove(state, machine)),
  'GET /servers/:id/actions': ofMachine(state, ({ id }, request) => {
    const actions = state.actionsOf(id).map((action) => actionView(state, action));
    return paged('actions', request, actions);
  }),
  'GET /actions/:id': (_request, { id }) => {
    const action = state.actions.get(Number(id));
    if (!action) return hetznerRefusal('not_found');
    return { status: 200, body: { action: actionView(state, action) } };
  },
  'GET /images': (request) => {
    const found = [...state.snapshots.values()].filter((image) => isListed(request, image));
    return paged('images', request, byAge(request, found).map(imageView));
  },
  'GET /images/:id': (_request, { id }) => {
    const image = state.snapshots.get(Number(id));
    if (!image) return hetznerRefusal('not_found');
    return { status: 200, body: { image: imageView(image) } };
  },
});
