import { describe, expect, it } from '@jest/globals';
import { inspect } from 'node:util';

import { describeSettings } from './describe.js';
import { allNotes, readSettings } from './read-settings.js';
import { renderEnvExample, renderSettingsPage } from './render.js';
import { SettingsError } from './settings-error.js';

const noFile = (): string => {
  throw new Error('ENOENT');
};
const read = (env: Record<string, string>) => readSettings(env, noFile);

const wrongLines = (env: Record<string, string>, readText = noFile): readonly string[] => {
  try {
    readSettings(env, readText);
  } catch (error) {
    if (error instanceof SettingsError) return error.lines;
    throw error;
  }
  return [];
};

const distributed = {
  INNKEEPER_EVENT_LOG_KIND: 'mongodb',
  INNKEEPER_DOCUMENTS_KIND: 'mongodb',
  INNKEEPER_BUS_KIND: 'pubsub',
  INNKEEPER_KEYS_KIND: 'mongodb',
  INNKEEPER_MONGODB_URL: 'mongodb://ada:hunter2hunter2@db/?replicaSet=rs0',
  INNKEEPER_PUBSUB_PROJECT: 'inn',
  INNKEEPER_MASTER_KEY: 'ab'.repeat(32),
  INNKEEPER_API_SIGNING_KEY: 'a-signing-key-of-more-than-32-characters',
};

describe('readSettings', () => {
  it('needs nothing: an empty environment is the embedded platform with every role', () => {
    const settings = read({});
    expect(settings).toMatchObject({
      http: { host: '127.0.0.1', port: 3000, trustedProxies: [] },
      process: {
        roles: [
          ...['webhook-ingest', 'catalog', 'api', 'provider-sync', 'change-stream-listener'],
          ...['vectorizer', 'llm-responder', 'backup-orchestrator'],
        ],
        environment: 'local',
      },
      eventLog: { kind: 'sqlite' },
      bus: { kind: 'sqlite' },
      aircall: { account: 'main', secrets: [] },
      canary: { seconds: 60 },
    });
  });

  it('refuses a policy that keeps nothing, since no run could ever apply it', () => {
    const none = { INNKEEPER_BACKUP_KEEP_DAILY: '0', INNKEEPER_BACKUP_KEEP_WEEKLY: '0' };
    expect(wrongLines(none)).toEqual([]);
    expect(wrongLines({ ...none, INNKEEPER_BACKUP_KEEP_MONTHLY: '0' })).toEqual([
      expect.stringContaining('not 0 for days, weeks and months at once'),
    ]);
  });

  it('refuses days of keys that keep what was erased for more than 30', () => {
    const days = (keep: string, lock: string) => ({
      INNKEEPER_BACKUP_KEYS_KEEP_DAYS: keep,
      INNKEEPER_BACKUP_KEYS_LOCK_DAYS: lock,
    });
    for (const good of [days('20', '9'), days('29', '0'), days('1', '28')])
      expect(wrongLines(good)).toEqual([]);
    for (const long of [days('20', '10'), days('29', '1'), days('2', '28')])
      expect(wrongLines(long)).toEqual([
        expect.stringMatching(/^INNKEEPER_BACKUP_KEYS_LOCK_DAYS: .* one more at most 30$/),
      ]);
  });

  it('wants both halves of an account, and of backups what no data directory can give', () => {
    const half = { AWS_ACCESS_KEY_ID: 'writer' };
    const bucket = { INNKEEPER_BACKUP_REPOSITORY: 's3:https://store.example/backups' };
    expect(wrongLines(half)).toEqual([]);
    expect(wrongLines({ ...half, ...bucket })).toEqual([
      'AWS_ACCESS_KEY_ID: expected an access key id, and AWS_SECRET_ACCESS_KEY besides',
    ]);
    const elsewhere = {
      ...{ ...distributed, ...bucket },
      INNKEEPER_ROLES: 'backup-orchestrator',
      INNKEEPER_BACKUP_DOCUMENTS_KIND: 'firestore',
      INNKEEPER_FIRESTORE_PROJECT: 'inn',
    };
    expect(wrongLines(elsewhere).map((line) => line.split(':')[0])).toEqual([
      'INNKEEPER_BACKUP_KEYS_REPOSITORY',
      'INNKEEPER_BACKUP_PASSWORD',
      'INNKEEPER_BACKUP_KEYS_PASSWORD',
      'INNKEEPER_BACKUP_WORK_DIR',
    ]);
    expect(wrongLines({ ...elsewhere, INNKEEPER_ROLES: 'catalog' })).toEqual([]);
    expect(() => readSettings(elsewhere, () => '', 'ask')).not.toThrow();
  });

  it('copies log, keys and documents only where one drill can stand on them together', () => {
    const names = (env: Record<string, string>): readonly string[] =>
      wrongLines(env).map((line) => line.split(':')[0] ?? '');
    const { INNKEEPER_KEYS_KIND: _, ...keysHere } = distributed;
    expect(names(keysHere)).toEqual(['INNKEEPER_KEYS_KIND']);
    const documentsHere = { ...distributed, INNKEEPER_DOCUMENTS_KIND: 'sqlite' };
    expect(wrongLines(documentsHere)).toEqual([
      expect.stringMatching(/^INNKEEPER_DOCUMENTS_KIND: expected mongodb or firestore \(/),
    ]);
    const apart = { INNKEEPER_DOCUMENTS_KIND: 'firestore', INNKEEPER_FIRESTORE_PROJECT: 'inn' };
    expect(names({ ...distributed, ...apart })).toEqual([]);
    expect(names({ ...keysHere, INNKEEPER_ROLES: 'catalog' })).toEqual([]);
  });

  it('has backup servers that are processes of this machine, but not on Windows', () => {
    const temporary = { INNKEEPER_BACKUP_SERVER: 'temporary' };
    const readOn = (platform: NodeJS.Platform, env: Record<string, string>) => () =>
      readSettings(env, noFile, 'start', platform);
    expect(readOn('linux', temporary)).not.toThrow();
    expect(readOn('win32', {})).not.toThrow();
    expect(readOn('win32', { ...temporary, INNKEEPER_ROLES: 'api' })).not.toThrow();
    expect(readOn('win32', temporary)).toThrow(
      expect.objectContaining({
        lines: [expect.stringMatching(/^INNKEEPER_BACKUP_SERVER: expected none \(on Windows/)],
      }),
    );
  });

  it('has servers of backups elsewhere only where they reach the repositories and know whom to call', () => {
    const namesOf = (env: Record<string, string>) =>
      wrongLines(env).map((line) => line.split(':')[0] ?? '');
    const hetzner = {
      INNKEEPER_SERVER_FLEET_KIND: 'hetzner',
      INNKEEPER_HETZNER_TOKEN: 'a token that is long enough',
      INNKEEPER_HETZNER_IMAGE: 'role=backup-agent',
      INNKEEPER_HETZNER_SSH_KEY: 'owner',
    };
    const buckets = {
      INNKEEPER_BACKUP_REPOSITORY: 's3:https://account.r2.cloudflarestorage.com/data/one',
      INNKEEPER_BACKUP_KEYS_REPOSITORY: 's3:https://account.r2.cloudflarestorage.com/keys/one',
    };
    expect(namesOf(hetzner)).toEqual([
      'INNKEEPER_BACKUP_REPOSITORY',
      'INNKEEPER_BACKUP_KEYS_REPOSITORY',
      'INNKEEPER_BACKUP_AGENT_URL',
    ]);
    expect(namesOf({ ...hetzner, INNKEEPER_BACKUP_SERVER: 'none' })).toEqual([]);
    expect(namesOf({ ...hetzner, INNKEEPER_ROLES: 'api' })).toEqual([]);
    const clear = { INNKEEPER_BACKUP_AGENT_URL: 'http://10.0.0.2:3000' };
    expect(namesOf({ ...hetzner, ...buckets, ...clear })).toEqual(['INNKEEPER_BACKUP_AGENT_URL']);
    const url = { INNKEEPER_BACKUP_AGENT_URL: 'https://backups.example' };
    expect(wrongLines({ ...hetzner, ...buckets, ...url })).toEqual([]);
  });

  it('gives each chosen adapter exactly its own settings', () => {
    const { eventLog, bus, keys, documents } = read(distributed);
    expect(bus).toEqual({ kind: 'pubsub', project: 'inn' });
    if (eventLog.kind !== 'mongodb' || keys.kind !== 'mongodb') throw new Error('wrong choice');
    expect(eventLog.url.reveal()).toContain('hunter2');
    expect([eventLog.database, keys.database]).toEqual(['innkeeper', 'innkeeper_keys']);
    // @ts-expect-error documents may be sqlite, which has no url
    expect(documents.url).toBeDefined();
  });

  it('takes an empty variable for one that is not set', () => {
    expect(read({ INNKEEPER_HTTP_PORT: '', INNKEEPER_ROLES: '' }).http.port).toBe(3000);
  });

  it('reads a secret from the file that <NAME>_FILE names, without its last line end', () => {
    const { aircall } = readSettings(
      { INNKEEPER_AIRCALL_TOKENS_FILE: '/run/secrets/aircall' },
      (path) => (path === '/run/secrets/aircall' ? 'first-token,second-token\n' : noFile()),
    );
    expect(aircall.secrets.map((secret) => secret.reveal())).toEqual([
      'first-token',
      'second-token',
    ]);
  });

  it.each([
    ['INNKEEPER_HTTP_PORT', '70000', 'a whole number from 0 to 65535'],
    ['INNKEEPER_HTTP_PORT', '3e3', 'a whole number'],
    ['INNKEEPER_ROLES', 'api,valet', 'names out of webhook-ingest, catalog, api'],
    ['INNKEEPER_BUS_KIND', 'kafka', 'one of sqlite, pubsub'],
    ['INNKEEPER_MASTER_KEY', 'short-secret', '64 hex digits'],
    ['INNKEEPER_API_SIGNING_KEY', 'short-secret', 'at least 32 characters'],
    ['INNKEEPER_AIRCALL_TOKENS', 'one-token,two-token,three-token', 'one or two tokens'],
    ['INNKEEPER_METRICS_OPEN', 'maybe', 'true or false'],
    ['INNKEEPER_CANARY_URL', 'http://ada:pw@host', 'without a user'],
    ['INNKEEPER_HTTP_TRUSTED_PROXIES', 'traefik', 'addresses or networks'],
    ['INNKEEPER_HTTP_TRUSTED_PROXIES', '10.0.0.0/8,0.0.0.0/0', 'addresses or networks'],
    ['INNKEEPER_HTTP_TRUSTED_PROXIES', '10.0.0.0/33', 'addresses or networks'],
    ['INNKEEPER_LOG_LEVEL', 'loud', 'one of debug'],
  ])(
    'refuses %s=%s with one line that says what is expected and not what was given',
    (name, value, expected) => {
      const lines = wrongLines({ [name]: value });
      expect(lines).toHaveLength(1);
      expect(lines[0]).toContain(`${name}: expected `);
      expect(lines[0]).toContain(expected);
      expect(lines[0]).not.toContain(value);
    },
  );

  it('names everything that is wrong at once', () => {
    const lines = wrongLines({
      INNKEEPER_HTTP_PORT: 'x',
      INNKEEPER_LOG_LEVEL: 'x',
      INNKEEPER_BUS_KIND: 'pubsub',
    });
    expect(lines).toEqual([
      'INNKEEPER_HTTP_PORT: expected a whole number from 0 to 65535',
      'INNKEEPER_PUBSUB_PROJECT: expected a project id (INNKEEPER_BUS_KIND asks for it)'.replace(
        'PUBSUB_PROJECT',
        'PUBSUB_PROJECT',
      ),
      expect.stringContaining('INNKEEPER_LOG_LEVEL'),
    ]);
  });

  it('refuses a name and its file both set, and a file that cannot be read', () => {
    expect(
      wrongLines({ INNKEEPER_MASTER_KEY: 'ab'.repeat(32), INNKEEPER_MASTER_KEY_FILE: 'f' }),
    ).toEqual(['INNKEEPER_MASTER_KEY: expected either it or INNKEEPER_MASTER_KEY_FILE, not both']);
    expect(wrongLines({ INNKEEPER_HTTP_PORT_FILE: '/secret/place' })).toEqual([
      'INNKEEPER_HTTP_PORT_FILE: expected the path of a file that can be read',
    ]);
  });

  it('refuses a name with our prefix that is no setting, and says which was meant', () => {
    expect(
      wrongLines({ INNKEEPER_HTTP_PROT: '1', INNKEEPER_PEERS: '/p', INNKEEPER_TOKEN: 't' }),
    ).toEqual([
      'INNKEEPER_HTTP_PROT: expected a setting that exists; did you mean INNKEEPER_HTTP_PORT?',
    ]);
    expect(wrongLines({ INNKEEPER_COMPLETELY_OTHER_THING: '1' })).toEqual([
      'INNKEEPER_COMPLETELY_OTHER_THING: expected a setting that exists',
    ]);
  });

  it('refuses contradictions: one database for log and keys, two trace addresses, no signing key', () => {
    const { INNKEEPER_API_SIGNING_KEY: _, ...unsigned } = distributed;
    expect(
      wrongLines({ ...distributed, INNKEEPER_KEYS_MONGODB_DATABASE: 'innkeeper' }),
    ).toHaveLength(1);
    expect(wrongLines(unsigned)[0]).toContain('INNKEEPER_API_SIGNING_KEY');
    expect(wrongLines({ ...unsigned, INNKEEPER_ROLES: 'catalog' })).toEqual([]);
    const asking = { ...distributed, INNKEEPER_ROLES: 'llm-responder' };
    expect(wrongLines(asking)).toEqual([expect.stringMatching(/^INNKEEPER_ROLES: .*vectorizer/)]);
    expect(wrongLines({ ...asking, INNKEEPER_ROLES: 'llm-responder,vectorizer' })).toEqual([]);
    // One process after the other may use a data directory, and the index in it.
    expect(wrongLines({ INNKEEPER_ROLES: 'llm-responder' })).toEqual([]);
    expect(
      wrongLines({ INNKEEPER_TRACES_URL: 'http://t/v1', OTEL_EXPORTER_OTLP_ENDPOINT: 'http://t' }),
    ).toHaveLength(1);
  });
});

describe('what is made of the schema', () => {
  it('shows every setting, where it comes from, and no secret', () => {
    const settings = read(distributed);
    const shown = describeSettings(settings);
    expect(shown).toContainEqual({
      name: 'INNKEEPER_MONGODB_URL',
      value: '[secret]',
      origin: 'environment',
    });
    expect(shown).toContainEqual({ name: 'INNKEEPER_HTTP_PORT', value: '3000', origin: 'default' });
    const everything = JSON.stringify(shown) + inspect(settings.keys, { depth: 9 });
    expect(everything).not.toMatch(/hunter2|abab|a-signing-key/);
  });

  it('writes each name once into .env.example and the reference page', () => {
    const page = renderSettingsPage();
    for (const { name } of allNotes()) {
      expect(renderEnvExample().match(new RegExp(`^# ${name}=`, 'gm'))).toHaveLength(1);
      expect(page.match(new RegExp(`^\\| \`${name}\``, 'gm'))).toHaveLength(1);
    }
    expect(page).toContain('`INNKEEPER_BUS_KIND=pubsub`');
  });
});
