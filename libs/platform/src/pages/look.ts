/** One look for all pages: no host but ours, light and dark, narrow and wide. */
export const look = `
:root {
  color-scheme: light dark;
  --paper: #faf8f4; --card: #ffffff; --ink: #23211d; --soft: #6d675d; --line: #e5dfd3;
  --brand: #8a4b2a; --code: #f3eee4; --well: #2f7d4f; --wait: #a06a00; --ill: #b3372f;
  --shadow: 0 1px 2px rgb(60 40 20 / 6%), 0 6px 20px rgb(60 40 20 / 5%);
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #181613; --card: #211e1a; --ink: #ece6db; --soft: #a49b8c; --line: #38332b;
    --brand: #e3a37c; --code: #2a2621; --well: #74c796; --wait: #e0b054; --ill: #f08a80;
    --shadow: none;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-padding-top: 1rem; }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif;
}
.page { max-width: 62rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; }
a { color: var(--brand); text-underline-offset: .15em; }
a:focus-visible, summary:focus-visible, button:focus-visible { outline: 2px solid var(--brand); outline-offset: 2px; border-radius: 4px; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0; letter-spacing: -.01em; }
h2 { font-size: 1.05rem; margin: 0 0 .9rem; }
p { margin: .5rem 0; }
.soft { color: var(--soft); }
.small { font-size: .875rem; }
header.top { display: flex; flex-wrap: wrap; gap: .75rem 1.5rem; align-items: end; justify-content: space-between; margin-bottom: 2rem; }
header.top nav { display: flex; flex-wrap: wrap; gap: .25rem 1.1rem; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 12px; box-shadow: var(--shadow); padding: 1.25rem 1.4rem; min-width: 0; }
.grid { display: grid; gap: 1.1rem; grid-template-columns: repeat(2, minmax(0, 1fr)); margin-bottom: 1.1rem; }
.rows { display: grid; gap: 1.1rem; margin-bottom: 1.1rem; }
.when { white-space: nowrap; font-variant-numeric: tabular-nums; }
@media (max-width: 46rem) {
  .came tr { display: grid; grid-template-columns: auto 1fr auto; border-top: 1px solid var(--line); padding: .45rem 0; }
  .came tr:first-child { display: none; }
  .came td { border: 0; padding: 0 .75rem 0 0; }
  .came .id { grid-row: 2; grid-column: 1 / -1; }
  .came .right::before { content: "facts "; color: var(--soft); }
}
@media (max-width: 46rem) { .grid { grid-template-columns: minmax(0, 1fr); } .page { padding-top: 1.5rem; } .card { padding: 1.1rem; } }
.pill { display: inline-flex; align-items: center; gap: .45em; font-size: .875rem; font-weight: 600; white-space: nowrap; }
.pill::before { content: ""; width: .6em; height: .6em; border-radius: 50%; background: currentcolor; }
.well { color: var(--well); } .wait { color: var(--wait); } .ill { color: var(--ill); }
.leaving summary { cursor: pointer; width: fit-content; }
.leaving ul { margin: .3rem 0 0; padding-left: 1.1rem; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; font-size: .9375rem; }
th { text-align: left; font-weight: 500; color: var(--soft); font-size: .8125rem; padding: 0 .75rem .35rem 0; }
td { padding: .42rem .75rem .42rem 0; border-top: 1px solid var(--line); vertical-align: baseline; }
td:last-child, th:last-child { padding-right: 0; }
.right { text-align: right; font-variant-numeric: tabular-nums; }
code, pre { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; font-size: .86em; }
code { overflow-wrap: anywhere; }
pre { background: var(--code); border-radius: 8px; padding: .7rem .9rem; margin: .45rem 0 0; white-space: pre-wrap; overflow-wrap: anywhere; line-height: 1.5; }
ol.steps { list-style: none; counter-reset: step; margin: 0; padding: 0; display: grid; gap: 1.1rem; }
ol.steps > li { counter-increment: step; padding-left: 2.4rem; position: relative; min-width: 0; }
ol.steps > li::before { content: counter(step); position: absolute; left: 0; top: .1rem; width: 1.6rem; height: 1.6rem; border-radius: 50%; display: grid; place-items: center; font-size: .8125rem; font-weight: 600; background: var(--code); color: var(--brand); }
`;
