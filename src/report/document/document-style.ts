/** @file The style sheet of the page that shows a document: a colour for each kind of fact, light and dark, narrow and wide. */
import { markKinds } from '../../corpus/inspect/fact-marks.ts';

/** Kinds that cover others: a line below the text, no ground. */
const lines = new Set(['turn', 'table', 'list', 'summary', 'event', 'quotation', 'definition', 'heading']);

/** Hues far apart for kinds that stand beside each other. */
const hues: Readonly<Record<(typeof markKinds)[number], number>> = {
  heading: 220,
  summary: 285,
  speaker: 200,
  turn: 200,
  direction: 40,
  table: 150,
  cell: 150,
  list: 95,
  person: 20,
  place: 120,
  organisation: 260,
  work: 320,
  term: 175,
  name: 60,
  definition: 340,
  reference: 230,
  quotation: 50,
  event: 0,
  date: 0,
  quantity: 90,
};

const kindRules = markKinds
  .map((kind) => {
    const look = lines.has(kind)
      ? 'background: none; box-shadow: inset 0 -2px hsl(var(--hue) 65% 50% / .6);'
      : 'background: hsl(var(--hue) 85% 55% / .24);';
    return `.${kind} { --hue: ${hues[kind]}; ${look} }\nbody:has(#k-${kind}:not(:checked)) main .${kind} { background: none; box-shadow: none; }`;
  })
  .join('\n');

/** The body of the page's `<style>` element. */
export const documentStyle = `
:root { color-scheme: light dark; --paper: #fbfaf7; --card: #fff; --ink: #1d1f23; --soft: #666a73; --faint: #e6e3db; --accent: #0b6e6e; }
@media (prefers-color-scheme: dark) { :root { --paper: #16181b; --card: #1d2024; --ink: #e7e5df; --soft: #9a9ea8; --faint: #2f343a; --accent: #4fc1b8; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.6 ui-sans-serif, system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; display: grid; grid-template-columns: 320px minmax(0, 1fr); }
aside { position: sticky; top: 0; height: 100vh; overflow: auto; padding: 22px 18px; border-right: 1px solid var(--faint); font-size: 13.5px; line-height: 1.45; overflow-wrap: anywhere; }
main { padding: 30px 40px 90px; max-width: 1000px; overflow-wrap: anywhere; }
h1 { font: 600 30px/1.2 "Iowan Old Style", Charter, Palatino, Georgia, serif; margin: 0 0 18px; }
.id { margin: 0; color: var(--soft); font-size: 13.5px; }
small { color: var(--soft); font-size: 12px; font-variant-numeric: tabular-nums; }
fieldset { border: 0; padding: 0; margin: 0 0 14px; display: grid; grid-template-columns: 1fr 1fr; gap: 1px 8px; }
legend, summary { font-weight: 600; padding: 0; }
summary { cursor: pointer; padding: 5px 0; }
aside ul { list-style: none; margin: 0 0 8px; padding: 0; }
aside li { padding: 2px 0 2px calc(var(--depth, 0) * 12px); }
a { color: inherit; text-decoration: none; } aside a:hover { color: var(--accent); }
dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(130px, 1fr)); gap: 12px 20px; margin: 0; padding: 12px 0; border-block: 1px solid var(--faint); }
dt { font-size: 12.5px; color: var(--soft); } dd { margin: 0; } dl div:last-child { grid-column: 1 / -1; }
.tasks { margin: 8px 0 24px; font-size: 14px; } .tasks td { vertical-align: top; text-align: left; padding: 4px 14px 4px 0; border-top: 1px solid var(--faint); }
.tasks .unable { color: var(--soft); } .tasks table { width: 100%; border-collapse: collapse; }
.text { font-family: "Iowan Old Style", Charter, Palatino, Georgia, serif; font-size: 17px; }
.chunk { content-visibility: auto; contain-intrinsic-size: auto 2400px; }
.b { white-space: pre-wrap; unicode-bidi: plaintext; margin: 0 0 14px; } .b.head { font-weight: 600; margin-top: 26px; }
.b.grid { white-space: pre; overflow-x: auto; font: 13px/1.5 ui-monospace, "SF Mono", Menlo, Consolas, monospace; }
.m { color: inherit; border-radius: 3px; } main .m:hover { outline: 1px solid hsl(var(--hue) 65% 45%); } main a.m { text-decoration: underline dotted; }
:target { outline: 3px solid var(--accent); outline-offset: 4px; scroll-margin-top: 30vh; }
figure { margin: 0 0 22px; padding: 12px 16px; background: var(--card); border: 1px solid var(--faint); border-radius: 8px; font: 13.5px/1.45 ui-sans-serif, system-ui, sans-serif; }
figcaption { color: var(--soft); margin-bottom: 8px; } .scroll { overflow-x: auto; }
figure table { border-collapse: collapse; font-variant-numeric: tabular-nums; } th { text-align: left; font-weight: 500; color: var(--soft); padding: 4px 12px 4px 0; vertical-align: bottom; } th small { display: block; }
td { padding: 4px 12px 4px 0; border-top: 1px solid var(--faint); vertical-align: top; } td.number { text-align: right; } tr.total td { font-weight: 600; } tr.heading td { color: var(--soft); font-style: italic; }
.cut { color: var(--soft); }
${kindRules}
@media (max-width: 860px) { body { display: block; } aside { position: static; height: auto; max-height: 46vh; border-right: 0; border-bottom: 1px solid var(--faint); } main { padding: 22px 16px 60px; } }
@media print { aside { display: none; } body { display: block; } .chunk { content-visibility: visible; } }
`;
