/** For paper: dark on white, no colour that a printer without colours would lose, no row torn between two pages. */
export const kitPageLook = `
@page { size: A4; margin: 16mm 18mm; }
* { box-sizing: border-box; }
body { font: 10.5pt/1.45 system-ui, "Segoe UI", "DejaVu Sans", sans-serif; color: #000; background: #fff; max-width: 174mm; margin: 0 auto; }
@media screen { body { padding: 10mm; } }
h1 { font-size: 22pt; margin: 0 0 3mm; }
h2 { font-size: 12.5pt; margin: 6mm 0 1.5mm; border-bottom: 0.4mm solid #000; padding-bottom: 0.8mm; break-after: avoid; }
dl { display: grid; grid-template-columns: 18mm 1fr; gap: 0.5mm 3mm; margin: 0; }
dt { color: #444; } dd { margin: 0; }
.warning { border: 0.8mm solid #000; padding: 3mm 4mm; margin-top: 4mm; }
code, pre, .secret, .check { font-family: "DejaVu Sans Mono", "Liberation Mono", Consolas, Menlo, monospace; }
.address { display: grid; grid-template-columns: 18mm 1fr; gap: 3mm; margin: 0 0 1mm; }
.address span { color: #444; }
.address code { word-break: break-all; }
.note { margin: 1mm 0; font-style: italic; }
table { width: 100%; border-collapse: collapse; margin: 1.5mm 0 2.5mm; break-inside: avoid; }
caption { text-align: left; font-weight: 600; font-size: 9.5pt; padding-bottom: 0.5mm; }
caption small { font-weight: 400; color: #444; margin-left: 2mm; }
td { border: 0.2mm solid #999; padding: 1.6mm 2.5mm; }
.secret { font-size: 14pt; white-space: nowrap; }
.secret span { display: inline-block; min-width: 4ch; margin-right: 1.6ch; }
i { font-style: normal; outline: 0.25mm solid #777; outline-offset: -0.15mm; border-radius: 0.6mm; }
.check { width: 18mm; font-size: 10pt; color: #555; text-align: center; }
pre { font-size: 9pt; white-space: pre-wrap; overflow-wrap: anywhere; background: #f3f3f3; border: 0.2mm solid #bbb; padding: 1.5mm 2mm; margin: 1mm 0; }
ol { padding-left: 6mm; margin: 0; } li { margin-bottom: 1.5mm; break-inside: avoid; }
.together { break-inside: avoid; }
.steps { break-before: page; }
p { margin: 0 0 1mm; }
`;
