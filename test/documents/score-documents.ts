/** @file The marks of all documents of a folder, and of them the figures by kind of fact, format and language. */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { type FoundFacts, findFacts, loadCorpusOf } from './found.ts';
import { type Labels, readLabels } from './labels.ts';
import { type Mark, MarkSheet } from './marks.ts';
import { scoreFacts, scoreNames, scoreSections } from './match-facts.ts';
import { scoreTables } from './match-tables.ts';
import { scoreTurns } from './match-turns.ts';

/** What was found of one document against its labels. */
export interface DocumentScore {
  readonly file: string;
  /** The end of its name. */
  readonly format: string;
  readonly language: string;
  readonly refusals: readonly string[];
  readonly omitted: Readonly<Record<string, number>>;
  readonly marks: readonly Mark[];
}

const formNames: Readonly<Record<string, string>> = { dialogue: 'conversation' };

function scoreWhole({ language, kind }: Labels, found: FoundFacts, sheet: MarkSheet): void {
  if (found.language === language) sheet.add('language', 'right', language);
  else sheet.wrong('language', `${language}, found ${found.language}`);
  const form = formNames[found.form] ?? found.form;
  if (form === kind) sheet.add('kind of document', 'right', kind);
  // Left undecided is a miss, not a false alarm.
  else if (form === 'other') sheet.add('kind of document', 'miss', kind);
  else sheet.wrong('kind of document', `${kind}, found ${form}`);
}

export function marksOf(labels: Labels, found: FoundFacts): readonly Mark[] {
  const sheet = new MarkSheet();
  scoreWhole(labels, found, sheet);
  scoreSections(labels, found, sheet);
  scoreTables(labels, found, sheet);
  scoreTurns(labels, found, sheet);
  scoreNames(labels, found, sheet);
  scoreFacts(labels, found, sheet);
  return sheet.marks;
}

/**
 * @param folder Holds documents, each with `NAME.labels.json` beside it.
 * @param source The checkout whose reader is scored.
 */
export async function scoreDocuments(folder: string, source: string): Promise<DocumentScore[]> {
  const corpus = await loadCorpusOf(source);
  const scores: DocumentScore[] = [];
  for (const name of readdirSync(folder)
    .filter((each) => each.endsWith('.labels.json'))
    .sort()) {
    const labels = readLabels(path.join(folder, name));
    const file = path.join(folder, labels.file);
    if (!existsSync(file)) throw new Error(`${name} is about ${labels.file}, which is not in ${folder}`);
    const found = await findFacts(corpus, file);
    const { refusals, omitted } = found;
    const format = path.extname(labels.file).slice(1);
    scores.push({
      file: labels.file,
      format,
      language: labels.language,
      refusals,
      omitted,
      marks: marksOf(labels, found),
    });
  }
  return scores;
}
