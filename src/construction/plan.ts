/**
 * @file How many samples of each kind a build makes: every task the same number, in each split and each length bin. Numbers
 * asked for are rounded down to whole rows of nine tasks, so a build never makes more than was asked. The bins of long prompts.
 */
import { UsageError } from '../errors.ts';
import { taskIds } from '../tasks/task.ts';
import type { SplitName } from './split.ts';

/** How many samples: short ones to train on and held out, long ones. */
export interface DatasetSizes {
  readonly train: number;
  readonly heldout: number;
  readonly long: number;
  /** Records of a short dossier; absent: five to eight. */
  readonly records?: RecordRange;
  /** Records that a short question of T4, T5, T7 and T8 names; absent: it asks over all of them or over a category. */
  readonly named?: number;
  /** Share of the documents that is held out; absent: a quarter. */
  readonly heldoutShare?: number;
}

/** How many records a short dossier has. */
export interface RecordRange {
  readonly least: number;
  readonly most: number;
  /** Held-out dossiers may be longer than those to train on. */
  readonly mostHeldout?: number;
  /** Small dossiers as often as large ones: the logarithm is drawn evenly, not the number. */
  readonly logarithmic?: boolean;
}

/** What is built where nobody asks for other numbers: the quickstart's dataset. */
export const defaultSizes: DatasetSizes = { train: 2700, heldout: 540, long: 225 };

/**
 * The dataset of a quickstart with the reader: prompts of several hundred tokens, some of two thousand, held out up to 3,500. Half of the
 * documents are held out, so that there are enough of a family.
 */
export const readerSizes: DatasetSizes = {
  train: 450,
  heldout: 135,
  long: 0,
  records: { least: 8, most: 72, mostHeldout: 116, logarithmic: true },
  named: 3,
  heldoutShare: 0.5,
};

/** Bins of long samples, in units of 1,024 tokens. */
export const lengthBins = [8, 16, 32, 64, 128] as const;

/** A bin of long samples, in units of 1,024 tokens: 8 is about 8,192. */
export type LengthBin = (typeof lengthBins)[number];

/** A prompt belongs to a bin when it is within 20 % of it. */
const binTolerance = 0.2;

/** The bin that a length belongs to, if any. */
export function lengthBin(tokens: number): LengthBin | undefined {
  return lengthBins.find((bin) => Math.abs(tokens - bin * 1024) <= binTolerance * bin * 1024);
}

/** The short rendering: numbers are over all tasks, rounded down to multiples of nine. */
export interface ShortOptions {
  /** Samples to train on. Default 2,700. */
  readonly train?: number;
  /** Held-out samples. Default 540. */
  readonly heldout?: number;
  /** Records of a dossier. Default 5 to 8. */
  readonly recordsMin?: number;
  readonly recordsMax?: number;
  /** Of a held-out dossier. Default `recordsMax`. */
  readonly recordsMaxHeldout?: number;
  /** As `RecordRange.logarithmic`. */
  readonly logarithmic?: boolean;
  /** As `DatasetSizes.named`. */
  readonly named?: number;
  /** Longest prompt in tokens. Default: no limit. */
  readonly maxTokens?: number;
}

/** The long rendering: numbers are over all tasks and bins. */
export interface LongOptions {
  /**
   * Samples over all bins and tasks, at least nine; about a fifth is held out. Default 225: five to each of nine tasks and
   * five bins. Fewer than 45 fill the shortest bins only.
   */
  readonly samples?: number;
  readonly bins?: readonly LengthBin[];
}

/** `false` leaves a rendering out. */
export interface PlanOptions {
  readonly short?: ShortOptions | false;
  readonly long?: LongOptions | false;
}

const shortRecords = ({ least, most, mostHeldout, logarithmic }: RecordRange): ShortOptions => ({
  recordsMin: least,
  recordsMax: most,
  ...(mostHeldout !== undefined && { recordsMaxHeldout: mostHeldout }),
  ...(logarithmic !== undefined && { logarithmic }),
});

/** Sizes as options: a rendering without samples is left out. */
export const planOptions = ({ train, heldout, long, records, named }: DatasetSizes): Required<PlanOptions> => ({
  short:
    train + heldout === 0
      ? false
      : {
          train,
          heldout,
          ...(records && shortRecords(records)),
          ...(named !== undefined && { named }),
        },
  long: long === 0 ? false : { samples: long },
});

/** Samples of each task by split; of long ones, in each bin. */
export interface DossierPlan {
  readonly short: Readonly<Record<SplitName, number>>;
  readonly long: Readonly<Record<SplitName, number>>;
  readonly bins: readonly LengthBin[];
  /** All of them together. */
  readonly samples: number;
}

const rows = (samples: number): number => Math.floor(samples / taskIds.length);

/** One held out for every four to train on, at least one where there are two. */
function longRows({ samples = defaultSizes.long, bins = lengthBins }: LongOptions): Pick<DossierPlan, 'long' | 'bins'> {
  const all = Math.max(1, rows(samples));
  const used = bins.slice(0, all);
  const perBin = Math.floor(all / Math.max(1, used.length));
  const heldout = Math.max(perBin > 1 ? 1 : 0, Math.round(perBin / 5));
  return { bins: used, long: { train: perBin - heldout, heldout } };
}

/** @throws UsageError when the sizes of dossiers are out of range. */
export function planBuild({ short = {}, long = {} }: PlanOptions): DossierPlan {
  const {
    train = defaultSizes.train,
    heldout = defaultSizes.heldout,
    recordsMin = 5,
    recordsMax = 8,
  } = short === false ? noShort : short;
  if (recordsMin < 4 || recordsMax < recordsMin) {
    throw new UsageError(
      'records-range',
      `records: got ${recordsMin} to ${recordsMax}, expected 4 <= recordsMin <= recordsMax`,
    );
  }
  const shortRows = { train: rows(train), heldout: rows(heldout) };
  const plan = long === false ? { bins: [], long: { train: 0, heldout: 0 } } : longRows(long);
  const inLong = plan.bins.length * (plan.long.train + plan.long.heldout);
  return { short: shortRows, ...plan, samples: taskIds.length * (shortRows.train + shortRows.heldout + inLong) };
}

const noShort: ShortOptions = { train: 0, heldout: 0 };
