import { kindNames, recordKinds } from '#libs/catalog';
import { html, ours, scriptedPage, tokenScript } from '#libs/platform';

import { recordScript } from './record-script.js';

const style = `
.page { max-width: 46rem; }
dl { display: grid; grid-template-columns: minmax(6rem, 11rem) minmax(0, 1fr); gap: .45rem 1rem; margin: 0; }
dt { color: var(--soft); font-size: .875rem; padding-top: .1rem; }
dd { margin: 0; overflow-wrap: anywhere; white-space: pre-line; }
dd dl { grid-template-columns: minmax(5rem, 8rem) minmax(0, 1fr); }
.items { margin: 0; padding: 0; list-style: none; display: grid; gap: .7rem; }
.facts { margin: .8rem 0 0; padding-left: 1.4rem; display: grid; gap: .3rem; font-size: .9375rem; }
#record { display: grid; gap: 1.1rem; }
summary { cursor: pointer; }
h1 { overflow-wrap: anywhere; }
@media (max-width: 30rem) { dl, dd dl { grid-template-columns: minmax(0, 1fr); gap: .1rem; } dd { margin-bottom: .6rem; } }
`;

const body = html`<main hidden>
    <header class="top">
      <div>
        <h1 id="name">…</h1>
        <p class="soft small" id="what"></p>
      </div>
      <nav class="small"><a href="/ask">Ask</a><a href="/">Innkeeper</a></nav>
    </header>
    <div id="record" aria-live="polite"></div>
  </main>
  ${ours(`<script type="application/json" id="named">${namedFields()}</script>`)}`;

/** Which field of which kind holds the id of which other record: what a page makes links of. Names of ours only. */
function namedFields(): string {
  return JSON.stringify(
    Object.fromEntries(kindNames.map((kind) => [kind, recordKinds[kind].names])),
  );
}

export const recordPageScript = tokenScript + recordScript;

/** One page for every record: it holds nothing of any, and does not tell which there are. */
export const recordPage = (): string =>
  scriptedPage({ title: 'Innkeeper', style, body, script: recordPageScript });
