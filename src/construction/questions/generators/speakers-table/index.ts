/** @file T5: a table of scenes, days or parts: who speaks first and last, how many people speak, who speaks most often. */
import type { QuestionLanguage } from '../../language.ts';
import type { QuestionGenerator } from '../../question.ts';
import { countsOf } from '../../views/talk/counts.ts';
import { isPerson } from '../../views/talk/speeches.ts';
import type { Stretch } from '../../views/talk/stretches.ts';
import { chosenTalks, stretchPlaces } from '../../views/talk/talk.ts';
import { solve } from './solve.ts';
import { asked, columnsIn, columnsOf, rowsIn } from './wordings.ts';

const rows = { least: 3, most: 7 };
const leastSpeeches = { day: 5, other: 8 };
/** Share of the rows in which not one and the same speaks first, last and most often. */
const leastTelling = 0.6;

/** First and last speaker, number of speeches, who speaks most often; undefined where two speak as often. */
function rowOf({ where, speeches }: Stretch): string[] | undefined {
  const least = where.kind === 'day' ? leastSpeeches.day : leastSpeeches.other;
  const [first, last] = [speeches[0]?.speaker, speeches.at(-1)?.speaker];
  const counts = countsOf({ where, speeches });
  const [top, next] = counts;
  if (first === undefined || last === undefined || top === undefined || speeches.length < least) return undefined;
  if (!speeches.every(({ speaker }) => isPerson(speaker))) return undefined;
  if (next !== undefined && next.speeches.length === top.speeches.length) return undefined;
  return [where.name, first, last, top.speaker, String(speeches.length)];
}

interface Row {
  readonly stretch: Stretch;
  readonly row: string[];
}

/** Runs of stretches that follow each other and can all be told: a scene that is left out would ask why. */
function runsOf(stretches: readonly Stretch[]): Row[][] {
  const runs: Row[][] = [[]];
  for (const stretch of stretches) {
    const row = rowOf(stretch);
    if (row === undefined) runs.push([]);
    else runs.at(-1)?.push({ stretch, row });
  }
  const long = runs.filter(({ length }) => length >= rows.least);
  // Where none is long enough, those that are fit stand for it.
  const all = runs.flat();
  return long.length > 0 || all.length < rows.least ? long : [all];
}

const unitOf = (stretches: readonly Stretch[], language: QuestionLanguage): string => {
  const [kind] = stretches.map(({ where }) => where.kind);
  const units = { day: ['day', '日期'], scene: ['scene', '场次'], part: ['part', '部分'] } as const;
  const own = kind === 'day' || kind === 'scene' ? units[kind] : units.part;
  return own[language === 'zh' ? 1 : 0];
};

export const speakersTable: QuestionGenerator = {
  id: 'speakers-table',
  version: 6,
  task: 'T5',
  subtask: 'dialogue to table',
  asks: 'Asks for a table of scenes, days or parts with their first, last and most frequent speaker and their number of speeches.',
  languages: ['en', 'zh'],
  scope: 'document',
  least: 2048,
  reserve: 190,
  wordings: asked,
  exempt: { g6: 'every speech of the scenes has to be counted' },
  contract: {
    en: 'After [Answer], write the table as one JSON object of the form {"columns": [...], "data": [[...], ...]}, names exactly as they are printed before the words.',
    zh: '请在[答案]后把表写成一个JSON对象，形如{"columns": [...], "data": [[...], ...]}，姓名按原文中话前的写法。',
  },
  places: (document, facts) => stretchPlaces(document, facts, rows.least),
  draw(context, random) {
    const { language } = context;
    for (const talk of chosenTalks(context)) {
      const runs = runsOf(talk.stretches);
      if (runs.length === 0) continue;
      const run = random.pick(runs);
      const count = random.integer(rows.least, Math.min(rows.most, run.length));
      const from = random.integer(0, run.length - count);
      const drawn = run.slice(from, from + count);
      const telling = drawn.filter(({ row }) => new Set(row.slice(1, 4)).size > 1);
      if (telling.length < leastTelling * drawn.length) continue;
      const columns = columnsOf(unitOf(talk.stretches, language), language);
      return {
        slots: {
          title: talk.document.title,
          rows: rowsIn(
            drawn.map(({ stretch }) => stretch.where.name),
            language,
          ),
          columns: columnsIn(columns, language),
        },
        gold: [JSON.stringify({ columns, data: drawn.map(({ row }) => row) })],
        rationale: drawn.map(({ row }) => row.join(', ')).join('\n'),
        proof: drawn.flatMap(({ stretch: { speeches } }) => speeches.map(({ label }) => label)),
      };
    }
    return 'too few scenes in which one speaks most often';
  },
  solve,
};
