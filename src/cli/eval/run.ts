/** @file `golongrl eval run`: asks a model the items of benchmarks, scores and reports. */
import { join } from 'node:path';
import type { Command } from 'commander';
import { computeDevices } from '../../engine/local/compute.ts';
import { ResourceError } from '../../errors.ts';
import { compatProfiles } from '../../evaluation/benchmark.ts';
import { EvaluationDirectory } from '../../evaluation/run/evaluation-directory.ts';
import { type EvaluationEvent, planEvaluation, runEvaluation } from '../../evaluation/run/run-evaluation.ts';
import { overlongRules } from '../../evaluation/run/settings.ts';
import { summaryTable, withheld } from '../../evaluation/run/tables.ts';
import { writeEvaluationReport } from '../../report/evaluation/write-evaluation-report.ts';
import { versions } from '../../runs/versions.ts';
import { textTable } from '../../text-table.ts';
import { Interruption, interruptible } from '../shared/interrupt.ts';
import { openEmbedded } from '../shared/open-chat-model.ts';
import { choice, decimal, formats, jsonFields, nameList, wholeNumber } from '../shared/options.ts';
import { progressLine } from '../shared/progress-line.ts';
import type { Terminal } from '../shared/terminal.ts';
import { type RunFlags, settingsOf } from './run-settings.ts';

const collect = (value: string, earlier: readonly string[] = []): string[] => [...earlier, value];

const runHelp = `
Data are the original files of each benchmark, on disk. \`golongrl eval list\` says which; with --data DIR each benchmark
looks into DIR/<its name>, or into DIR itself where there is no such folder (\`golongrl eval fetch\` gets them from the hub):
  golongrl eval run longbench-v2 mrcr --data data --model my-model --url http://127.0.0.1:8000/v1 --out evals/mine
A judge answers what rules cannot; without one a run is "rules only" and says so:
  ... --judge-model deepseek-chat --judge-url https://api.deepseek.com/v1 --judge-api-key-env DEEPSEEK_API_KEY
Interrupted, limited or with failures? Run the same command again, or --resume DIR: only what has no answer is asked.
Other scoring of the same answers, without asking anything:
  golongrl eval run --resume evals/mine --rescore --profile strict
Exit code 1: some benchmark has answers to less than 99 % of its samples, and therefore no headline.
`;

/** Items of a benchmark as they come back or are scored; notices stay. */
function evaluationProgress(terminal: Terminal): (event: EvaluationEvent) => void {
  const line = progressLine(terminal);
  return (event) => {
    if (event.type === 'notice') return line.keep(event.text);
    if (event.type === 'benchmark-start')
      return line.start(`${event.phase === 'ask' ? 'Ask' : 'Score'} ${event.benchmark}`);
    const { done, failed, concurrency, spent } = event;
    const tokens = spent.promptTokens + spent.completionTokens;
    const detail = `${failed} failed, ${concurrency} at once, ${spent.requests} requests, ${tokens} tokens`;
    line.show({ done, detail });
  };
}

async function run(names: readonly string[], flags: RunFlags, terminal: Terminal): Promise<void> {
  const settings = await settingsOf(names, flags);
  if (flags.dryRun === true) {
    const plans = await planEvaluation(settings);
    const head = ['', 'items', 'requests', 'prompt tokens', 'most completion tokens', 'most cost'];
    const rows = plans.map(({ benchmark, items, requests, promptTokens, mostCompletionTokens, mostCost }) => [
      benchmark,
      ...[items, requests, promptTokens, mostCompletionTokens].map(String),
      mostCost.toFixed(2),
    ]);
    terminal.out(flags.format === 'json' ? `${JSON.stringify(plans)}\n` : `${textTable([head, ...rows])}\n`);
    return;
  }
  const out = flags.resume ?? flags.out ?? join('evals', settings.model.replaceAll(/[^\w.-]+/g, '-'));
  const engine = settings.url === 'embedded' ? await openEmbedded(settings.model, terminal, flags.device) : undefined;
  try {
    const summary = await interruptible(terminal, `golongrl eval run --resume ${out}`, (signal) => {
      if (flags.format !== 'quiet') terminal.err(`Asking ${settings.model} at ${settings.url} ...\n`);
      return runEvaluation({
        out,
        settings,
        versions: versions(),
        signal,
        rescore: flags.rescore ?? false,
        onEvent: flags.format === 'quiet' ? () => undefined : evaluationProgress(terminal),
        ...(engine === undefined ? {} : { model: engine.model }),
      }).catch((error: unknown) => {
        if (!signal.aborted) throw error;
        throw new Interruption(
          `Interrupted; every answer so far is kept. Continue with: golongrl eval run --resume ${out}`,
        );
      });
    });
    const report = await writeEvaluationReport(new EvaluationDirectory(out));
    if (flags.format === 'quiet') terminal.out(`${report}\n`);
    else if (flags.format === 'json') terminal.out(`${JSON.stringify({ ...summary, out, report })}\n`);
    else terminal.out(`\n${summaryTable(summary)}\n\nReport: ${report}\n`);
    const low = summary.benchmarks.filter((entry) => withheld(entry) !== undefined).map(({ benchmark }) => benchmark);
    if (low.length > 0) {
      throw new ResourceError(
        'coverage-low',
        `Less than 99 % answered: ${low.join(', ')}.`,
        `Ask what failed again with: golongrl eval run --resume ${out}`,
      );
    }
  } finally {
    await engine?.close();
  }
}

/** Exit code 1 below 99 % coverage, 130 when interrupted; every answer so far is kept in both cases. */
export function register(command: Command, terminal: Terminal): void {
  command
    .argument('[benchmarks...]', 'names, see: golongrl eval list; all: every one that has data')
    .option('--data <path>', 'folder of the benchmarks, or NAME=PATH; may be given several times', collect)
    .option('--model <name>', 'the model, as its server names it')
    .option('--url <url>', 'OpenAI-compatible endpoint', 'http://127.0.0.1:8000/v1')
    .option('--engine <dir>', 'evaluate a checkpoint with the embedded engine instead (micro is the bundled one)')
    .option(
      '--device <name>',
      `where that engine computes: ${computeDevices.join(' | ')}`,
      choice('--device', computeDevices),
    )
    .option('--api-key-env <name>', 'environment variable that holds the API key', 'OPENAI_API_KEY')
    .option('--thinking-tokens <n>', 'room for thoughts beside the limit', wholeNumber('--thinking-tokens'))
    .option('--extra-body <json>', 'fields to add to each request, or to replace', jsonFields('--extra-body'))
    .option('--omit <list>', 'fields to leave out of each request, e.g. seed,top_p', nameList)
    .option('--out <dir>', 'run directory (default evals/<model>)')
    .option('--resume <dir>', 'continue a run with its settings')
    .option('--rescore', 'score what was answered and ask the model nothing')
    .option('--profile <name>', `${compatProfiles.join(' | ')} (default paper)`, choice('--profile', compatProfiles))
    .option('--limit <n>', 'items of each subset at most', wholeNumber('--limit', 1))
    .option('--repeats <n>', 'responses to each item', wholeNumber('--repeats', 1))
    .option('--seed <n>', 'seed of sampling, shuffled choices and intervals', wholeNumber('--seed'))
    .option('--temperature <t>', 'instead of the published one', decimal('--temperature'))
    .option('--top-p <p>', 'instead of the published one', decimal('--top-p'))
    .option('--max-tokens <n>', 'tokens of a response at most', wholeNumber('--max-tokens', 1))
    .option('--input-tokens <n>', 'tokens of a prompt at most', wholeNumber('--input-tokens', 1))
    .option('--tokenizer <dir>', 'folder with tokenizer.json, to count and cut tokens exactly')
    .option(
      '--overlong <rule>',
      `prompts over the limit: ${overlongRules.join(' | ')}`,
      choice('--overlong', overlongRules),
    )
    .option('--prompts <file>', 'JSON with other wordings of the prompts, by name')
    .option('--concurrency <n>', 'requests at once at most; the pace adapts', wholeNumber('--concurrency', 1))
    .option('--attempts <n>', 'tries of one request', wholeNumber('--attempts', 1))
    .option('--timeout <ms>', 'milliseconds for one request', wholeNumber('--timeout', 1))
    .option('--judge-model <name>', 'a judge; without one rules score alone')
    .option('--judge-url <url>', 'endpoint of the judge (default: that of the model)')
    .option('--judge-api-key-env <name>', 'environment variable that holds its key', 'OPENAI_API_KEY')
    .option('--judge-votes <n>', 'judgments of each question, the majority decides', wholeNumber('--judge-votes', 1), 1)
    .option('--judge-swap', 'ask in both orders of the answers; both must say yes')
    .option(
      '--judge-max-tokens <n>',
      'tokens of a verdict at most (default 4096)',
      wholeNumber('--judge-max-tokens', 1),
    )
    .option('--judge-thinking-tokens <n>', 'its room for thoughts', wholeNumber('--judge-thinking-tokens'))
    .option('--judge-extra-body <json>', 'as --extra-body, for the judge', jsonFields('--judge-extra-body'))
    .option('--judge-omit <list>', 'as --omit, for the judge', nameList)
    .option('--most-tokens <n>', 'stop asking after so many tokens', wholeNumber('--most-tokens', 1))
    .option('--most-minutes <n>', 'stop asking after so many minutes', decimal('--most-minutes'))
    .option('--most-cost <n>', 'stop asking after this cost', decimal('--most-cost'))
    .option('--price-input <n>', 'price of a million prompt tokens', decimal('--price-input'), 0)
    .option('--price-output <n>', 'price of a million completion tokens', decimal('--price-output'), 0)
    .option('--price-cached-input <n>', 'price of those read before', decimal('--price-cached-input'))
    .option('--dry-run', 'read the data and say what would be asked and cost')
    .option('--format <name>', formats.join(' | '), choice('--format', formats), 'human')
    .addHelpText('after', runHelp)
    .action((names: string[], flags: RunFlags) => run(names, flags, terminal));
}
