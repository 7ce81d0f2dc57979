/**
 * @file Fills places of a mixture one by one. What comes of a place is a function of the documents, the seed and the place alone,
 * never of the places before it: places may be drawn in any order and on any machine (`shard.ts`), and a build that was killed
 * goes on at the place it had reached.
 */
import { assign, documentsByTask } from '../../assignment/assign.ts';
import type { Document } from '../../corpus/document.ts';
import { InputError } from '../../errors.ts';
import { random } from '../../random.ts';
import type { Sample } from '../../samples/sample.ts';
import { type TaskId, taskIds } from '../../tasks/task.ts';
import { type CountTokens, estimateTokens } from '../../tokens.ts';
import type { DrawContext } from '../draw-sample.ts';
import { depthFrom } from '../gates/depth.ts';
import type { GateFailure } from '../gates/gate.ts';
import type { Generator } from '../generator.ts';
import { drawQuestion } from '../questions/draw-question.ts';
import { Library } from '../questions/library.ts';
import type { QuestionGenerator } from '../questions/question.ts';
import { generatorsOf } from '../questions/registry.ts';
import type { QuestionPlace } from '../questions/render-prompt.ts';
import { serves } from '../questions/trials.ts';
import type { ReadingGenerator } from '../reading/reading.ts';
import { weighted } from '../reading/weighted.ts';
import { type Rejection, RejectionLog } from '../report.ts';
import { defaultHeldoutShare, type SplitName, splitByDocument, splitNames } from '../split.ts';
import { families } from '../synthetic/dossier.ts';
import { overviewSummary } from '../synthetic/generators/overview-summary.ts';
import { generators } from '../synthetic/generators/registry.ts';
import { readingGenerators } from '../synthetic/readings/registry.ts';
import { drawReadingSample } from './draw-reading-sample.ts';
import { drawRecordSample, servesLength } from './draw-record-sample.ts';
import type { MixturePlace } from './mixture.ts';

/** What all places of one build are drawn from. */
export interface PlaceOptions {
  readonly documents: readonly Document[];
  readonly seed: number;
  /** What the samples are drawn for; a label of every random stream. */
  readonly purpose: string;
  /** All places of the build: g6 is shared out over them. */
  readonly places: readonly MixturePlace[];
  /** Tokens of a prompt under the tokenizer of the policy. Default: the estimate. */
  readonly countTokens?: CountTokens | undefined;
  /** Where questions stand; probes ask behind the text. */
  readonly question?: QuestionPlace | undefined;
  /** Why a sample that has passed the gates is not wanted; undefined when it is. */
  readonly objection?: ((sample: Sample) => GateFailure | undefined) | undefined;
}

/** What came of one place; goes through JSON unchanged. */
export interface PlaceResult {
  /** Number of the place in the plan. */
  readonly number: number;
  /** Absent where nothing could be drawn. */
  readonly sample?: Sample;
  /** Where its first evidence stands, for samples that g6 is about. */
  readonly tenth?: number;
  readonly rejections: readonly Rejection[];
}

/** Draws single places of a plan, in any order: what comes of one depends on no other. */
export interface PlaceDrawer {
  readonly places: readonly MixturePlace[];
  /** @throws RangeError when there is no such place. */
  draw(number: number): PlaceResult;
}

type Probe = { readonly reading: ReadingGenerator } | { readonly record: Generator };
type Candidate = Probe | { readonly question: QuestionGenerator };

/** Draws for one place by each generator before the next one is tried: readings, each with several problems, and dossiers. */
const attempts = { question: 8, reading: 10, record: 10 } as const;
/** A dossier has one problem, of which one in ten has its evidence where it is asked for; finding out is cheap. */
const attemptsByTenth = { question: 12, reading: 10, record: 60 } as const;
/** Generators of questions that have nothing to ask at a length say why in so many of its places. */
const reasonsAsked = 2;

/** Which of a place's numbers of attempts counts for a candidate. */
const kindOf = (candidate: Candidate): keyof typeof attempts =>
  'question' in candidate ? 'question' : 'record' in candidate ? 'record' : 'reading';

/** Questions of the task that are worth posing at this length. */
const questionsFor = (task: TaskId, tokens: number): Candidate[] =>
  generatorsOf(task)
    .filter(({ least }) => tokens >= least)
    .map((question) => ({ question }));

/** Probes of the task that can be used at this length. */
function probesFor(task: TaskId, tokens: number, records: boolean): Candidate[] {
  const own = [generators[task], ...(task === 'T9' ? [overviewSummary] : [])];
  return [
    ...own.filter((record) => records && servesLength(record, tokens)).map((record) => ({ record })),
    ...readingGenerators
      .filter((reading) => reading.task === task && tokens >= reading.least && tokens <= reading.most)
      .map((reading) => ({ reading })),
  ];
}

/** Those that ask about tables and figures come more often where there are such. */
const turnsOf = (candidate: Candidate): number => ('question' in candidate ? (candidate.question.turns ?? 1) : 1);

/** True where g6 asks for a tenth of the context. */
function isLocal(candidate: Candidate): boolean {
  if ('question' in candidate) return candidate.question.exempt?.g6 === undefined;
  return 'record' in candidate || candidate.reading.exempt.g6 === undefined;
}

/** True where it has something to ask over the documents of a split. */
const isAble = (candidate: Candidate, pool: SplitPool, tokens: number): boolean =>
  !('question' in candidate) || pool.libraries().some((library) => ableIn(candidate.question, library, tokens));

const ableIn = (generator: QuestionGenerator, library: Library, tokens: number): boolean =>
  generator.languages.includes(library.language) && serves(generator, library, tokens);

/** What is drawn from in one split. */
interface SplitPool {
  readonly documents: readonly Document[];
  readonly byLanguage: readonly {
    readonly language: 'en' | 'zh';
    readonly documents: readonly Document[];
    readonly length: number;
  }[];
  readonly familiesOf: Readonly<Record<TaskId, Document[][]>>;
  /** Made when a question is first drawn: probes ask for none. */
  readonly libraries: () => readonly Library[];
}

function poolOf(documents: readonly Document[], countTokens: CountTokens): SplitPool {
  const serving = documentsByTask(documents, assign(documents));
  const byLanguage = (['en', 'zh'] as const).map((language) => {
    const own = documents.filter((document) => document.language === language);
    return { language, documents: own, length: own.reduce((sum, { text }) => sum + text.length, 0) };
  });
  let libraries: Library[] | undefined;
  return {
    documents,
    libraries: () => {
      libraries ??= byLanguage
        .filter((entry) => entry.documents.length > 0)
        .map((entry) => new Library(entry.documents, entry.language, countTokens));
      return libraries;
    },
    byLanguage: byLanguage.filter((entry) => entry.documents.length > 0),
    familiesOf: Object.fromEntries(taskIds.map((task) => [task, [...families(serving[task]).values()]])) as Record<
      TaskId,
      Document[][]
    >,
  };
}

/** Generators take turns, and not the same one begins at every length. */
const firstOf = ({ task, tokens, split, index }: MixturePlace): number =>
  index + random('first', task, tokens, split).integer(0, 999);

const tenths = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] as const;

/** Whether what a task asks is told by places of its own; where most of its generators are exempt from g6, it takes no turn of the others. */
const isLocalTask = (task: TaskId): boolean =>
  generatorsOf(task).filter(({ exempt }) => exempt?.g6 === undefined).length > generatorsOf(task).length / 2;

/**
 * Tells every long place which tenth of the context its evidence shall stand in: in every run of ten places of a split each tenth has its
 * turn once, in random order, so that no generator is tied to a tenth.
 */
function shareOutDepth(places: readonly MixturePlace[], seed: number): MixturePlace[] {
  const counts = new Map<string, number>();
  return places.map((place) => {
    const { task, split, tokens } = place;
    if (tokens < depthFrom) return place;
    const row = `${split} ${isLocalTask(task)}`;
    const count = counts.get(row) ?? 0;
    counts.set(row, count + 1);
    const order = random(seed, 'tenths', row, Math.floor(count / tenths.length)).shuffle(tenths);
    return { ...place, tenth: order[count % tenths.length] ?? 0 };
  });
}

/** @throws InputError when there is no document in English or Chinese. */
export function openPlaces(options: PlaceOptions): PlaceDrawer {
  const { documents, seed, purpose, countTokens = estimateTokens } = options;
  const parts = splitByDocument(documents, defaultHeldoutShare);
  const pools = Object.fromEntries(splitNames.map((split) => [split, poolOf(parts[split], countTokens)])) as Record<
    SplitName,
    SplitPool
  >;
  if (splitNames.every((split) => pools[split].byLanguage.length === 0))
    throw new InputError(
      'no-documents',
      `none of the ${documents.length} documents is in English or Chinese`,
      'Give other documents.',
    );
  const candidatesOf = ({ task, split, tokens, probe }: MixturePlace): Candidate[] =>
    probe === true ? probesFor(task, tokens, pools[split].familiesOf[task].length > 0) : questionsFor(task, tokens);
  const places = shareOutDepth(options.places, seed);
  const lengths = new Map<string, number>();
  const tokensOf = ({ id, text }: Document): number => {
    const known = lengths.get(id) ?? countTokens(text);
    lengths.set(id, known);
    return known;
  };

  const drawOne = (number: number): PlaceResult => {
    const place = places[number];
    if (place === undefined) throw new RangeError(`place ${number} of ${places.length}`);
    const log = new RejectionLog();
    const context: DrawContext = {
      countTokens,
      tokensOf,
      log,
      seen: new Set(),
    };
    const { task, split, tokens, index, tenth } = place;
    const all = candidatesOf(place);
    const candidates = all.filter((candidate) => isAble(candidate, pools[split], tokens));
    const others = index < reasonsAsked ? all.filter((candidate) => !candidates.includes(candidate)) : [];
    const most = tenth === undefined ? attempts : attemptsByTenth;
    const first = firstOf(place);
    const turns = candidates.flatMap((candidate) => new Array<Candidate>(turnsOf(candidate)).fill(candidate));
    const inTurn = [...others, ...new Set(turns.map((_, turn) => turns[(first + turn) % turns.length]))];
    for (const [turn, candidate] of inTurn.entries()) {
      if (candidate === undefined) continue;
      const limit = turn < others.length ? 1 : most[kindOf(candidate)];
      for (let attempt = 0; attempt < limit; attempt++) {
        const labels = [seed, 'mixture', purpose, split, task, tokens, index, turn, attempt];
        const sample = draw(context, place, candidate, pools[split], labels, options.question);
        if (sample === undefined) continue;
        const failure = options.objection?.(sample);
        if (failure !== undefined) {
          log.add(sample.provenance.generator, failure.gate, failure.why);
          continue;
        }
        const local = tenth !== undefined && isLocal(candidate);
        return { number, sample, ...(local ? { tenth } : {}), rejections: log.list() };
      }
    }
    return { number, rejections: log.list() };
  };
  return { places, draw: drawOne };
}

function draw(
  context: DrawContext,
  place: MixturePlace,
  candidate: Candidate,
  { documents, byLanguage, familiesOf, libraries }: SplitPool,
  labels: readonly (string | number)[],
  question: QuestionPlace | undefined,
): Sample | undefined {
  if ('question' in candidate) {
    const generator = candidate.question;
    const able = libraries().filter(({ language }) => generator.languages.includes(language));
    const serving = able.filter((library) => serves(generator, library, place.tokens));
    const library = weighted(serving, ({ tokens }) => tokens, (place.index * 0.618034) % 1) ?? able[0];
    return library === undefined
      ? undefined
      : drawQuestion(context, {
          place,
          generator,
          library,
          labels,
          ...(question === undefined ? {} : { questionPlace: question }),
        });
  }
  if ('record' in candidate)
    return drawRecordSample(context, {
      place,
      generator: candidate.record,
      documents,
      families: familiesOf[place.task],
      labels,
    });
  // Languages in proportion to their text, by place: a corpus of both serves both.
  const chosen = weighted(byLanguage, ({ length }) => length, (place.index * 0.618034) % 1);
  if (chosen === undefined) return undefined;
  return drawReadingSample(context, {
    place,
    generator: candidate.reading,
    documents: chosen.documents,
    language: chosen.language,
    labels,
  });
}
