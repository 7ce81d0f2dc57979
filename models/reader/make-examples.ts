/**
 * @file Writes an endless, seeded stream of examples as JSON lines to standard output, for the trainer:
 * `npx tsx models/reader/make-examples.ts --recipe models/reader/recipes/lookups.json --seed 1`.
 */
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { random } from '../../src/random.ts';
import { example, type Recipe } from './examples.ts';

const options = new Command()
  .requiredOption('--recipe <file>', 'JSON: a list of recipes, each with its share')
  .option('--count <n>', 'contexts', Number, Number.POSITIVE_INFINITY)
  .option('--from <n>', 'number of the first context', Number, 0)
  .option('--seed <n>', 'seed', Number, 1)
  .parse(process.argv)
  .opts<{ recipe: string; count: number; from: number; seed: number }>();

/** A recipe without kinds asks all kinds alike. */
interface Mixed extends Omit<Recipe, 'kinds'> {
  readonly share: number;
  readonly kinds?: Recipe['kinds'];
}

const mixed: readonly Mixed[] = JSON.parse(readFileSync(options.recipe, 'utf8'));
const lots = mixed.flatMap((recipe) => Array.from({ length: Math.round(recipe.share * 100) }, () => recipe));

const write = (text: string): Promise<void> =>
  new Promise((resolve) => {
    if (process.stdout.write(text)) resolve();
    else process.stdout.once('drain', resolve);
  });

// The trainer closes its end when it has enough.
process.stdout.on('error', () => process.exit(0));
for (let i = options.from; i < options.from + options.count; i++) {
  const recipe = random('recipe', options.seed, i).pick(lots);
  await write(`${JSON.stringify(example({ ...recipe, kinds: recipe.kinds ?? {} }, options.seed, i))}\n`);
}
