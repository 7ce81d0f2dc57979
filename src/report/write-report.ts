/**
 * @file The report of a run: one HTML file without scripts, without network, readable in light and dark.
 */

import { contentSecurityPolicy } from '../html-policy.ts';
import type { RunDirectory } from '../runs/run-directory.ts';
import { writeFileAtomic } from '../storage/files.ts';
import { html, trusted } from './html.ts';
import { type RunView, readRun } from './read-run.ts';
import { curves } from './sections/curves.ts';
import { dataset } from './sections/dataset.ts';
import { examples } from './sections/examples.ts';
import { headline } from './sections/headline.ts';
import { lengths } from './sections/lengths.ts';
import { provenance } from './sections/provenance.ts';
import { results } from './sections/results.ts';
import { style } from './style.ts';
import { runTitle } from './words.ts';

/** The whole document. */
export function renderReport(view: RunView): string {
  const sections = [
    headline(view),
    results(view),
    lengths(view),
    curves(view),
    examples(view),
    dataset(view),
    provenance(view),
  ];
  const page = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8">${trusted(contentSecurityPolicy())}<meta name="viewport" content="width=device-width, initial-scale=1">
<title>GoLongRL ${runTitle(view)}</title><style>${trusted(style)}</style></head>
<body><main>${sections.filter((section) => section !== undefined)}</main></body></html>
`;
  return page.markup;
}

/** Writes the report of a run and returns its path. @throws InputError when this is no run directory. */
export async function writeReport(run: RunDirectory, path = run.file('report.html')): Promise<string> {
  await writeFileAtomic(path, renderReport(await readRun(run)));
  return path;
}
