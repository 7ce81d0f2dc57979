/**
 * @file The sample: one prompt with a verifiable reward and the whole chain of its provenance. Native JSONL form.
 */
import { z } from 'zod';
import { metrics, taskIds } from '../tasks/task.ts';

const spanSchema = z.strictObject({ start: z.int().nonnegative(), end: z.int().nonnegative() });

const replySchema = z.strictObject({
  request: z.string().describe('Hash of the request: its key in the cache of replies.'),
  model: z.string(),
});
const stageSchema = z.strictObject({
  model: z.string(),
  requests: z.array(z.string()).describe('Keys of the requests; the replies are in the cache.'),
  rewards: z.array(z.number()).describe('Reward of each rollout.'),
});

const llmProvenanceSchema = z.strictObject({
  generation: replySchema,
  prompts: z.record(z.string(), z.int()).optional().describe('Versions of the prompts, and of the sub-task.'),
  repairs: z.array(z.string()).optional().describe('What the draft was sent back for, by stage.'),
  judges: z.array(replySchema.extend({ verdict: z.record(z.string(), z.boolean()), control: z.string().optional() })),
  closedBook: stageSchema.optional(),
  blind: stageSchema.optional().describe('Readers over the documents who did not see the key.'),
  robustness: stageSchema.optional(),
  rollouts: z.array(stageSchema.extend({ stage: z.enum(['weak', 'strong']) })),
  difficulty: z.enum(['easy', 'medium', 'hard']).optional(),
  cost: z.strictObject({ requests: z.int(), promptTokens: z.int(), completionTokens: z.int(), money: z.number() }),
});

const calibrationSchema = z.strictObject({
  rollouts: z.array(stageSchema.extend({ stage: z.enum(['weak', 'strong']) })),
  difficulty: z.enum(['easy', 'medium', 'hard']),
});
/** What `data calibrate` measured; absent in samples that nobody calibrated. */
export type Calibration = z.infer<typeof calibrationSchema>;
/** Who wrote and judged a sample of the LLM track, and what it cost; replies stand in the cache under the keys. */
export type LlmProvenance = z.infer<typeof llmProvenanceSchema>;

const importSchema = z.strictObject({
  dataset: z.string(),
  row: z.string().describe('Where the row stood: file, then #row.'),
  dataSource: z.string().optional().describe('Of the upstream layout: what its reward is dispatched by.'),
  rewardMode: z.string().optional(),
  changes: z.array(z.string()).describe('What was changed on the way in, e.g. answer-format.'),
  flags: z.array(z.string()).optional().describe('Rules of the task that the row does not keep, e.g. answer-too-long.'),
  profiles: z.array(z.enum(['paper', 'hardened'])).describe('Reward profiles under which gold scores 1 and nothing 0.'),
});

/** One line of a native file; strict, so a field of another version is refused by name. */
export const sampleSchema = z.strictObject({
  id: z
    .string()
    .min(1)
    .describe('Content hash of task, prompt and gold: the same sample has the same id in every build.'),
  task: z.enum(taskIds).describe('Capability T1..T9.'),
  prompt: z.string().min(1).describe('The single user message.'),
  reward: z
    .strictObject({
      metric: z.enum(metrics).describe('The natural reward of the task.'),
      gold: z
        .array(z.string())
        .min(1)
        .describe('Gold answer lines; IoU: one JSON object; Summary: one reference a line.'),
      language: z.enum(['en', 'zh']),
      caseSensitive: z.boolean().optional(),
      candidates: z.int().positive().optional().describe('F1, IoU, NDCG: how many items there were to choose from.'),
      floor: z
        .number()
        .min(0)
        .max(0.99)
        .optional()
        .describe('What an answer earns that knows nothing: it is taken off.'),
    })
    .describe('What the reward functions need.'),
  question: z.string().describe('The question without its context.'),
  rationale: z
    .string()
    .describe('Design rationale: the evidence as a reader would quote it. Never part of the prompt.'),
  rendering: z.enum(['short', 'long']),
  split: z.enum(['train', 'heldout']),
  cluster: z.string().describe('Primary document: the cluster of the bootstrap.'),
  tokens: z.int().nonnegative().describe('Prompt length in tokens of the tokenizer named in the dataset card.'),
  provenance: z.strictObject({
    documents: z.array(z.strictObject({ id: z.string(), sha256: z.string(), source: z.string(), licence: z.string() })),
    evidence: z.array(z.strictObject({ document: z.string(), span: spanSchema })),
    generator: z.string(),
    generatorVersion: z.int(),
    seed: z.string().describe('Labels of the random stream that drew the sample.'),
    composed: z
      .boolean()
      .optional()
      .describe('The prompt holds wording of the generator beside that of the documents.'),
    subtask: z.string().optional().describe('The sub-task that it exercises, as the paper and its benchmark name it.'),
    probe: z
      .boolean()
      .optional()
      .describe('A probe of a model: about places and counts in the text, not about what it says.'),
    needs: z
      .strictObject({
        windows: z.int().nonnegative(),
        spread: z.int().nonnegative(),
        crackedBy: z.array(z.string()).describe('Solvers without understanding that earn 0.5 or more.'),
      })
      .optional()
      .describe(
        'The fewest windows of 512 tokens that hold the proof, and the tokens from its first place to its last.',
      ),
    imported: importSchema.optional().describe('Samples that come from a dataset of someone else.'),
    llm: llmProvenanceSchema
      .optional()
      .describe('Samples that a language model wrote: who wrote, judged and solved them.'),
    calibration: calibrationSchema
      .optional()
      .describe('Difficulty as `data calibrate` measured it, with its rollouts.'),
  }),
});

/** Its id is a hash of task, prompt and gold: with another of these it is another sample. */
export type Sample = z.infer<typeof sampleSchema>;
