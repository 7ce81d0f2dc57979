/**
 * @file A run of any size as training would have written it, without a model: `tsx bench/studio/synthetic-run.ts OUT [--steps 1000] [--groups 64]
 * [--members 16] [--prompts 64] [--tokens 128000]`. Prompts stand once in the store. It has stories that a person should find: T7 never
 * learns, T9 is gamed from the middle on, answers are cut more and more.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { type Random, random } from '../../src/random.ts';
import { openRunDirectory, stepName } from '../../src/runs/run-directory.ts';
import { taskIds, tasks } from '../../src/tasks/task.ts';

/** How large. */
export interface SyntheticSize {
  readonly steps: number;
  readonly groups: number;
  readonly members: number;
  readonly prompts: number;
  /** Of each prompt, about. */
  readonly tokens: number;
}

const words =
  'the of and a to in that it was his he with as for is on at by not from but which they all this ship had their so were sea whale men old now upon out some into like time long more still great one captain head over way deck boat hand water night day work line great white black small round under before never again'.split(
    ' ',
  );
const names = ['Ahab', 'Starbuck', 'Stubb', 'Flask', 'Queequeg', 'Ishmael', 'Peleg', 'Bildad'];

function sentence(draw: Random): string {
  const length = 8 + Math.floor(draw.next() * 14);
  const said = Array.from({ length }, () => words[Math.floor(draw.next() * words.length)] ?? '');
  const text = said.join(' ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

interface SyntheticPrompt {
  readonly text: string;
  readonly question: string;
  readonly gold: string;
  readonly rationale: string;
}

/** Chapters of sentences; one of them holds the evidence. About 4.4 characters a token. */
function makePrompt(number: number, tokens: number): SyntheticPrompt {
  const draw = random(7, `prompt ${number}`);
  const target = tokens * 4.4;
  const name = names[number % names.length] ?? '';
  const gold = String(1000 + number * 7);
  const rationale = `The harpoon that ${name} carried aboard at Nantucket weighed ${gold} ounces.`;
  const depth = draw.next() * target;
  const parts: string[] = [];
  let length = 0;
  for (let chapter = 1, placed = false; length < target; chapter++) {
    const paragraphs = Array.from({ length: 6 }, () => Array.from({ length: 7 }, () => sentence(draw)).join(' '));
    if (!placed && length >= depth) {
      paragraphs.splice(3, 0, `${sentence(draw)} ${rationale} ${sentence(draw)}`);
      placed = true;
    }
    const text = `# Chapter ${chapter}. ${sentence(draw).slice(0, 40)}\n\n${paragraphs.join('\n\n')}\n\n`;
    parts.push(text);
    length += text.length;
  }
  const question = `How many ounces did the harpoon weigh that ${name} carried aboard?`;
  return { text: `${parts.join('')}${question}\nAfter [Answer], write the number.`, question, gold, rationale };
}

const round = (value: number): number => Math.round(value * 1e4) / 1e4;

/** Chance of a right answer, by task and share of the run. */
function skill(task: string, at: number): number {
  if (task === 'T7') return 0.02;
  if (task === 'T9') return 0.3 + 0.6 * Math.max(0, at - 0.5);
  return Math.min(0.95, 0.2 + Number(task.slice(1)) * 0.02 + 0.6 * at);
}

/** Writes it and resolves to its folder. */
export async function writeSyntheticRun(
  out: string,
  size: SyntheticSize,
  say: (text: string) => void = () => undefined,
): Promise<string> {
  const { run } = await openRunDirectory({
    path: out,
    kind: 'train',
    ifExists: 'overwrite',
    versions: { golongrl: 'synthetic', platform: 'linux-x64' },
  });
  await run.writeConfig(
    `steps: ${size.steps}\nmodel: micro\ndata:\n  train: train.jsonl\nrollout:\n  prompts: ${size.groups}\n  group: ${size.members}\nadvantage:\n  type: tmn-reweight\n`,
  );
  const prompts: (SyntheticPrompt & { readonly hash: string })[] = [];
  for (let number = 0; number < size.prompts; number++) {
    const prompt = makePrompt(number, size.tokens);
    prompts.push({ ...prompt, text: '', hash: await run.writePrompt(prompt.text) });
  }
  say(`${size.prompts} prompts`);
  mkdirSync(path.join(out, 'rollouts'), { recursive: true });
  const metrics: string[] = [];
  const timings: string[] = [];
  for (let step = 1; step <= size.steps; step++) {
    const draw = random(11, `step ${step}`);
    const at = step / size.steps;
    const lines: string[] = [];
    const byTask = new Map<string, number[]>();
    for (let line = 0; line < size.groups; line++) {
      const task = taskIds[line % taskIds.length] ?? 'T1';
      const prompt = prompts[(step * size.groups + line) % prompts.length];
      if (prompt === undefined) continue;
      const rollouts = Array.from({ length: size.members }, () => {
        const cut = draw.next() < 0.02 + 0.2 * at;
        const right = !cut && draw.next() < skill(task, at);
        const partly = !cut && !right && task === 'T9' && draw.next() < 0.5;
        const score = right ? 1 : partly ? round(draw.next() * 0.9) : 0;
        const said = right ? prompt.gold : String(Math.floor(draw.next() * 9000));
        const gamed =
          task === 'T9' && at > 0.5 && right
            ? ' In summary, as the document clearly states, all key points are covered.'
            : '';
        const quote = right ? `${prompt.rationale} ` : '';
        const body = cut
          ? `${sentence(draw)} ${sentence(draw)} ${sentence(draw)}`
          : `${sentence(draw)} ${quote}${sentence(draw)}${gamed}\n</think>\n[Answer]\n${said}`;
        return { text: body, score, cut, said };
      });
      const mean = rollouts.reduce((sum, { score }) => sum + score, 0) / rollouts.length;
      const variance =
        rollouts.reduce((sum, { score }) => sum + (score - mean) ** 2, 0) / Math.max(1, rollouts.length - 1);
      byTask.set(task, [...(byTask.get(task) ?? []), ...rollouts.map(({ score }) => score)]);
      lines.push(
        JSON.stringify({
          sample: prompt.hash.slice(0, 8) + task,
          task,
          prompt: prompt.hash,
          gold: [prompt.gold],
          reward: { metric: tasks[task].metric, language: 'en' },
          generator: `synthetic-${task.toLowerCase()}`,
          question: prompt.question,
          rationale: prompt.rationale,
          promptTokens: size.tokens,
          staleness: step % 2,
          use: variance === 0 ? 'dropped' : 'trained',
          rollouts: rollouts.map(({ text, score, cut, said }) => ({
            text,
            score,
            status: 'ok',
            state: cut ? 'cut' : 'answered',
            format: cut ? 'none' : 'exact',
            extracted: cut ? '' : said,
            reason: score === 1 ? 'equal' : 'another value',
            tokens: Math.ceil(text.length / 4),
            stopReason: cut ? 'length' : 'stop',
            ...(variance === 0 ? {} : { advantage: round((score - mean) / Math.sqrt(variance)) }),
          })),
        }),
      );
    }
    writeFileSync(path.join(out, 'rollouts', `${stepName(step)}.jsonl`), `${lines.join('\n')}\n`);
    const meanOf = (list: readonly number[]) => list.reduce((sum, value) => sum + value, 0) / Math.max(1, list.length);
    const all = [...byTask.values()].flat();
    const numbers = (list: readonly number[]) => ({
      groups: size.groups,
      dropped: 2,
      reward: round(meanOf(list)),
      std: 0.4,
      passRate: round(meanOf(list.map((score) => (score === 1 ? 1 : 0)))),
      length: 40,
      truncated: round(0.02 + 0.2 * at),
    });
    const entry = {
      step,
      position: step * size.groups,
      ...numbers(all),
      trained: size.groups - 2,
      surplus: 0,
      states: {
        answered: Math.round(all.length * (0.98 - 0.2 * at)),
        none: 0,
        cut: Math.round(all.length * (0.02 + 0.2 * at)),
        contradictory: 0,
        unreadable: 0,
      },
      entropy: round(0.9 * Math.exp(-3 * at)),
      clipFraction: 0.01,
      approximateKl: 0.002,
      maskedFraction: 0,
      gradientNorm: round(1 + draw.next()),
      loss: round(draw.next() * 0.1),
      learningRate: 1e-6,
      tasks: Object.fromEntries(
        [...byTask].sort().map(([task, list]) => [task, { ...numbers(list), advantageShare: round(1 / byTask.size) }]),
      ),
    };
    metrics.push(JSON.stringify(entry));
    timings.push(
      JSON.stringify({ step, sampling: 40, scoring: 1, training: 20, optimizer: 1, writing: 0.5, total: 62.5 }),
    );
    if (step % 100 === 0) say(`${step} steps`);
  }
  writeFileSync(run.file('metrics.jsonl'), `${metrics.join('\n')}\n`);
  writeFileSync(run.file('timings.jsonl'), `${timings.join('\n')}\n`);
  await run.update({ status: 'done', facts: { seconds: { training: size.steps * 62.5 } } });
  return out;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      steps: { type: 'string', default: '1000' },
      groups: { type: 'string', default: '64' },
      members: { type: 'string', default: '16' },
      prompts: { type: 'string', default: '64' },
      tokens: { type: 'string', default: '128000' },
    },
  });
  const number = (text: string): number => Number(text);
  const size = {
    steps: number(values.steps),
    groups: number(values.groups),
    members: number(values.members),
    prompts: number(values.prompts),
    tokens: number(values.tokens),
  };
  const out = await writeSyntheticRun(positionals[0] ?? 'synthetic-run', size, (text) =>
    process.stdout.write(`${text}\n`),
  );
  process.stdout.write(`${out}\n`);
}
