/**
 * @file What kind of document a text is, by evidence of structure (turns, tables, headings, lines of code) and of wording
 * (`form-marks.ts`), in English and Chinese. A document without enough evidence is `other`: the tasks that ask for a kind will not get it.
 */

import type { Turn } from '../../conversation/turns.ts';
import type { Table } from '../../tables/table.ts';
import type { Section } from '../sections.ts';
import { formMarks, type WordedForm } from './form-marks.ts';
import { chineseClasses, type WordClass, wordClasses } from './form-words.ts';

/** The kinds that criteria and filters can ask for; `other` is what no rule knows. */
export const documentForms = [
  'book',
  'play',
  'paper',
  'filing',
  'report',
  'law',
  'manual',
  'changelog',
  'encyclopedia',
  'news',
  'conversation',
  'table',
  'speech',
  'code',
  'other',
] as const;

/** What kind of document a text is. */
export type DocumentForm = (typeof documentForms)[number];

/** What of a text's structure tells its kind. */
export interface FormEvidence {
  readonly sections: readonly Section[];
  readonly tables: readonly Table[];
  readonly turns: readonly Turn[];
}

/** Turns that make a conversation, if they cover half of the text. */
const leastTurns = 4;
/** Of a turn, this many times the middle length counts: the last one runs to the end of the text, whatever follows the talk. */
const longTurn = 8;
/** Lines of the head of the text that are looked at for code. */
const looked = 400;
const codeLine =
  /[;{}]\s*$|^\s*(?:import |from \S+ import |def |class |function |const |let |var |return\b|if ?\(|for ?\(|#include|package |public |private |@\w+|\/\/|\/\*|fn |use |impl )|^```/;

const settingLine = /^\s*[\w.-]{1,40}\s?(?:=|: )\s?\S[^.!?]{0,60}$/;

function looksLikeCode(text: string): boolean {
  const head = text.slice(0, 40_000);
  // A page of Markdown explains the code that it fences.
  if (/^```/m.test(head) && (head.match(/^#{1,4} \S/gm)?.length ?? 0) >= 2) return false;
  const lines = head.split('\n', looked).filter((line) => line.trim() !== '');
  const settings = lines.filter((line) => settingLine.test(line)).length;
  // Settings: names with values, between comments and names in brackets.
  if (
    settings >= 5 &&
    settings + lines.filter((line) => /^\s*(?:[#;]|\[[\w.:-]+\]\s*$)/.test(line)).length > 0.8 * lines.length
  )
    return true;
  return lines.length >= 5 && lines.filter((line) => codeLine.test(line)).length > lines.length * 0.4;
}

/** Acts, scenes, entrances and exits; in Chinese also the list of persons. */
const stage =
  /^\W*(?:act|scene) (?:[IVXL]+|\d+|one|two|the first)\b|\b(?:exeunt|exit)\b|^\W*(?:re-)?enter [A-Z]|dramatis person|\[aside|^\W*(?:acte|scène|actus|scena|akt|szene|aufzug|auftritt|acto|escena|atto|действие|явление|картина) (?:[IVXL]+\b|\d|premi|unique|second|prim|erst|zweit|dritt|перв|втор|трет)|^\W*(?:erste|zweite|dritte|vierte|fünfte|letzte)r? (?:akt|aufzug|auftritt|szene)\b|^\W*(?:personnages|personen|personajes|personaggi|действующие лица|dramatis|人物[:：]|characters?:?$)|^\W*(?:rideau|vorhang|telón|занавес|curtain)\b|^\W*(?:entre|entrent|sort|sortent|входит|входят|уходит|уходят) |\((?:he|she|they|[A-Z]{3,}) (?:enters?|exits?|crosses|goes out|goes off)\b|第[一二三四五六七八九十\d]+[幕场](?:\s|$)|幕(?:启|落|开|闭)|[（(](?:上|下|同下|同上)[)）]|[（(][^（()）\n]{1,8}(?:上|下)[。.]?[)）]/gim;

/** A conversation with the marks of the stage is a play. */
function spokenForm(text: string, turns: readonly Turn[]): 'play' | 'conversation' | undefined {
  const lengths = turns.map(({ span }) => span.end - span.start).sort((a, b) => a - b);
  const longest = longTurn * (lengths[lengths.length >> 1] ?? 0);
  const spoken = lengths.reduce((sum, length) => sum + Math.min(length, longest), 0);
  if (turns.length < leastTurns || spoken <= text.length / 2) return undefined;
  return (text.slice(0, 60_000).match(stage)?.length ?? 0) >= 2 ? 'play' : 'conversation';
}

/** Share of the text that its tables take. */
const tabled = (text: string, tables: readonly Table[]): number =>
  tables.reduce((sum, { span }) => sum + span.end - span.start, 0) / Math.max(1, text.length);

/** Characters of running text that are counted, from the start and from the middle. */
const sampled = 3000;

/** Words of each class in a thousand; of Chinese, occurrences in a thousand characters and a half. */
function ratesOf(text: string): Readonly<Record<WordClass, number>> {
  const middle = Math.max(sampled, text.length >> 1);
  const sample = `${text.slice(0, sampled)} ${text.slice(middle, middle + sampled)}`;
  const counts: Record<WordClass, number> = { law: 0, manual: 0, news: 0, story: 0, speech: 0 };
  const words = sample.toLowerCase().match(/[a-z]+/g) ?? [];
  const han = sample.match(/[\u4e00-\u9fff]/g)?.length ?? 0;
  for (const word of words) for (const name of wordClasses.get(word) ?? []) counts[name]++;
  const names = Object.keys(counts) as WordClass[];
  if (han > words.length) for (const name of names) counts[name] = sample.match(chineseClasses[name])?.length ?? 0;
  const length = Math.max(60, han > words.length ? han / 1.5 : words.length);
  return Object.fromEntries(names.map((name) => [name, (1000 * counts[name]) / length])) as Record<WordClass, number>;
}

/** `Chad is a landlocked country`, `长江是中国最长的河流`: an opening that says what the title is. */
function definesTitle(head: string): boolean {
  const [title = '', ...rest] = head
    .split('\n')
    .map((line) => line.replace(/^[#\s*_]+|[*_\s]+$/g, ''))
    .filter((line) => line !== '');
  const opening = rest.find((line) => line.length > 40)?.replace(/[*_]/g, '') ?? '';
  // Without a title, what is defined stands in bold: `**Chad** is`.
  if (
    /^\W*\*\*[^*\n]{2,60}\*\*[^.!?\n]{0,80} (?:is|was|are|were) (?:an?|the|one) |^\s*\*\*[^*\n]{1,30}\*\*[^。\n]{0,60}(?:是|为)/.test(
      head,
    )
  )
    return true;
  const name = title.replace(/ ?[（(].*$/, '').trim();
  if (name === '' || name.length > 60) return false;
  const said = opening.slice(0, 300);
  const at = said.toLowerCase().indexOf(name.toLowerCase());
  if (at < 0 || at > 30) return false;
  return /^[^.!?。]{0,160}?\b(?:is|was|are|were) (?:an?|the|one)\b|^(?:[（(][^）)]{0,80}[）)])?[^。]{0,40}?(?:是|为|，?又称|，?位于)/.test(
    said.slice(at + name.length),
  );
}

type Points = Record<WordedForm, number>;

/** `chapter 3 The Ship` of `第三章 The Ship` too. */
const headWords = ({ unit, number, title }: Section): string =>
  unit === undefined || unit === 'section' ? title : `${unit} ${number ?? ''} ${title}`;

function markPoints(text: string, sections: readonly Section[]): Points {
  const points: Points = {
    filing: 0,
    changelog: 0,
    paper: 0,
    law: 0,
    news: 0,
    speech: 0,
    encyclopedia: 0,
    manual: 0,
    report: 0,
    book: 0,
  };
  const head = text.slice(0, 4000);
  const title = `${/\S.*(?:\n\S.*)?/.exec(head)?.[0].slice(0, 160) ?? ''}\n${sections[0]?.title.slice(0, 120) ?? ''}`;
  const titles = sections.slice(0, 400).map((section) => headWords(section).slice(0, 120));
  for (const { form, in: where, pattern, points: worth, least = 1 } of formMarks) {
    const holds =
      where === 'headings'
        ? titles.filter((heading) => pattern.test(heading)).length >= least
        : pattern.test(where === 'title' ? title : head);
    if (holds) points[form] += worth;
  }
  return points;
}

/** Numbered steps of a procedure. */
const steps = /^\s*(?:step )?\d{1,2}[.)、:] ?\S|^第[一二三四五六七八九十]步/gim;

/** What the running text adds to the marks. */
function addWording(points: Points, text: string): void {
  const rates = ratesOf(text);
  const above = (name: WordClass, ...bounds: readonly number[]): number =>
    bounds.filter((bound) => rates[name] >= bound).length;
  const head = text.slice(0, 6000);
  points.law += above('law', 10, 18, 30);
  points.manual +=
    above('manual', 25, 45) + ((head.match(steps)?.length ?? 0) >= 3 ? 1 : 0) + (/^```/m.test(head) ? 1 : 0);
  points.news += text.length < 20_000 ? above('news', 10, 18) : 0;
  points.book += above('story', 60, 90) + (above('story', 60) > 0 && text.length > 15_000 ? 1 : 0);
  points.speech += above('speech', 60, 90);
  // A program's page says too what the program is.
  const isProgram = /```|^\s*\$ \w|\b(?:npm|pip|apt) install\b/m.test(head);
  points.encyclopedia += !isProgram && definesTitle(head.slice(0, 2000)) ? 3 : 0;
  // Much that is no paper has an abstract.
  points.paper--;
  // An act is divided into chapters too: its articles say what it is.
  if (points.law >= 4) points.book = Math.max(0, points.book - 4);
  // Who speaks of himself or tells a story writes neither of these.
  if (rates.speech >= 90) points.news = Math.max(0, points.news - 2);
}

const leastPoints = 3;
const leastTabled = 0.6;

/** The kind that has most evidence: turns before code, code before tables, tables before wording, but a filing is full of tables. */
export function documentForm(text: string, { sections, tables, turns }: FormEvidence): DocumentForm {
  const spoken = spokenForm(text, turns);
  if (spoken !== undefined) return spoken;
  if (looksLikeCode(text)) return 'code';
  const points = markPoints(text, sections);
  if (points.filing < leastPoints && tabled(text, tables) >= leastTabled) return 'table';
  addWording(points, text);
  const [best] = (Object.entries(points) as [WordedForm, number][]).sort((a, b) => b[1] - a[1]);
  return best !== undefined && best[1] >= leastPoints ? best[0] : 'other';
}
