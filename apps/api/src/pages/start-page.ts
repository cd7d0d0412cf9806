import { demoQuestions, html, leavingDetails, look, ours, type Html } from '#libs/platform';

import type { Overview } from './overview.js';

/** Keeps the page true while it is open, unless somebody is marking text in it. What somebody writes stays. */
export const refreshing = `
const box = document.getElementById('ask');
if (box)
  box.addEventListener('submit', (event) => {
    event.preventDefault();
    location.href = '/ask#q=' + encodeURIComponent(document.getElementById('ask-text').value);
  });
setInterval(async () => {
  if (document.hidden || String(getSelection())) return;
  try {
    const page = new DOMParser().parseFromString(await (await fetch('/')).text(), 'text/html');
    for (const part of ['header', 'main'])
      document.querySelector(part).replaceWith(page.querySelector(part));
  } catch {
    document.querySelector('[data-state]').outerHTML = '<span class="pill ill" data-state>does not answer</span>';
  }
}, 5000);
`;

// In one piece: its hash stands in the policy, so nobody may lay it out again.
const script = ours(`<script>${refreshing}</script>`);

/** What a newcomer sees first: what runs, what came in last, and what to do next. */
export const startPage = (overview: Overview, url: string): string =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Innkeeper</title>
        <link rel="icon" href="data:," />
        <style>
          ${ours(look)}
        </style>
      </head>
      <body>
        <div class="page">
          ${top(overview)}
          <div class="rows">${askBox(overview)}</div>
          <main>
            <div class="grid">${whatRuns(overview)}${positions(overview)}</div>
            <div class="rows">${whatCameIn(overview)}${whatNext(overview, url)}</div>
          </main>
          <footer class="soft small">
            This page shows nothing personal. Personal data needs a token.
          </footer>
        </div>
        ${script}
      </body>
    </html>`.text;

const top = ({ ready, roles, unreachable }: Overview): Html =>
  html`<header class="top">
    <div>
      <h1>Innkeeper</h1>
      <p class="soft">Remembers everything a hospitality company is told, and answers from it.</p>
    </div>
    <nav class="small">
      ${
        unreachable
          ? html`<span class="pill ill" data-state>${unreachable}</span>`
          : ready
            ? html`<span class="pill well" data-state>runs well</span>`
            : html`<span class="pill wait" data-state>not everything works</span>`
      }
      ${roles.some(({ name }) => name === 'backup-orchestrator') && html`<a href="/backups">Backups</a>`}
      <a href="/docs">API</a><a href="/openapi.json">OpenAPI</a><a href="/health/ready">Health</a>
    </nav>
  </header>`;

/** What any company may ask; the demo company has homes that everybody knows. */
const ofAnyCompany: readonly string[] = [
  'How many arrivals tomorrow?',
  'Who leaves today?',
  'Who called twice today without an answer?',
  'Open balances this week',
  'Wer reist morgen an?',
];

/** Stands apart from what is refreshed, so that nobody loses a question in the middle of writing it. */
const askBox = ({ asks, leaving }: Overview): Html =>
  asks === undefined
    ? html``
    : html`<section class="card">
        <h2>Ask</h2>
        ${
          asks === 'demo'
            ? html`<p>
                The demo company is here: twelve homes and their notes, three hundred stays, and a
                year of calls and messages in six languages.
              </p>`
            : html``
        }
        <form id="ask">
          <input
            id="ask-text"
            aria-label="Your question"
            placeholder="Ask in your own words"
            autocomplete="off"
            required
            style="width: 100%; box-sizing: border-box; padding: 0.6rem; font: inherit"
          />
        </form>
        <ul>
          ${(asks === 'demo' ? demoQuestions : ofAnyCompany).map(
            (question) =>
              html`<li><a href="/ask#q=${encodeURIComponent(question)}">${question}</a></li>`,
          )}
        </ul>
        ${leavingDetails(leaving)}
      </section>`;

const state = (ready: boolean, code?: string): Html =>
  ready
    ? html`<span class="pill well">works</span>`
    : html`<span class="pill ill">${code ?? 'stands still'}</span>`;

const whatRuns = ({ roles, backEnds }: Overview): Html =>
  html`<section class="card">
    <h2>What runs here</h2>
    <table>
      <tr>
        <th>role</th>
        <th class="right">state</th>
      </tr>
      ${roles.map(
        ({ name, ready, code }) =>
          html`<tr>
            <td>${name}</td>
            <td class="right">${state(ready, code)}</td>
          </tr>`,
      )}
      ${backEnds.map(
        ({ name, keeps, ready, code }) =>
          html`<tr>
            <td>${name} <span class="soft small">keeps ${keeps}</span></td>
            <td class="right">${state(ready, code)}</td>
          </tr>`,
      )}
    </table>
  </section>`;

const number = (value: number): string => value.toLocaleString('en').replaceAll(',', ' ');

const positions = ({ head, followers }: Overview): Html =>
  html`<section class="card">
    <h2>How far each reader is</h2>
    <table>
      <tr>
        <th>who</th>
        <th class="right">position</th>
        <th class="right">behind</th>
      </tr>
      <tr>
        <td>log <span class="soft small">last fact</span></td>
        <td class="right">${head === undefined ? '–' : number(head)}</td>
        <td></td>
      </tr>
      ${followers.map(
        ({ name, says, position, behind }) =>
          html`<tr>
            <td>${name} <span class="soft small">${says}</span></td>
            <td class="right">${number(position)}</td>
            <td class="right">
              <span class="${behind > 0 ? 'wait' : 'well'}">${number(behind)}</span>
            </td>
          </tr>`,
      )}
    </table>
    <p class="soft small">No fact is lost: a reader that is behind works it off, in order.</p>
  </section>`;

const whatCameIn = ({ deliveries }: Overview): Html =>
  html`<section class="card">
    <h2>What came in last</h2>
    ${
      deliveries.length === 0
        ? html`<p class="soft">Nothing yet. The first step below sends a sample.</p>`
        : html`<table class="came">
            <tr>
              <th>when (UTC)</th>
              <th>source</th>
              <th>delivery</th>
              <th class="right">facts</th>
            </tr>
            ${deliveries.map(
              ({ id, source, receivedAt, facts }) =>
                html`<tr>
                  <td class="when">${shortTime(receivedAt)}</td>
                  <td>${source}</td>
                  <td class="id"><code>${id}</code></td>
                  <td class="right">${facts}</td>
                </tr>`,
            )}
          </table>`
    }
  </section>`;

const shortTime = (ms: number): string => new Date(ms).toISOString().slice(0, 19).replace('T', ' ');

const SAMPLE = 'test/fixtures/aircall/call.ended.answered.json';

const doorsOn = (sources: Overview['sources'], url: string): string =>
  sources.flatMap(({ name, on }) => (on ? [`${url}/webhooks/${name}`] : [])).join('\n');

/** Listed, so that nobody sends to a door that refuses everything. */
const doorsOff = (sources: Overview['sources']): Html => {
  const off = sources.flatMap(({ name, on }) => (on ? [] : [name]));
  return off.length === 0
    ? html``
    : html`<p class="soft small">
        Off, because they have no secret: ${off.join(', ')}.
        <code>npx innkeeper sources</code> names the settings.
      </p>`;
};

const whatNext = ({ deliveries: [last], sources }: Overview, url: string): Html =>
  html`<section class="card">
    <h2>What to do next</h2>
    <ol class="steps">
      <li>
        Send a sample, signed as the provider would:
        <pre>npx innkeeper send aircall ${SAMPLE}</pre>
      </li>
      <li>
        See which steps it went through:
        <pre>npx innkeeper trace ${last?.id ?? '<id that send printed>'}</pre>
      </li>
      <li>
        Read the record it became:
        <pre>curl -H "Authorization: Bearer $(npx innkeeper token)" ${url}/api/records/call</pre>
      </li>
      <li>
        Ask what needs a person:
        <pre>npx innkeeper doctor</pre>
      </li>
      <li>
        Connect the provider: give it this address, and put its token into the settings.
        <pre>${doorsOn(sources, url)}</pre>
        ${doorsOff(sources)}
      </li>
    </ol>
  </section>`;
