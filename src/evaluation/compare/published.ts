/**
 * @file The published tables as data, each figure with its source, in percent. GoLongRL: arXiv 2605.19577 and the table on its
 * model card; QwenLong-L1.5: its tables 2, 7, 8, 9 and 10. `rounded` marks rows that GoLongRL repeats from L1.5 with one decimal.
 */

/** One line of a published table, in percent. */
export interface PublishedRow {
  readonly model: string;
  readonly source: string;
  /** By benchmark name; `mean` is the mean of the six long-context benchmarks. */
  readonly scores: Readonly<Record<string, number>>;
}

const six = ['mean', 'docmath', 'longbench-v2', 'frames', 'mrcr', 'corpusqa', 'longbench-qa'] as const;

const table = (
  source: string,
  columns: readonly string[],
  rows: readonly (readonly [string, ...(number | null)[]])[],
) =>
  rows.map(
    ([model, ...values]): PublishedRow => ({
      model,
      source,
      scores: Object.fromEntries(
        columns.flatMap((name, k) => {
          const value = values[k];
          return value === undefined || value === null ? [] : [[name, value] as const];
        }),
      ),
    }),
  );

/** All figures as printed; a model may have a row in several tables. */
export const publishedRows: readonly PublishedRow[] = [
  ...table('GoLongRL, table of the model card', six, [
    ['Qwen3-30B-A3B-Thinking-2507 (rerun)', 60.1, 63.3, 48.7, 70.2, 41.6, 70.5, 66.5],
    ['QwenLong-L1.5 data, GRPO', 67.2, 65.1, 55.3, 71.4, 66.9, 76.9, 67.9],
    ['GoLongRL-30B-A3B', 69.8, 65.3, 55.1, 74.5, 81.6, 73.6, 68.7],
  ]),
  ...table('GoLongRL, table of the model card (from QwenLong-L1.5, rounded)', six, [
    ['GPT-5-Nano (rounded)', 57.1, 63.9, 43.7, 73.5, 43.9, 50.3, 67.1],
    ['GPT-OSS-120B (rounded)', 58.5, 61.2, 47.0, 72.7, 39.7, 64.4, 66.3],
    ['DeepSeek-R1-0528 (rounded)', 68.7, 63.4, 59.5, 76.9, 64.9, 77.5, 69.9],
    ['Qwen3-235B-A22B-Thinking (rounded)', 68.5, 65.8, 57.5, 75.1, 66.2, 75.3, 70.9],
    ['Gemini-2.5-Flash-Thinking (rounded)', 68.7, 64.8, 56.8, 65.8, 78.8, 79.4, 66.9],
  ]),
  ...table('QwenLong-L1.5, table 7', six, [
    ['Gemini-2.5-Pro', 72.4, 62.38, 65.72, 74.51, 79.92, 80.62, 71.28],
    ['GPT-5', 74.74, 67.62, 62.82, 84.59, 77.29, 81.56, 73.7],
    ['DeepSeek-R1-0528', 68.67, 63.44, 59.48, 76.86, 64.88, 77.5, 69.9],
    ['Qwen3-235B-A22B-Thinking', 68.45, 65.75, 57.46, 75.12, 66.17, 75.31, 70.9],
    ['Qwen3-Max-Thinking-Preview', 69.43, 64.12, 57.89, 77.93, 71.24, 74.69, 70.71],
    ['Gemini-2.5-Flash-Thinking', 68.73, 64.75, 56.77, 65.78, 78.84, 79.38, 66.86],
    ['GPT-5-Nano', 57.06, 63.88, 43.74, 73.54, 43.88, 50.31, 67.1],
    ['GPT-OSS-120B', 58.55, 61.25, 47.01, 72.69, 39.68, 64.38, 66.3],
    ['QwenLong-L1', 56.11, 64.75, 40.76, 72.39, 47.86, 42.5, 68.4],
    ['Qwen3-30B-A3B-Thinking-2507', 61.92, 62.26, 49.11, 70.27, 51.27, 71.56, 67.1],
    ['QwenLong-L1.5-30B-A3B', 71.82, 66.26, 55.27, 74.76, 82.99, 81.25, 70.4],
  ]),
  ...table('QwenLong-L1.5, table 10', six, [
    ['Qwen3-30B-A3B + naive GRPO', 67.24, 65.12, 55.27, 71.36, 66.92, 76.87, 67.9],
    ['QwenLong-L1.5 stage 1', 69.59, 65.88, 55.67, 73.79, 76.35, 75.62, 70.2],
    ['QwenLong-L1.5 stage 2', 70.46, 64.38, 53.68, 74.76, 81.53, 77.5, 70.9],
    ['QwenLong-L1.5 stage 3', 71.59, 66.25, 57.65, 74.27, 82.69, 79.38, 69.3],
    ['QwenLong-L1.5 memory RL', 68.53],
    ['QwenLong-L1.5 merge', 71.18],
  ]),
  ...table('QwenLong-L1.5, table 2', six, [
    ['Qwen3-4B-Thinking-2507', 52.79, 59.0, 41.35, 62.86, 39.85, 49.38, 64.3],
    ['Qwen3-4B + GRPO', 56.07, 61.25, 44.33, 67.11, 40.9, 58.75, 64.1],
    ['Qwen3-4B + task-balanced sampling', 56.86, 59.38, 42.94, 66.87, 51.66, 56.25, 64.1],
    ['Qwen3-4B + batch standardisation', 57.45, 62.0, 45.53, 65.78, 48.43, 60.31, 62.7],
    ['Qwen3-4B + task-batch standardisation', 58.62, 61.25, 43.54, 67.48, 53.23, 60.94, 65.3],
  ]),
  ...table(
    'QwenLong-L1.5, table 8',
    ['mmlu-pro', 'aime-2024', 'aime-2025', 'gpqa-diamond', 'bfcl-memory', 'longmemeval'],
    [
      ['Qwen3-30B-A3B-Thinking-2507', 81.03, 90.31, 82.81, 75.88, 23.01, 60.8],
      ['QwenLong-L1.5-30B-A3B', 81.33, 90.0, 86.46, 76.78, 24.52, 76.4],
    ],
  ),
  ...table(
    'QwenLong-L1.5, table 9',
    ['mrcr-512k', 'mrcr-1m', 'corpusqa-1m'],
    [
      ['Gemini-2.5-Pro', 53.83, 39.51, 53.11],
      ['Gemini-2.5-Flash-Thinking', 53.98, 46.88, 36.91],
      ['Qwen-Flash-1M', 22.1, 9.97, 2.75],
      ['MemAgent-14B', 6.78, 3.11, 9.7],
      ['Qwen3-30B memory agent', 16.55, 4.24, 15.32],
      ['QwenLong-L1.5-30B-A3B', 34.87, 22.53, 20.72],
    ],
  ),
];
