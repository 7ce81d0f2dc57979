import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { readSource } from './read-file.ts';

/** What stands between the two paragraphs of a page. */
async function textOf(table: string): Promise<string> {
  const page = `<html><body><p>Before it.</p>${table}<p>After it.</p></body></html>`;
  const bytes = Readable.from([Buffer.from(page)]);
  for await (const item of readSource({ id: 'page.html', format: 'html', bytes, file: undefined }, {}))
    if (item.type === 'document') return item.text.replace(/^Before it\.\s*|\s*After it\.$/g, '');
  return '';
}

const row = (...cells: readonly string[]): string => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
const heads = '<tr><th>Port<th>2022<th>2023';

test.each([
  [
    '<table><caption>Tonnage <b>by port</b></caption><thead><tr><th rowspan=2>Port<th colspan=2>Tonnage<tr><th>2022<th>2023</thead><tbody><tr><td rowspan=0>Alder<td>1<td>2<tr><td>3<td>4</table>',
    'Tonnage by port\n\n| Port | Tonnage / 2022 | Tonnage / 2023 |\n| --- | --- | --- |\n| Alder | 1 | 2 |\n| Alder | 3 | 4 |',
  ],
  [
    `<table><tfoot>${row('Total', '3', '5')}</tfoot>${heads}${row('A|B', 'x<br>y', '<p>1,200<sup>2</sup></p>')}<tr><td colspan=3>Europe</table>`,
    '| Port | 2022 | 2023 |\n| --- | --- | --- |\n| A\\|B | x; y | 1,200² |\n| Europe | Europe | Europe |\n| Total | 3 | 5 |',
  ],
  [
    `<table><tr><td></td><td colspan=3><b>2019</b></td><td colspan=3><b>2018</b></td></tr>${row('Revenue', '&nbsp;', '$', '1,200', '&nbsp;', '$', '1,340')}${row('Loss', '', '', '(90', ')', '', '(70', ')')}</table>`,
    '|  | 2019 | 2018 |\n| --- | --- | --- |\n| Revenue | $1,200 | $1,340 |\n| Loss | (90) | (70) |',
  ],
  [
    `<table>${row('Alder', '<span style="display: none">0001</span>1,200')}${row('Brice', '<img alt="none" src=x>')}</table>`,
    '|  |  |\n| --- | --- |\n| Alder | 1,200 |\n| Brice | none |',
  ],
  [
    '<div role=table><div role=row><span role=columnheader>Port</span><span role=columnheader>Ships</span></div><div role=row><span role=cell>Alder</span><span role=cell>3</span></div></div>',
    '| Port | Ships |\n| --- | --- |\n| Alder | 3 |',
  ],
  [
    `<table>${heads}${row('Alder', '1', '2')}<tr><td colspan=1000000000 rowspan=1000000000>Note</table>`,
    '| Port | 2022 | 2023 |\n| --- | --- | --- |\n| Alder | 1 | 2 |\n| Note | Note | Note |',
  ],
  [
    '<table border=0 summary=Note><tr><td rowspan=2><img alt="[Note]" src=n.png></td><th>Note</th></tr><tr><td><p>Back up first.</p></td></tr></table>',
    'Note\n\nBack up first.',
  ],
  ['<dl><dt>Area:<dd>1,200 km2<dt>People<dd>340<dd>(2019)</dl>', 'Area: 1,200 km2\nPeople: 340; (2019)'],
  [`<table>${row('1,200', '1,340')}</table>`, '1,200 1,340'],
  [
    `<table>${row(`<table>${heads}${row('Alder', '1', '2')}</table>`, 'The board met on Monday, read the ledger aloud, and then compared it with the gazette, port by port, as it had done the year before and the year before that, until night fell.')}</table>`,
    '| Port | 2022 | 2023 |\n| --- | --- | --- |\n| Alder | 1 | 2 |\n\nThe board met on Monday, read the ledger aloud, and then compared it with the gazette, port by port, as it had done the year before and the year before that, until night fell.',
  ],
  [
    `<table>${row('<a href=a>Home</a>', '<a href=b>News</a>')}${row('<a href=c>Shop</a>', '<a href=d>Us</a>')}${row('<a href=e>Jobs</a>', '<a href=f>Map</a>')}</table>`,
    'Home News\n\nShop Us\n\nJobs Map',
  ],
  ['<pre>   A    B\nx  1    2\n</pre>', '```\n   A    B\nx  1    2\n```'],
])('%s', async (table, text) => {
  expect(await textOf(table)).toBe(text);
});

test('spans over thousands of rows and columns end as text, at once', async () => {
  const wide = '<td colspan=1000 rowspan=65534>x'.repeat(3);
  const text = await textOf(`<table>${`<tr>${wide}`.repeat(3000)}</table>`);
  expect(text.startsWith('x')).toBe(true);
});
