/**
 * @file `golongrl data build --request FILE --base DATASET`: the next version of a dataset, with what a diagnosis asked for.
 */

import { readRequest, supplement } from '../../build/supplement.ts';
import { UsageError } from '../../errors.ts';
import type { DataRequest } from '../../refinement/diagnose.ts';
import type { StageContext } from '../../runs/events.ts';
import { SampleCounter } from '../../samples/sample-counter.ts';
import { datasetExists, datasetState } from '../../samples/write-dataset.ts';
import type { Format } from '../shared/options.ts';
import type { Terminal } from '../shared/terminal.ts';
import { type BuildFlags, selectDocumentsOf } from './build-settings.ts';
import { samplesOf } from './inspect.ts';

export interface SupplementFlags extends BuildFlags {
  readonly request?: string;
  readonly base?: string;
}

function checkFlags({ request, base, out, short, long, preset, resume }: SupplementFlags): [string, string] {
  if (request === undefined || base === undefined) {
    const message = '--request and --base go together: what to add, and to which dataset';
    throw new UsageError('request-base', message);
  }
  if ([short, long, preset, resume].some((value) => value !== undefined)) {
    const message = '--request: goes without --short, --long, --preset and --resume; the request says what is built';
    throw new UsageError('request-flags', message);
  }
  if (out === base) throw new UsageError('out-is-input', `--out ${out}: is the base`, 'Choose another --out.');
  return [request, base];
}

/** An unclear request is built, because somebody may know better, and said to be one. */
function note({ clear, task }: DataRequest, terminal: Terminal, format: Format): void {
  if (clear || format !== 'human') return;
  terminal.err(`Note: the diagnosis behind this request found ${task} not clearly weaker there than elsewhere.\n`);
}

export async function buildSupplement(
  flags: SupplementFlags,
  terminal: Terminal,
  context: StageContext,
): Promise<void> {
  const [file, place] = checkFlags(flags);
  const { out, docs, licence, seed = 7, limit, samples = limit, format } = flags;
  const stated = await readRequest(file);
  const request = { ...stated, samples: Math.min(stated.samples, samples ?? stated.samples) };
  if (flags.dryRun === true) {
    const counter = new SampleCounter();
    for await (const sample of samplesOf(place)) counter.add(sample);
    const { samples: base, byTask } = counter.summary();
    note(request, terminal, format);
    const text = `${request.samples} samples to add to ${base} (${byTask[request.task]} of ${request.task}): ${request.reason}. Nothing was written to ${out}.\n`;
    terminal.out(format === 'json' ? `${JSON.stringify({ out, request, base })}\n` : text);
    return;
  }
  note(request, terminal, format);
  const state = await datasetState(out);
  if (state !== 'absent' && flags.overwrite !== true) throw datasetExists(out, state);
  const own = { ...(docs === undefined ? {} : { docs }), ...(licence === undefined ? {} : { licence }) };
  const selection = await selectDocumentsOf({ ...own, seed, sizes: { train: 0, heldout: 0, long: 0 } }, context);
  const { base, added, lines } = await supplement({
    directory: out,
    request,
    base: () => samplesOf(place),
    selection,
    seed,
    context,
  });
  if (format === 'human') terminal.err(`${lines.join('\n')}\n`);
  const result = { out, base, added, asked: request.samples, clear: request.clear };
  if (format === 'json') terminal.out(`${JSON.stringify(result)}\n`);
  else if (format === 'quiet') terminal.out(`${out}\n`);
  else terminal.out(`${added} samples added to ${base}, in ${out}. Compare: golongrl data diff ${place} ${out}\n`);
}
