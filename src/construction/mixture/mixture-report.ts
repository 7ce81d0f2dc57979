/**
 * @file What a mixture came to, counted while it streams: by task, generator and length, what the gates turned away, and what
 * answers that read nothing would earn over the whole set.
 */
import { readerNames } from '../../audit/readers/readers.ts';
import { percent } from '../../format.ts';
import type { Sample } from '../../samples/sample.ts';
import { type TaskId, taskIds } from '../../tasks/task.ts';
import { textTable } from '../../text-table.ts';
import { type GateId, gateIds } from '../gates/gate.ts';
import { questionGenerators } from '../questions/registry.ts';
import { RejectionLog } from '../report.ts';
import { overviewSummary } from '../synthetic/generators/overview-summary.ts';
import { generators } from '../synthetic/generators/registry.ts';
import { readingGenerators } from '../synthetic/readings/registry.ts';
import type { PlaceResult } from './draw-place.ts';
import type { MixturePlace } from './mixture.ts';

const bump = <K>(counts: Map<K, number>, key: K, by = 1): void => void counts.set(key, (counts.get(key) ?? 0) + by);

const lines = (counts: ReadonlyMap<string | number, number>): string =>
  [...counts].map(([name, count]) => `${name} ${count}`).join(', ');

/** Questions, then probes over dossiers and readings; by task. */
const allGenerators = [...questionGenerators, ...Object.values(generators), overviewSummary, ...readingGenerators].sort(
  (a, b) => (a.task < b.task ? -1 : a.task > b.task ? 1 : 0),
);

const median = (values: readonly number[]): number | undefined => [...values].sort((a, b) => a - b)[values.length >> 1];

/** The same options in another order have other letters. */
const withoutLetters = ({ reward }: Sample): string[] =>
  reward.gold.map((line) => line.replace(/^((?:\d+: )?)[A-Z]$/, '$1'));

/** What a question is about, in whatever words and context it stands: the same is asked once. Undefined for probes. */
function factsKey(sample: Sample): string | undefined {
  const { provenance } = sample;
  if (provenance.needs === undefined) return undefined;
  const proof = provenance.evidence.map(({ document, span }) => `${document} ${span.start}`).sort();
  return `${provenance.generator}\u0000${withoutLetters(sample).join('\n')}\u0000${proof.join('\n')}`;
}

/** Questions of one generator on one document that have one answer, or are of one procedure, at most. */
const sameAnswers = 2;
/** Characters of a stretch of text: what is put in order from one to another of them is one subject. */
const stretch = 2000;

/** What a letter stands for: the words of the option. */
const optionOf = ({ question, reward }: Sample): string | undefined =>
  question.split('\n').find((line) => line.startsWith(`(${reward.gold[0]}) `));

/** Where the text stands whose parts are to be put in order, whichever of them are asked for. */
function stretchOf({ provenance: { evidence } }: Sample): string | undefined {
  const [first] = evidence;
  const places = evidence.filter(({ document }) => document === first?.document);
  if (first === undefined || places.length < evidence.length) return undefined;
  const [from, to] = [
    Math.min(...places.map(({ span }) => span.start)),
    Math.max(...places.map(({ span }) => span.end)),
  ];
  return `${first.document} ${Math.floor(from / stretch)} ${Math.floor(to / stretch)}`;
}

/** The answer in words with who asks for it of which document, of an order its stretch of text; undefined for probes and for other letters. */
function answerKey(sample: Sample): string | undefined {
  const { provenance, cluster, reward, task } = sample;
  if (provenance.needs === undefined) return undefined;
  const key = (words: string): string => `${provenance.generator}\u0000${cluster}\u0000${words}`;
  const words = task === 'T2' ? optionOf(sample) : task === 'T8' ? stretchOf(sample) : undefined;
  if (words !== undefined) return key(words.replace(/^\([A-Z]\) /, ''));
  const tells = withoutLetters(sample).some((line) => /[\p{L}\p{N}]{2}/u.test(line) && !/^\d+: $/.test(line));
  return tells ? key(reward.gold.join('\n')) : undefined;
}

/** Counts places while they stream by, and drops a sample that an earlier place has given. */
export class MixtureTally {
  readonly rejections = new RejectionLog();
  readonly byTask = new Map<TaskId, number>(taskIds.map((task) => [task, 0]));
  readonly byGenerator = new Map<string, number>();
  readonly byLength = new Map<number, number>();
  readonly documents = new Set<string>();
  /** Places that stayed empty, by task and length. */
  readonly unfilled = new Map<string, number>();
  /** Samples with wording that is no document's. */
  composed = 0;
  samples = 0;
  tokens = 0;
  /** Places of first evidence, tenths of the context: samples of 8K tokens and more whose evidence is local. */
  readonly depth: number[] = new Array<number>(10).fill(0);
  /** Of the samples of questions, by generator: windows of the proof, and which solvers without understanding crack them. */
  private readonly needs = new Map<string, { readonly windows: number[]; readonly cracked: Map<string, number> }>();
  /** Windows of the proof in prompts of 8K tokens and more, outside of T1. */
  private readonly longWindows: number[] = [];
  private readonly letters = new Map<string, number>();
  private readonly ids = new Set<string>();
  /** Samples by what they are asked of and answered by. */
  private readonly answers = new Map<string, number>();

  /** The sample of the place; undefined where there is none, or earlier places have the same one, or two with its answer or of its subject. */
  add({ task, tokens }: MixturePlace, { sample, tenth, rejections }: PlaceResult): Sample | undefined {
    this.rejections.merge(rejections);
    const facts = sample === undefined ? undefined : factsKey(sample);
    const answer = sample === undefined ? undefined : answerKey(sample);
    const isWorn = answer !== undefined && (this.answers.get(answer) ?? 0) >= sameAnswers;
    const twin =
      sample !== undefined && (isWorn || this.ids.has(sample.id) || (facts !== undefined && this.ids.has(facts)));
    if (twin) this.rejections.add(sample.provenance.generator, 'duplicate', sample.question);
    if (sample === undefined || twin) {
      bump(this.unfilled, `${task} ${tokens}`);
      return undefined;
    }
    this.ids.add(sample.id);
    if (facts !== undefined) this.ids.add(facts);
    if (answer !== undefined) bump(this.answers, answer);
    if (tenth !== undefined) this.depth[tenth] = (this.depth[tenth] ?? 0) + 1;
    this.samples++;
    this.tokens += sample.tokens;
    bump(this.byTask, task);
    bump(this.byGenerator, sample.provenance.generator);
    bump(this.byLength, tokens);
    this.addNeeds(sample);
    if (sample.provenance.composed === true) this.composed++;
    if (task === 'T2') bump(this.letters, sample.reward.gold[0] ?? '');
    for (const { id } of sample.provenance.documents) this.documents.add(id);
    return sample;
  }

  private addNeeds({ task, tokens, provenance: { generator, needs } }: Sample): void {
    if (needs === undefined) return;
    const own = this.needs.get(generator) ?? { windows: [], cracked: new Map<string, number>() };
    this.needs.set(generator, own);
    own.windows.push(needs.windows);
    for (const solver of needs.crackedBy) bump(own.cracked, solver);
    if (task !== 'T1' && tokens >= 0.8 * 8192) this.longWindows.push(needs.windows);
  }

  /** What the most frequent right letter earns over all of T2. */
  get constantLetter(): number {
    const total = [...this.letters.values()].reduce((a, b) => a + b, 0);
    return total === 0 ? 0 : Math.max(...this.letters.values()) / total;
  }

  /** The report as lines of text. */
  lines(): string[] {
    const byGate = new Map<string, number>(gateIds.map((gate) => [gate, 0]));
    for (const { gate, count } of this.rejections.list()) bump(byGate, gate, count);
    const sorted = new Map([...this.byLength].sort(([a], [b]) => a - b));
    const exempt = [...questionGenerators, ...readingGenerators]
      .filter(({ id }) => this.byGenerator.has(id))
      .flatMap(({ id, exempt }) => Object.entries(exempt ?? {}).map(([gate, why]) => `  ${id} ${gate}: ${why}`));
    return [
      `${this.samples} samples, ${this.tokens} tokens, from ${this.documents.size} documents; ${this.composed} hold composed wording`,
      `tasks: ${lines(this.byTask)}`,
      `lengths in tokens: ${lines(sorted)}`,
      `rejected drafts by gate: ${lines(byGate)} (g8 holds by construction; g10 needs a model)`,
      `evidence depth, tenths of the context that were asked for, met within one: ${this.depth.join(' ')}`,
      `windows of 512 tokens that hold the proof, median, prompts from 8K on, outside of T1: ${median(this.longWindows) ?? 'none'}`,
      `a constant letter earns ${this.constantLetter.toFixed(3)} on T2`,
      `places not filled: ${this.unfilled.size === 0 ? 'none' : lines(this.unfilled)}`,
      'exemptions:',
      ...exempt,
    ];
  }

  /** A generator a row: its samples, and what each gate that turned anything away did to its drafts. */
  table(): string[] {
    const rejections = this.rejections.list();
    const gates = gateIds.filter((gate) => rejections.some((entry) => entry.gate === gate));
    const of = (id: string, gate: GateId) =>
      rejections.find((entry) => entry.generator === id && entry.gate === gate)?.count ?? 0;
    const seen = new Set([...this.byGenerator.keys(), ...rejections.map(({ generator }) => generator)]);
    const known = allGenerators.filter(({ id }) => seen.has(id));
    const rows = known.map(({ id, task }) => [
      id,
      task,
      String(this.byGenerator.get(id) ?? 0),
      ...gates.map((gate) => String(of(id, gate) || '')),
    ]);
    const head = ['generator', 'task', 'samples', ...gates];
    return [...textTable([head, ...rows]).split('\n'), ...this.needsTable()];
  }

  /** A generator of questions a row: the median of the windows that its proofs take, and the share that each solver cracks. */
  private needsTable(): string[] {
    if (this.needs.size === 0) return [];
    const rows = allGenerators.flatMap(({ id, task }) => {
      const own = this.needs.get(id);
      if (own === undefined) return [];
      const { windows, cracked } = own;
      const shares = readerNames.map((name) => percent((cracked.get(name) ?? 0) / windows.length, 0));
      return [[id, task, String(median(windows) ?? ''), ...shares]];
    });
    return ['', ...textTable([['cracked by', 'task', 'windows', ...readerNames], ...rows]).split('\n')];
  }

  /** The first reason of each generator and gate; what several share stands once. */
  reasons(): string[] {
    const byReason = new Map<string, string[]>();
    for (const { generator, gate, example } of this.rejections.list()) {
      const reason = `${gate}: ${example.slice(0, 120)}`;
      byReason.set(reason, [...(byReason.get(reason) ?? []), generator]);
    }
    return [...byReason].sort().map(([reason, generators]) => `  ${reason} (${generators.join(', ')})`);
  }
}
