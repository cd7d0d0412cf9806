import { hash } from 'node:crypto';

import { html, ours, type Html } from './html.js';
import { look } from './look.js';

/**
 * Nothing from outside, no frame around us, and of scripts only these. A page shows personal data, so no address of it
 * goes anywhere and nobody keeps a copy.
 */
export const pageHeaders = (...scripts: readonly string[]): Readonly<Record<string, string>> => {
  const allowed = scripts.map((script) => `'sha256-${hash('sha256', script, 'base64')}'`).join(' ');
  return {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': `default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src ${allowed}; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  };
};

interface ScriptedPage {
  readonly title: string;
  /** Beside the look of all pages. */
  readonly style: string;
  readonly body: Html;
  readonly script: string;
}

/** A page whose content a script of ours gets from the API, with the token of who looks. */
export const scriptedPage = ({ title, style, body, script }: ScriptedPage): string =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${title}</title>
        <link rel="icon" href="data:," />
        <style>
          ${ours(look)}${ours(tokenLook)}${ours(style)}
        </style>
      </head>
      <body>
        <div class="page">${tokenForm}${body}</div>
        ${ours(`<script>${script}</script>`)}
      </body>
    </html>`.text;

const tokenForm = html`<section class="card token" id="token" hidden>
  <h2>Who are you?</h2>
  <p>
    This page shows what you may read, so it needs a token. On the machine of the platform this
    makes one for an hour:
  </p>
  <pre>npx innkeeper token</pre>
  <form id="token-form">
    <label for="token-text">Token</label>
    <input id="token-text" type="password" autocomplete="off" spellcheck="false" required />
    <button class="main">Go on</button>
  </form>
  <p class="soft small" id="token-problem" role="status"></p>
</section>`;

const tokenLook = `
button { font: inherit; color: inherit; cursor: pointer; }
button.main { background: var(--brand); color: var(--card); border: 1px solid var(--brand); border-radius: 8px; padding: .5rem 1rem; font-weight: 600; }
button.main:disabled { opacity: .55; cursor: default; }
input, textarea { font: inherit; color: inherit; background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: .5rem .7rem; width: 100%; }
input:focus-visible, textarea:focus-visible { outline: 2px solid var(--brand); outline-offset: 1px; }
.token { max-width: 34rem; margin: 0 auto 1.5rem; }
.token form { display: grid; gap: .5rem; margin-top: .9rem; }
.token button { justify-self: start; }
[hidden] { display: none !important; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
`;

/**
 * The token stands behind the # of the address, which no browser sends anywhere, and is taken out of it at once, as is
 * a question (`#q=…`). It lives as long as the tab. A new tab asks the other tabs of this platform for it.
 */
export const tokenScript = `
const tabs = new BroadcastChannel('innkeeper');
const known = () => sessionStorage.getItem('token');
const said = location.hash.slice(1).split('&');
const given = said.find((part) => part && !part.includes('='));
if (given) sessionStorage.setItem('token', given);
if (location.hash) {
  history.replaceState(null, '', location.pathname + location.search);
}
tabs.onmessage = ({ data }) => {
  if (data.needs && known()) tabs.postMessage({ token: known() });
  if (data.token && !known()) { sessionStorage.setItem('token', data.token); begin(); }
};
const byId = (id) => document.getElementById(id);
const make = (tag, properties, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children.filter((child) => child !== undefined && child !== ''));
  return element;
};
const needToken = (problem) => {
  sessionStorage.removeItem('token');
  byId('token').hidden = false;
  document.querySelector('main').hidden = true;
  byId('token-problem').textContent = problem || '';
  tabs.postMessage({ needs: true });
};
byId('token-form').onsubmit = (event) => {
  event.preventDefault();
  sessionStorage.setItem('token', byId('token-text').value.trim());
  byId('token-text').value = '';
  begin();
};
const failed = ({ title, status, code }) =>
  Object.assign(new Error(title || 'The platform does not answer.'), { status, code });
const reach = async (path, { body, headers } = {}) => {
  const response = await fetch(path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: 'Bearer ' + known(), ...(body && { 'content-type': 'application/json' }), ...headers },
    ...(body && { body: JSON.stringify(body) }),
  }).catch(() => { throw failed({}); });
  if (response.ok) return response;
  if (response.status === 401) needToken('This token is over, or is none of this platform. Make a new one.');
  throw failed({ ...await response.json().catch(() => ({})), status: response.status });
};
const api = async (path, asked) => (await reach(path, asked)).json().catch(() => ({}));
const begin = () => {
  if (!known()) return needToken();
  byId('token').hidden = true;
  document.querySelector('main').hidden = false;
  start();
};
`;
