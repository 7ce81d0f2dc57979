/** @file What the examples name: documents, a dataset, rollouts, a configuration, a run. Made by the installed package itself, but for the files of others. */
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { ownDocuments, report } from '../newcomer/documents.ts';
import { root } from './package.ts';

const config = `model: micro
data:
  train: dataset/native/train.jsonl
  heldout: dataset/native/heldout.jsonl
steps: 2
rollout: { prompts: 2, group: 4, maxTokens: 16 }
evaluation: { samplesPerTask: 1, greedy: false }
`;

const squad = {
  data: [
    {
      title: 'Ferries',
      paragraphs: [
        {
          context: 'The ferry Astrid was built in Norby.',
          qas: [
            { id: 'q1', question: 'Where was the ferry Astrid built?', answers: [{ text: 'Norby', answer_start: 30 }] },
          ],
        },
      ],
    },
  ],
};

const squadMapping = `dataset: squad
licence: CC-BY-SA-4.0
task: T1
rows: data[*].paragraphs[*].qas[*]
id: id
context: context
question: question
answer: answers[*].text
answerStart: answers[*].answer_start
`;

const rollouts = [
  {
    reward: { metric: 'F1_Score', gold: ['Part 3', 'Part 8'], language: 'en' },
    response: '</think>\n[Answer]\nPart 3',
  },
  {
    data_source: 'EM',
    solution_str: '</think>\n[Answer]\nNorby',
    ground_truth: 'Norby',
    extra_info: { reward_mode: 'EM' },
  },
];
const gold = [{ prompt: 'What is 2 + 2?', answer: '4', gold: '4' }];

const lines = (rows: readonly object[]): string => `${rows.map((row) => JSON.stringify(row)).join('\n')}\n`;

/** Files that need no command. */
function plainFiles(folder: string): void {
  const at = (...names: string[]): string => path.join(folder, ...names);
  for (const name of ['texts', 'reports', 'filings', 'books', 'papers/2024', 'models', 'runs', 'more'])
    mkdirSync(at(name), { recursive: true });
  const documents = Object.entries(ownDocuments());
  for (const [name, text] of documents) {
    writeFileSync(at('texts', name), text);
    if (/^(?:report|rules)/.test(name)) writeFileSync(at('reports', name), text);
    if (name.startsWith('minutes')) writeFileSync(at('books', name.replace('.md', '.txt')), text);
  }
  const quarters = Array.from({ length: 16 }, (_, i) => report(i + 1));
  writeFileSync(at('filings', 'annual.md'), quarters.join('\n\n'));
  const rows = documents.slice(0, 3).map(([, text]) => ({ text, body: text }));
  writeFileSync(at('papers/2024/all.jsonl.gz'), gzipSync(lines(rows)));
  writeFileSync(at('dump.jsonl.gz'), gzipSync(lines(rows)));
  const table = '<table><tr><th>Port</th><th>Passengers</th></tr><tr><td>Norby</td><td>9000</td></tr></table>';
  writeFileSync(
    at('reports/annual-2023.html'),
    `<h1>Annual report</h1><p>${'The company carried more people than before. '.repeat(30)}</p>${table}`,
  );
  writeFileSync(at('config.yaml'), config);
  writeFileSync(at('train-v2.0.json'), JSON.stringify(squad));
  writeFileSync(at('squad.yaml'), squadMapping);
  writeFileSync(at('ROLLOUTS.jsonl'), lines(rollouts));
  writeFileSync(at('rows.jsonl'), lines(gold));
  writeFileSync(at('more/rows.csv.gz'), gzipSync('a,b\n1,2\n'));
}

/**
 * Fills a folder in which the package is installed; copies of it are what the examples run in.
 *
 * @param shell Runs a command line there and throws when it fails.
 */
export async function makeFixtures(folder: string, shell: (line: string) => Promise<void>): Promise<void> {
  plainFiles(folder);
  const at = (...names: string[]): string => path.join(folder, ...names);
  cpSync(path.join(root, 'models', 'micro'), at('models', 'micro'), { recursive: true });
  cpSync(path.join(root, 'models', 'micro'), at('models', 'qwen3'), { recursive: true });
  await shell('golongrl data build --docs texts --licence CC0-1.0 --short 180 --long 0 --out dataset --format quiet');
  await shell('golongrl data export dataset --to verl --out train.parquet');
  await shell('golongrl data export dataset --to verl --out train/all.jsonl');
  await shell('golongrl train config.yaml --out runs/config --format quiet');
  await shell('golongrl train config.yaml --out runs/quickstart --format quiet');
  cpSync(at('runs/config'), at('RUN'), { recursive: true });
  cpSync(at('dataset'), at('DATASET'), { recursive: true });
  cpSync(at('dataset'), at('long'), { recursive: true });
  mkdirSync(at('GoLongRL'));
  cpSync(at('dataset/data'), at('GoLongRL/data'), { recursive: true });
}

/** A copy of the folder for one example, with the packages of the first. */
export function copyFixtures(from: string, to: string): void {
  cpSync(from, to, { recursive: true, filter: (source) => path.basename(source) !== 'node_modules' });
  if (!existsSync(path.join(to, 'node_modules')))
    symlinkSync(path.join(from, 'node_modules'), path.join(to, 'node_modules'));
}

/** The documents of README and docs, for pages that lead to one another. */
export const pageText = (page: string): string => readFileSync(path.join(root, page), 'utf8');
