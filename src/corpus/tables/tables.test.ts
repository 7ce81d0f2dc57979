import { expect, test } from 'vitest';
import { normaliseWhitespace } from '../make-document.ts';
import { findTables, readTables } from './tables.ts';

/** Heading, then rows: `T` totals, `H` headings, `group>` before the cells. */
function shown(text: string): string[][] {
  return findTables(text).flatMap(({ caption, columns, rows }) => [
    ...(caption === undefined ? [] : [[caption.text]]),
    columns.map(({ header }) => header),
    ...rows.map(({ cells, total, heading, group }) => [
      ...(total ? ['T'] : heading ? ['H'] : []),
      ...(group === undefined ? [] : [`${group}>`]),
      ...cells.map(({ value }) => value),
    ]),
  ]);
}

test.each([
  ['a | b\n--|--\n1 | 2\n3', ['a | b', '1 | 2']],
  ['|a|b|\n|:-|-:|\n|x \\| `y|z`|2|\n|only|', ['a | b', 'x | `y|z` | 2', 'only | ']],
  [' id | name\n----+------\n  1 | foo', ['id | name', '1 | foo']],
  ['City\tArea\nBern\t51.6\nGraz\t', ['City | Area', 'Bern | 51.6', 'Graz | ']],
  [
    'Year   Sales   Profit\n1999   12.5    3\n2000   14      4',
    ['Year | Sales | Profit', '1999 | 12.5 | 3', '2000 | 14 | 4'],
  ],
  [
    '省份      2021年    2022年\n山东      1,200     1,300\n河南省      900     1,000',
    ['省份 | 2021年 | 2022年', '山东 | 1,200 | 1,300', '河南省 | 900 | 1,000'],
  ],
  [
    'Text.\n\n(in thousands) 2019 2018\nRevenue $ 1,234 $ 1,100\nCost of sales 800 (750)\n\nText.',
    ['(in thousands) | 2019 | 2018', 'Revenue | $ 1,234 | $ 1,100', 'Cost of sales | 800 | (750)'],
  ],
  [
    '+----+------+\n| id | n    |\n+----+------+\n| 1  | 12   |\n| 2  | 9    |\n+----+------+',
    ['id | n', '1 | 12', '2 | 9'],
  ],
  ['┌──────┬─────┐\n│ 港口 │ 吨  │\n├──────┼─────┤\n│ 上海 │ 120 │\n└──────┴─────┘', ['港口 | 吨', '上海 | 120']],
  [
    '+-------+-----+-----+\n| head  | B   | C   |\n+=======+=====+=====+\n| a     | spans two |\n+-------+-----+-----+\n| b     | both| - x |\n+-------+ rows| - y |\n| c     |     |     |\n+-------+-----+-----+',
    ['head | B | C', 'a | spans two | spans two', 'b | both rows | - x - y', 'c | both rows | - x - y'],
  ],
  [
    '=====  =====  ======\n   Inputs     Output\n------------  ------\n  A      B    A or B\n=====  =====  ======\nFalse  False  False\nTrue   False  True\n=====  =====  ======',
    ['Inputs / A | Inputs / B | Output / A or B', 'False | False | False', 'True | False | True'],
  ],
  [
    '\\begin{table}\\caption{Results on \\emph{all}.}\\begin{tabular}{lcc}\n\\toprule\n\\multirow{2}{*}{Model} & \\multicolumn{2}{c}{Accuracy} \\\\\n\\cmidrule(lr){2-3}\n & Dev & Test \\\\\n\\midrule\nOurs & \\textbf{91.2} & 90.1 \\\\\nBase\\cite{x} & 8\\% & -- \\\\\n\\bottomrule\n\\end{tabular}\\end{table}',
    ['Results on all.', 'Model | Accuracy / Dev | Accuracy / Test', 'Ours | 91.2 | 90.1', 'Base | 8% | --'],
  ],
])('the table of %j', (text, rows) => {
  expect(shown(text).map((row) => row.join(' | '))).toEqual(rows);
});

const report = `Prose before it.

             Table 2: Net sales (in millions)

                         Year ended December 31,
                         -----------------------
                             2019       2018
                         ---------  ---------
Europe:
  France ..............    $1,200     $1,100
  Germany .............       900        870
                         ---------  ---------
                            2,100      1,970
Asia
  Japan                         40         (3)
  China and Hong
    Kong                        12          -
                         ---------  ---------
Total                       $2,152     $1,967
                         =========  =========

Prose after.`;

test('a report in plain text keeps its groups, totals, wrapped labels and nested headings', () => {
  const [table, ...others] = findTables(report);
  expect(others).toEqual([]);
  expect(shown(report).map((row) => row.join(' | '))).toEqual([
    'Table 2: Net sales (in millions)',
    ' | Year ended December 31, / 2019 | Year ended December 31, / 2018',
    'H | Europe: |  | ',
    'Europe> | France | $1,200 | $1,100',
    'Europe> | Germany | 900 | 870',
    'T | Europe> |  | 2,100 | 1,970',
    'H | Asia |  | ',
    'Asia> | Japan | 40 | (3)',
    'Asia> | China and Hong Kong | 12 | -',
    'T | Total | $2,152 | $1,967',
  ]);
  expect(table?.columns[1]).toMatchObject({ type: 'number', scale: 1e6 });
  expect(table?.rows[5]?.cells[2]).toMatchObject({ type: 'number', number: -3 });
  for (const cell of table?.rows.flatMap(({ cells }) => cells) ?? [])
    expect(cell.value.startsWith(report.slice(cell.span.start, cell.span.end))).toBe(true);
});

test.each([
  ['(1,204)', { type: 'number', number: -1204 }],
  ['$ (3.4m)', { type: 'number', number: -3_400_000, unit: '$' }],
  ['12.5 %', { type: 'number', number: 12.5, unit: '%' }],
  ['−5 °C', { type: 'number', number: -5, unit: '°C' }],
  ['1.2亿元', { type: 'number', number: 120_000_000, unit: '元' }],
  ['1 234 567', { type: 'number', number: 1_234_567 }],
  ['1.234,56', { type: 'number', number: 1234.56 }],
  ['1,204 [3]', { type: 'number', number: 1204 }],
  ['—', { type: 'empty' }],
  ['n/a', { type: 'empty' }],
  ['007', { type: 'text' }],
  ['1,20,4', { type: 'text' }],
  ['12 of 30', { type: 'text' }],
  ['5 May 1962', { type: 'date', iso: '1962-05-05' }],
  ['2021年3月', { type: 'date', iso: '2021-03' }],
  ['05/07/1962', { type: 'text' }],
])('the cell %j', (value, expected) => {
  const [table] = findTables(`| a | b |\n| - | - |\n| x | ${value} |`);
  expect(table?.rows[0]?.cells[1]).toMatchObject({ value, ...expected });
});

test.each([
  ['| x | Sales (USD m) |', { unit: 'USD', scale: 1e6 }],
  ['| x | Area, km² |', { unit: 'km²' }],
  ['| x | Share (%) |', { unit: '%' }],
  ['单位：万元\n\n| x | 收入 |', { unit: '元', scale: 1e4 }],
  ['Table 1. Sales, in thousands of dollars\n\n| x | 2019 |', { unit: 'USD', scale: 1e3 }],
  ['Amounts in € million\n\n| x | 2019 |', { unit: 'EUR', scale: 1e6 }],
  ['Rents from 1 April (pounds a year)\n\n| x | Members |', { unit: 'pounds a year' }],
  ['Repair costs by van, in tonnes\n\n| x | Repairs |', { unit: 'tonnes' }],
  ['Repair costs by van, in tonnes\n\n| x | Days off the road |', { unit: 'days' }],
  ['Table 1. Tolerances (dimensions in millimetres)\n\n| x | Wooden treads |', { unit: 'millimetres' }],
  ['| x | Riders a day / Before |', { unit: 'riders a day' }],
  ['表1 渗水量（单位：升每平方米每小时）\n\n| x | 平均 |', { unit: '升每平方米每小时' }],
  ['| x | Drift (s/day) / 20 °C |', { unit: 's/day' }],
  ['| x | Load (kN) |', { unit: 'kN' }],
  ['| x | Sales (net) |', {}],
  ['| x | 合并（调整后） |', {}],
  ['Values in mm; blank = no reading\n\n| x | 2019 |', { unit: 'mm' }],
  ['Level in metres above datum; storage in million m3\n\n| x | Level |', { unit: 'metres above datum' }],
])('the measure of %j', (head, expected) => {
  const [table] = findTables(`${head}\n| - | - |\n| a | 1 |\n| b | 2 |`);
  expect(table?.columns[1]).toEqual({ header: expect.any(String), type: 'number', ...expected });
});

test.each([
  'He saw 3 ships.\nThey saw 4 5 of them.\nWe saw none.',
  'for (;;) {\n  a  = 1;\n  bc = 2;\n}',
  'a | b\nc | d\ne | f',
  'Title\n---\ntext',
  '| not | a table |\nwithout a rule',
  '  -a, --all      show all\n  -b, --bytes    count bytes\n  -n 3           show three',
  'Contents\n\n1  Ships ........ 3\n2  Sails ........ 17\n3  Ropes ........ 29',
  'He came.  She  left.\nThey  saw 3  ships there.  Nobody\nknew  it.',
])('no table is in %j', (text) => {
  expect(findTables(text)).toEqual([]);
});

test.each([
  ['# Sales by port\n\n', 'Sales by port'],
  ['# 3 Sales by port\n\n', undefined],
  ['Sales by port\n\nSource: own counts\n\n', 'Sales by port'],
  ['`POST /ports`\n\n', undefined],
])('the caption under %j', (above, caption) => {
  const [table] = findTables(`${above}| x | n |\n| - | - |\n| a | 1 |\n| b | 2 |`);
  expect(table?.caption?.text).toBe(caption);
});

test('fields and values beside an article are no table, and are counted', () => {
  expect(readTables('| Skate | Skate |\n| - | - |\n| Family | Rajidae |')).toEqual({
    tables: [],
    omitted: { 'table-fields': 1 },
  });
});

test('a table whose rows do not fit its heading is left out and counted', () => {
  expect(readTables('| a | b |\n| - | - |\n| 1 | 2 | 3 |')).toEqual({ tables: [], omitted: { 'table-ragged': 1 } });
});

test('Yes in all columns is no heading, and a film is no total', () => {
  const text = '| Film | A | B |\n| - | - | - |\n| Yes | Yes | No |\n| Yes | Yes | Yes |';
  expect(findTables(text)[0]?.rows.map(({ heading }) => heading)).toEqual([false, false]);
  const films = '| Film | Gross |\n| - | - |\n| Alien | 100 |\n| Total Recall | 261 |\n| Heat | 187 |';
  expect(findTables(films)[0]?.rows.some(({ total }) => total)).toBe(false);
});

test('white space is made one around a table in columns, and the table stays as it stands', () => {
  const text = ` He  came.\r\n\r\n\r\n\r\n${report.replaceAll('\n', '\r\n')}\r\n\r\nName\tShips \r\nAlder\t2\r\nBrice\t \r\n\r\n  The \u00a0 end. `;
  const normal = normaliseWhitespace(text);
  expect(normal).toContain('He came.\n\nProse before it.\n\n');
  expect(normal).toContain('  France ..............    $1,200     $1,100\n');
  expect(normal.endsWith('Prose after.\n\nName\tShips\nAlder\t2\nBrice\t\n\nThe end.')).toBe(true);
  expect(normaliseWhitespace(normal)).toBe(normal);
  expect(shown(normal)).toEqual([...shown(report), ['Name', 'Ships'], ['Alder', '2'], ['Brice', '']]);
});

test('what is left in an income statement, and a year below its seasons, are totals', () => {
  const totals = (rows: string): string[] =>
    findTables(`| Line | 2023 | 2022 |\n|---|---|---|\n${rows}`).flatMap((table) =>
      table.rows.flatMap(({ total, cells }) => (total ? [cells[0]?.value ?? ''] : [])),
    );
  const statement =
    '| Net sales | 900 | 800 |\n| Cost | 600 | 550 |\n| Gross profit | 300 | 250 |\n| Expenses | 120 | 90 |\n';
  const results = '| Operating income | 180 | 160 |\n| Interest | (10) | (15) |\n| Income before taxes | 170 | 145 |\n';
  expect(totals(statement + results)).toEqual(['Gross profit', 'Operating income', 'Income before taxes']);
  expect(totals(statement.replace('250', '251'))).toEqual([]);
  expect(
    totals('| Spring | 118 | 2.3 |\n| Summer | 161 | 2.9 |\n| Autumn | 133 | 1.8 |\n| Year | 412 | 2.4 |\n'),
  ).toEqual(['Year']);
});

test.each([
  ['Table 2. Abstraction, thousand cubic metres', 'cubic metres', 1000],
  ['Table 1: Retention by cover (per cent of rainfall)', 'per cent of rainfall', undefined],
  ['借阅册次（单位：千册次）', '千册次', undefined],
])('the unit in the caption %j', (caption, unit, scale) => {
  const [table] = findTables(`${caption}\n\n| User | Year |\n|---|---|\n| Ash | 1,010 |\n| Elm | 640 |\n`);
  expect(table?.columns[1]).toMatchObject({ unit, ...(scale === undefined ? {} : { scale }) });
});

test('the second line of a Markdown heading, the first group of an aligned table and signs of money over its columns are no rows of data', () => {
  const flats =
    '| Flat | Flour | Heat (℃) | | Age |\n|---|---|---|---|---|\n| | | day | night | |\n| A | white | 22 | 16 | 3 |\n| B | brown | 22 | 17 | 11 |\n';
  expect(findTables(flats)[0]?.columns.map(({ header, unit }) => [header, unit])).toEqual([
    ['Flat', undefined],
    ['Flour', undefined],
    ['Heat (℃) / day', '℃'],
    ['Heat (℃) / night', '℃'],
    ['Age', undefined],
  ]);
  const accounts =
    'Accounts of the year\n\n                 2018     2017\n                    £        £\nIncome\n  Boxes         8,214    7,990\n  Interest        412      530\n                -----    -----\n  Total         8,626    8,520\nSpending\n  Peat          1,960    2,015\n  Audit           600      600\n';
  expect(findTables(normaliseWhitespace(accounts))[0]?.columns).toMatchObject([
    { header: '' },
    { header: '2018', unit: 'GBP' },
    { header: '2017', unit: 'GBP' },
  ]);
  expect(findTables(normaliseWhitespace(accounts))[0]?.rows[0]?.cells[0]?.value).toBe('Income');
});

test('a name above its unit in one paragraph is the caption; a sentence that leads to a table is none', () => {
  const table = '\n\n| Part | 2022 |\n|---|---|\n| Water | 31 |\n| Gas | 18 |\n| All | 49 |\n';
  expect(findTables(`Revenue by part\n(in thousands, except percentages)${table}`)[0]?.caption?.text).toBe(
    'Revenue by part',
  );
  expect(
    findTables(`The mill was founded in 1908. Its figures are as follows:\n\n(in thousands)${table}`)[0]?.caption,
  ).toBe(undefined);
});

test('the unit of a column may stand behind what else its heading says', () => {
  const rows = (head: string): string =>
    `| 板块 | ${head} |\n| --- | --- |\n| 供水 | 43,610 |\n| 污水 | 25,870 |\n| 管网 | 10,780 |`;
  for (const head of ['2023年（万元）', '2023年（重述，万元）'])
    expect(findTables(rows(head))[0]?.columns[1]).toMatchObject({ unit: '元', scale: 1e4 });
});
