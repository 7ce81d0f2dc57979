/** @file A document as the pipeline sees it, as one page: the text with every fact marked, its outline and the facts at the side. */
import { type DocumentLook, type OutlineEntry, sectionLabel } from '../../corpus/inspect/document-look.ts';
import { type FactMark, type MarkKind, markKinds } from '../../corpus/inspect/fact-marks.ts';
import { contentSecurityPolicy } from '../../html-policy.ts';
import { type Html, html, trusted } from '../html.ts';
import { longestText, markedBlocks } from './document-blocks.ts';
import { documentStyle } from './document-style.ts';
import { placeId, shownText } from './marked-text.ts';

/** Entries of a kind at the side. */
const listed = 400;

const number = (value: number): string => value.toLocaleString('en');
const said = (text: string): Html => trusted(shownText(text));

interface Entry {
  readonly at: number;
  readonly text: string;
  readonly detail?: string;
  readonly depth?: number;
}

/** Sections from top to bottom with their depth. */
function outlineEntries(outline: readonly OutlineEntry[]): Entry[] {
  const entries: Entry[] = [];
  const open = outline.map((entry) => ({ entry, depth: 0 })).reverse();
  for (let row = open.pop(); row !== undefined; row = open.pop()) {
    const { entry, depth } = row;
    entries.push({
      at: entry.span.start,
      text: sectionLabel(entry),
      depth: Math.min(depth, 8),
    });
    for (const inner of [...entry.inner].reverse()) open.push({ entry: inner, depth: depth + 1 });
  }
  return entries;
}

/** The lists at the side: title, then where each entry stands. */
function sideLists(look: DocumentLook): (readonly [title: string, entries: readonly Entry[]])[] {
  const fact = <T extends { readonly span: { readonly start: number } }>(
    facts: readonly T[],
    text: (fact: T) => string,
  ): Entry[] => facts.map((each) => ({ at: each.span.start, text: text(each) }));
  return [
    ['Outline', outlineEntries(look.outline)],
    [
      'Tables',
      fact(
        look.tables.map((table, i) => ({ ...table, i })),
        ({ caption, i, rows }) => `${i + 1}. ${caption?.text ?? `${rows.length} rows`}`,
      ),
    ],
    [
      'Speakers',
      look.speakers.map(({ speaker, turns, first }) => ({ at: first.start, text: speaker, detail: `${turns} turns` })),
    ],
    ['Summaries by the author', fact(look.summaries, ({ kind }) => kind)],
    ...Object.entries(look.names).map(([kind, names]): [string, Entry[]] => [
      `Names: ${kind}`,
      names.map(({ name, mentions, first }) => ({ at: first.start, text: name, detail: String(mentions) })),
    ]),
    ['Definitions', fact(look.definitions, ({ term }) => term)],
    [
      'References',
      fact(look.references, ({ label, target }) => `${label}${target === undefined ? '' : ` > ${target.text}`}`),
    ],
    ['Quotations', fact(look.quotations, ({ speaker, text }) => `${speaker ?? 'nobody named'}: ${text}`)],
    ['Events', fact(look.events, ({ iso, text }) => `${iso} ${text}`)],
    [
      'Quantities',
      fact(look.quantities, ({ text, measures }) => `${text}${measures === undefined ? '' : `: ${measures}`}`),
    ],
    ['Lists and steps', fact(look.lists, ({ steps, items }) => `${steps ? 'steps' : 'list'}: ${items[0]?.text ?? ''}`)],
  ];
}

const sideList = (title: string, entries: readonly Entry[], open: boolean): Html | undefined => {
  if (entries.length === 0) return undefined;
  const items = entries.slice(0, listed).map(({ at, text, detail, depth = 0 }) => {
    const label = said(text.slice(0, 90));
    return html`<li style="--depth:${depth}"><a href="#${placeId(at)}">${label}</a>${detail === undefined ? undefined : html` <small>${said(detail)}</small>`}</li>`;
  });
  const more = entries.length > listed ? html`<li>${number(entries.length - listed)} more</li>` : undefined;
  return html`<details${trusted(open ? ' open' : '')}><summary>${said(title)} <small>${number(entries.length)}</small></summary><ul>${items}${more}</ul></details>`;
};

function legend(marks: readonly FactMark[]): Html {
  const counts = new Map<MarkKind, number>();
  for (const { kind } of marks) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const boxes = markKinds
    .filter((kind) => counts.has(kind))
    .map(
      (kind) =>
        html`<label><input type="checkbox" id="k-${kind}" checked> <span class="m ${kind}">${kind}</span> <small>${number(counts.get(kind) ?? 0)}</small></label>`,
    );
  return html`<fieldset><legend>Marked in the text</legend>${boxes}</fieldset>`;
}

function facts(look: DocumentLook): Html {
  const { kind, language, languageParts, measures, licence, omitted } = look;
  const others = [...new Set(languageParts.map((part) => part.language))].filter((part) => part !== language);
  const left = Object.entries(omitted).map(([reason, count]) => `${reason} ${number(count)}`);
  const rows: readonly (readonly [string, string])[] = [
    ['kind', kind],
    ['language', [language, ...others].join(', ')],
    ['words', number(measures.words)],
    ['tokens, about', number(measures.tokens)],
    ['licence', licence],
    ['left out, not told for sure', left.join(', ') || 'nothing'],
  ];
  return html`<dl>${rows.map(([name, value]) => html`<div><dt>${name}</dt><dd>${said(value)}</dd></div>`)}</dl>`;
}

function tasksPart({ tasks }: DocumentLook): Html {
  const able = tasks.filter(({ serves }) => serves.length > 0);
  const rows = tasks.map(
    ({ task, ability, serves, lacks }) =>
      html`<tr class="${serves.length > 0 ? 'able' : 'unable'}"><td>${task}</td><td>${said(ability)}</td><td>${said(serves.length > 0 ? serves.join(', ') : lacks.join(' | '))}</td></tr>`,
  );
  return html`<details class="tasks"><summary>Can serve ${able.length} of ${tasks.length} tasks: ${said(able.map(({ task }) => task).join(', ') || 'none')}</summary><table><tbody>${rows}</tbody></table></details>`;
}

/** The page, without a script and without the network. */
export function documentPage(look: DocumentLook, marks: readonly FactMark[]): string {
  const lists = sideLists(look);
  const targets = marks.flatMap(({ to }) => (to === undefined ? [] : [to]));
  const places = [
    ...new Set([...lists.flatMap(([, entries]) => entries.slice(0, listed).map(({ at }) => at)), ...targets]),
  ];
  const cut = look.text.length > longestText;
  const notice = cut
    ? html`<p class="cut">The first ${number(longestText)} of ${number(look.text.length)} characters are shown; --format json gives all facts.</p>`
    : undefined;
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8">${trusted(contentSecurityPolicy())}<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${said(look.title)}</title><style>${trusted(documentStyle)}</style></head>
<body><aside>${legend(marks)}${lists.map(([title, entries], i) => sideList(title, entries, i === 0)).filter((list) => list !== undefined)}</aside>
<main><p class="id">${said(look.id)}</p><h1>${said(look.title)}</h1>${facts(look)}${tasksPart(look)}${notice}
<div class="text">${markedBlocks(
    look,
    marks,
    places.sort((a, b) => a - b),
  )}</div></main></body></html>
`.markup;
}
