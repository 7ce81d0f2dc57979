/**
 * @file The sample browser: the page's only script. Samples travel as JSON; the script draws one page of a filtered list and one
 * sample's detail at a time, so that ten thousand samples cost no more nodes than fifty. Text goes into the page as text only.
 */

import { type Html, html, trusted } from '../html.ts';
import type { EvaluationView } from './read-evaluation.ts';

/** JSON that cannot end its script element. */
export const embeddedJson = (value: unknown): string =>
  JSON.stringify(value)
    .replace(/</g, '\\u003c')
    .replace(/\u2028|\u2029/g, (line) => `\\u${line.charCodeAt(0).toString(16)}`);

/** The page's only script, which its policy names. */
export const browserScript = `
const data = JSON.parse(document.getElementById('samples').textContent);
const [list, detail, count] = ['sample-list', 'sample-detail', 'sample-count'].map((id) => document.getElementById(id));
const field = (id) => document.getElementById(id).value;
const size = 50;
let page = 0;
const node = (tag, text, kind) => {
  const made = document.createElement(tag);
  if (text !== undefined) made.textContent = text;
  if (kind) made.className = kind;
  return made;
};
function chosen() {
  const [benchmark, state, words] = [field('by-benchmark'), field('by-state'), field('by-text').toLowerCase()];
  return data.samples.filter((sample) => {
    const item = data.items[sample.item];
    if (benchmark && item.benchmark !== benchmark) return false;
    if (state === 'flipped' ? sample.other === undefined : state && sample.state !== state) return false;
    return !words || [item.id, item.question, item.gold, sample.extracted, sample.response].some((text) => text.toLowerCase().includes(words));
  });
}
function show(sample) {
  const item = data.items[sample.item];
  detail.replaceChildren(node('h3', item.benchmark + ' / ' + item.subset + ' / ' + item.id + (sample.repeat ? ' #' + sample.repeat : '')));
  const add = (title, text) => { if (text) detail.append(node('h4', title), node('pre', text)); };
  detail.append(node('p', 'score ' + sample.score + ', rule ' + sample.rule + ', judge ' + (sample.judge === null ? 'not asked' : sample.judge ? 'yes' : 'no') + ', ' + sample.state + (sample.other === undefined ? '' : '; ' + sample.other + ' in the earlier run'), 'reason'));
  if (sample.note) detail.append(node('p', sample.note, 'reason'));
  add('Question', item.question);
  add('Gold', item.gold);
  add('Answer', sample.extracted);
  if (item.context) {
    const context = node('pre');
    context.append(item.context[0], node('mark', item.context[1]), item.context[2]);
    detail.append(node('h4', 'Evidence in the context'), context);
  }
  add('Response', sample.response);
}
function draw() {
  const found = chosen();
  page = Math.max(0, Math.min(page, Math.ceil(found.length / size) - 1));
  count.textContent = found.length + ' samples, page ' + (page + 1) + ' of ' + Math.max(1, Math.ceil(found.length / size));
  list.replaceChildren(...found.slice(page * size, page * size + size).map((sample) => {
    const item = data.items[sample.item];
    const row = node('button', undefined, 'sample ' + sample.state);
    row.append(node('b', sample.score.toFixed(2)), node('span', sample.state), node('span', item.question.slice(0, 110)));
    row.onclick = () => show(sample);
    return row;
  }));
  if (found.length > 0) show(found[page * size]);
  else detail.replaceChildren();
}
for (const id of ['by-benchmark', 'by-state', 'by-text']) document.getElementById(id).oninput = () => { page = 0; draw(); };
document.getElementById('page-back').onclick = () => { page--; draw(); };
document.getElementById('page-on').onclick = () => { page++; draw(); };
draw();
`;

/** Holds all samples of the view as embedded JSON, escaped for a script element. */
export function browser({ items, samples, summary, comparison }: EvaluationView): Html {
  const option = (value: string, text = value): Html => html`<option value="${value}">${text}</option>`;
  const states = ['ok', 'wrong', 'unparsed', 'truncated', 'error', ...(comparison === undefined ? [] : ['flipped'])];
  return html`<section><h2>Samples</h2>
    <div class="filters"><select id="by-benchmark">${option('', 'all benchmarks')}${summary.benchmarks.map(({ benchmark, title }) => option(benchmark, title))}</select>
    <select id="by-state">${option('', 'all states')}${states.map((state) => option(state))}</select>
    <input id="by-text" type="search" placeholder="search"><button id="page-back">back</button><button id="page-on">on</button> <span id="sample-count"></span></div>
    <div class="browser"><div id="sample-list"></div><div id="sample-detail"></div></div></section>
    <script type="application/json" id="samples">${trusted(embeddedJson({ items, samples }))}</script><script>${trusted(browserScript)}</script>`;
}
