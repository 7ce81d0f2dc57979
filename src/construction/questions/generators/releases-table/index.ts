/**
 * @file T5: a table of the releases of a stretch of time with their days and how many changes of a kind each lists.
 */
import type { QuestionGenerator } from '../../question.ts';
import { chosenReleases, releasePlaces, stretchOf } from '../../views/provisions/releases.ts';
import { solve } from './solve.ts';
import { asked, columns } from './wordings.ts';

const rows = { least: 3, most: 10 };

export const releasesTable: QuestionGenerator = {
  id: 'releases-table',
  version: 7,
  task: 'T5',
  subtask: 'text to table over versions',
  asks: 'Asks for a table of the releases between two days with the number of their items of one kind.',
  languages: ['en', 'zh'],
  scope: 'document',
  least: 2048,
  reserve: 140,
  wordings: asked,
  exempt: { g6: 'its places are spread over the document' },
  contract: {
    en: 'After [Answer], write one JSON object {"columns": [...], "data": [[...]]}; versions by their number without “v”, dates as YYYY-MM-DD, 0 where there is no such item.',
    zh: '请在[答案]后写出一个 JSON 对象 {"columns": [...], "data": [[...]]}；版本只写号码，不加“v”；日期写作 YYYY-MM-DD；没有这类条目的写 0。',
  },
  places: releasePlaces,
  draw(context, random) {
    const found = chosenReleases(context);
    if (typeof found === 'string') return found;
    const chosen = stretchOf(found, rows, random);
    if (typeof chosen === 'string') return chosen;
    const [first, last] = [chosen[0], chosen.at(-1)];
    if (first === undefined || last === undefined) return 'too few dated releases';
    if (found.releases.some((one) => !chosen.includes(one) && one.iso >= first.iso && one.iso <= last.iso))
      return 'a release is cut';
    const kinds = [...new Set(chosen.flatMap(({ changes }) => changes.map(({ kind }) => kind)))].filter(
      (kind) => kind !== '' && kind.length < 40,
    );
    const telling = kinds.filter((kind) => {
      const counts = chosen.map(({ changes }) => changes.filter((one) => one.kind === kind).length);
      // A column of noughts is no table to fill.
      return (
        new Set(counts).size > 1 &&
        Math.max(...counts) > 1 &&
        counts.filter((one) => one > 0).length >= counts.length / 2
      );
    });
    if (telling.length === 0) return 'the releases do not sort their changes';
    const kind = random.pick(telling);
    const data = chosen.map(({ version, iso, changes }) => [
      version,
      iso,
      String(changes.filter((one) => one.kind === kind).length),
    ]);
    return {
      slots: { document: found.entry.title, from: first.version, to: last.version, kind },
      gold: [JSON.stringify({ columns: [...columns[context.language], kind], data })],
      rationale: data.map((row) => row.join(', ')).join('\n'),
      proof: chosen.flatMap(({ heading, changes }) => [
        heading,
        ...changes.filter((one) => one.kind === kind).map(({ proof }) => proof),
      ]),
    };
  },
  solve,
};
