/**
 * @file What a policy is measured on: questions of every kind over documents of a given length, generated or real, with the evidence cut
 * out where that is wanted, or moved through the tenths of the prompt.
 */

import type { Dossier } from '../../src/construction/generator.ts';
import { drawDossier, families } from '../../src/construction/synthetic/dossier.ts';
import { selectPackagedDocuments } from '../../src/corpus/load-corpus.ts';
import type { Tokenizer } from '../../src/engine/tokenizer.ts';
import { type Random, random } from '../../src/random.ts';
import { type Ask, askers } from './asks.ts';
import { worldOf } from './examples.ts';
import { realEntries } from './real-entries.ts';
import { recordAskers } from './record-asks.ts';
import { records, recordsText, tokensPerRecord } from './records.ts';

/** A question as a prompt. `depth` is the tenth in which the evidence stands, where it was moved. */
export interface Posed {
  readonly ask: Ask;
  readonly length: number;
  readonly depth: number;
  readonly prompt: string;
}

/** What to pose. */
export interface PosedOptions {
  readonly view: 'entries' | 'records';
  readonly lengths: readonly number[];
  readonly contexts: number;
  /** Of each kind, a context. */
  readonly questions: number;
  /** All by default. */
  readonly kinds: readonly string[];
  readonly seed: number;
  readonly real: boolean;
  readonly cut: boolean;
  readonly depths: boolean;
}

/** Documents with what can be asked of them. */
interface Scene {
  readonly text: string;
  readonly ask: (kind: string, rng: Random) => Ask | undefined;
}

type Drawing = (rng: Random, tokens: number, attempt: number) => Scene | undefined;

async function entriesOf(real: boolean): Promise<Drawing> {
  const countries = real
    ? (await selectPackagedDocuments()).kept.filter(({ record }) => record?.family === 'countries')
    : [];
  return (rng, tokens) => {
    const fields = rng.integer(2, Math.max(3, Math.min(40, Math.floor(tokens / 60))));
    const count = Math.max(3, Math.min(60, Math.round(tokens / (fields * 21 + 14))));
    const world = real ? realEntries(countries, rng, count, fields) : worldOf(rng, tokens);
    return { text: world.text, ask: (kind, own) => askers[kind]?.(world, own) };
  };
}

async function recordsOf(real: boolean): Promise<Drawing> {
  const groups = real ? [...families((await selectPackagedDocuments()).kept).values()] : [];
  return (rng, tokens) => {
    const size = Math.max(4, Math.round(tokens / tokensPerRecord));
    const dossier: Dossier | undefined = real ? drawDossier(rng.pick(groups), size, rng) : records(rng, size);
    return dossier && { text: recordsText(dossier), ask: (kind, own) => recordAskers[kind]?.(dossier, own) };
  };
}

/** The documents without the lines that a careful reader quotes. */
const withoutEvidence = (text: string, { rationale }: Ask): string => {
  const quoted = rationale
    .split('\n')
    .map((line) => line.replace(/ (?:yes|no)(?: \d+)?$| \(\d\)$/, ''))
    .filter((line) => line !== '' && !line.startsWith('===') && !line.endsWith(':'));
  // A record may be quoted by its key, as far as its group, or with one of its fields.
  const holds = (line: string): boolean => {
    const head = line.includes('): ') ? line.slice(0, line.indexOf('): ') + 3) : undefined;
    return quoted.some(
      (one) =>
        line === one ||
        line.startsWith(`${one}:`) ||
        line.startsWith(`${one} (`) ||
        (head !== undefined && one.startsWith(head)),
    );
  };
  return text
    .split('\n')
    .filter((line) => !holds(line))
    .join('\n');
};

/** The record or document that the rationale quotes first stands in the given tenth; heads are numbered anew. */
function moved(text: string, { rationale }: Ask, tenth: number): string | undefined {
  const name = /^=== Document: (.*) ===$/m.exec(rationale)?.[1];
  const [first = ''] = rationale.split('\n');
  const [head, ...blocks] = name === undefined ? text.split('\n') : ['', ...text.split(/\n\n(?==== Document )/)];
  const found = blocks.findIndex((block) => (name === undefined ? block === first : block.includes(`: ${name} ===\n`)));
  const [block] = found < 0 ? [] : blocks.splice(found, 1);
  if (block === undefined || blocks.length < 9) return undefined;
  blocks.splice(Math.min(blocks.length, Math.round(((tenth + 0.5) / 10) * blocks.length)), 0, block);
  if (name === undefined) return [head, ...blocks].join('\n');
  return blocks.map((one, i) => one.replace(/^=== Document \d+:/, `=== Document ${i + 1}:`)).join('\n\n');
}

/** A scene of about so many tokens, as the policy counts them; the nearest of a dozen draws. */
async function sceneOf(draw: Drawing, rng: Random, tokens: number, tokenizer: Tokenizer): Promise<Scene | undefined> {
  let best: { scene: Scene; off: number } | undefined;
  for (let attempt = 0; attempt < 12; attempt++) {
    const scene = draw(rng, tokens, attempt);
    if (scene === undefined) continue;
    const [ids] = await tokenizer.encodePrompts([scene.text]);
    const off = Math.abs((ids?.length ?? 0) / tokens - 1);
    if (best === undefined || off < best.off) best = { scene, off };
    if (off < 0.15) break;
  }
  return best !== undefined && best.off < 0.5 ? best.scene : undefined;
}

function askOf(scene: Scene, kind: string, rng: Random): Ask | undefined {
  for (let attempt = 0; attempt < 20; attempt++) {
    const ask = scene.ask(kind, rng);
    if (ask !== undefined) return ask;
  }
  return undefined;
}

function promptsOf(scene: Scene, ask: Ask, { cut, depths }: PosedOptions): { depth: number; prompt: string }[] {
  const base = cut ? withoutEvidence(scene.text, ask) : scene.text;
  const texts = depths ? Array.from({ length: 10 }, (_, tenth) => moved(base, ask, tenth)) : [base];
  return texts.flatMap((text, depth) =>
    text === undefined ? [] : [{ depth, prompt: `${text}\n\n${ask.question}\n${ask.contract}` }],
  );
}

/** All questions, contexts of a length together. */
export async function pose(options: PosedOptions, tokenizer: Tokenizer): Promise<Posed[]> {
  const { view, lengths, contexts, questions, seed, real } = options;
  const all = Object.keys(view === 'entries' ? askers : recordAskers).filter(
    (kind) => !['cloze', 'quote'].includes(kind),
  );
  const kinds = options.kinds.length > 0 ? options.kinds : all;
  const draw = await (view === 'entries' ? entriesOf(real) : recordsOf(real));
  const posed: Posed[] = [];
  for (const length of lengths)
    for (let c = 0; c < contexts; c++) {
      const rng = random('measure', seed, length, c);
      const scene = await sceneOf(draw, rng, length, tokenizer);
      for (const kind of scene === undefined ? [] : kinds)
        for (let q = 0; q < questions; q++) {
          const ask = scene && askOf(scene, kind, rng);
          if (scene !== undefined && ask !== undefined)
            posed.push(...promptsOf(scene, ask, options).map((one) => ({ ask, length, ...one })));
        }
    }
  return posed;
}
