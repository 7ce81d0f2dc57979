/** @file Whether a dataset or an evaluation changed: times and sizes of the files that are written while somebody looks. */
import { statSync } from 'node:fs';
import path from 'node:path';

/** Reviews are a person's; an evaluation that runs appends to its caches, a build to its journal. */
const watched = {
  dataset: ['manifest.json', 'build.json', 'places.jsonl', 'reviews.jsonl', 'audit.json'],
  evaluation: ['run.json', 'summary.json', 'samples.jsonl', 'cache/requests.jsonl', 'cache/verdicts.jsonl'],
} as const;

/** The same text as long as nothing changed. */
export const stampOf = (kind: keyof typeof watched, folder: string): string =>
  watched[kind]
    .map((name) => {
      const found = statSync(path.join(folder, name), { throwIfNoEntry: false });
      return found === undefined ? '-' : `${found.mtimeMs} ${found.size}`;
    })
    .join();
