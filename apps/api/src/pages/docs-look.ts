/** What the page of the API needs besides the common look. */
export const docsLook = `
.layout { display: grid; grid-template-columns: 11rem minmax(0, 1fr); gap: 2rem; align-items: start; }
.layout > nav { position: sticky; top: 1.5rem; display: grid; gap: .35rem; font-size: .9375rem; }
.layout > nav a { text-decoration: none; color: var(--soft); }
.layout > nav a:hover { color: var(--brand); }
section.group { margin-bottom: 2.25rem; }
details.route { background: var(--card); border: 1px solid var(--line); border-radius: 10px; margin-bottom: .6rem; }
details.route > summary { display: grid; grid-template-columns: 4.2rem minmax(0, 1fr) auto; gap: .2rem .8rem; align-items: baseline; padding: .7rem 1rem; cursor: pointer; list-style: none; }
details.route > summary::-webkit-details-marker { display: none; }
details.route > summary .does { grid-column: 2 / -1; color: var(--soft); font-size: .9rem; }
details.route[open] > summary { border-bottom: 1px solid var(--line); }
details.route .inner { padding: .8rem 1rem 1.1rem; }
details.route h3 { font-size: .8125rem; font-weight: 600; color: var(--soft); margin: 1rem 0 .3rem; }
.verb { font: 600 .8rem ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; text-transform: uppercase; }
.verb.get { color: var(--well); } .verb.post { color: var(--wait); } .verb.delete { color: var(--ill); }
.role { font-size: .8rem; color: var(--soft); white-space: nowrap; }
details.route td > code:only-child { white-space: nowrap; overflow-wrap: normal; }
.about { margin-bottom: 2rem; }
@media (max-width: 46rem) {
  .layout { grid-template-columns: minmax(0, 1fr); gap: 1.2rem; }
  .layout > nav { position: static; display: flex; flex-wrap: wrap; gap: .3rem 1rem; }
  details.route > summary { grid-template-columns: 3.6rem minmax(0, 1fr); }
  details.route > summary .role, details.route > summary .does { grid-column: 2; }
  td, th { padding-right: .5rem; }
}
`;
