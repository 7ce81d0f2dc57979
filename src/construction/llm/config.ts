import { z } from 'zod';
import { UsageError } from '../../errors.ts';
import { readText } from '../../storage/files.ts';
import { taskIds } from '../../tasks/task.ts';
import { readConfig } from '../../yaml-config.ts';

const share = z.number().min(0).max(1);

const endpointSchema = z
  .strictObject({
    url: z
      .string()
      .regex(/^https?:\/\/[^/]/, 'expected an address that begins with http:// or https://')
      .optional()
      .describe('OpenAI-compatible address, ends in /v1 for most servers.'),
    engine: z.string().optional().describe('Instead of a url: directory of a model for the embedded engine.'),
    model: z.string().default('default').describe('Name of the model at the server.'),
    apiKeyEnv: z.string().default('OPENAI_API_KEY').describe('Environment variable that holds the API key.'),
    price: z
      .strictObject({
        input: z.number().min(0).default(0),
        output: z.number().min(0).default(0),
        cachedInput: z.number().min(0).optional().describe('Of prompt tokens that the server had read before.'),
      })
      .prefault({})
      .describe('Money for a million tokens.'),
    thinkingTokens: z
      .int()
      .nonnegative()
      .optional()
      .describe('Room for thoughts beside each maxTokens. Default: 16384 where the model is seen to think, else 0.'),
    extraBody: z.record(z.string(), z.unknown()).optional().describe('Fields added to each request, or replaced.'),
    omit: z.array(z.string()).optional().describe('Fields left out of each request, by their name on the wire.'),
    timeoutSeconds: z.number().positive().default(600).describe('For one whole reply.'),
    stream: z.boolean().default(false).describe('Ask for replies piece by piece, for servers that write for minutes.'),
    idleSeconds: z.number().positive().default(120).describe('Longest silence within a streamed reply.'),
    constrain: z
      .union([z.boolean(), z.literal('lengths')])
      .default(true)
      .describe('Send JSON schemas for constrained decoding; `lengths`: with bounds of strings (llama.cpp, vLLM).'),
  })
  .refine(({ url, engine }) => (url === undefined) !== (engine === undefined), 'expected either url or engine');

/** Room for a policy that thinks before it answers. */
const longReply = 16_384;

const checkSchema = (rollouts: number) =>
  z.strictObject({ endpoint: z.string(), rollouts: z.int().positive().default(rollouts) });

/** The configuration file of the LLM track as read from YAML; unknown fields are refused. */
export const llmTrackSchema = z.strictObject({
  out: z.string().describe('Directory of the dataset.'),
  work: z.string().optional().describe('Directory of replies and outcomes. Default: OUT-work.'),
  docs: z.string().optional().describe('Your own text file or folder. Default: the documents of the package.'),
  licence: z.string().optional(),
  tokenizer: z
    .string()
    .optional()
    .describe('Model folder or GGUF file whose tokenizer counts the prompts. Default: an estimate.'),
  seed: z.int().nonnegative().default(7),
  tasks: z
    .array(z.enum(taskIds))
    .min(1)
    .default([...taskIds]),
  drafts: z.int().positive().default(9).describe('Drafts to ask for; fewer samples pass.'),
  assignment: z
    .enum(['criteria', 'any'])
    .default('criteria')
    .describe('Over which documents a task is written: those that meet its criteria (P2), or any.'),
  heldoutShare: share.default(0.25),
  parallel: z.int().positive().default(16).describe('Drafts under way at once.'),
  attempts: z.int().positive().default(8).describe('Tries of one request.'),
  endpoints: z.record(z.string(), endpointSchema),
  generation: z.strictObject({
    routes: z
      .array(z.strictObject({ upTo: z.int().positive().optional(), endpoint: z.string() }))
      .min(1)
      .describe('By tokens of the document, first that holds it; e.g. long up to 131072, then overlong.'),
    choices: z
      .boolean()
      .default(false)
      .describe('For weak models: decode evidence and short keys from lists of what stands in the document.'),
    temperature: z.number().min(0).default(0.7),
    maxTokens: z.int().positive().default(longReply),
    repairs: z
      .int()
      .nonnegative()
      .default(2)
      .describe('How often a draft goes back with all its faults, whoever found them.'),
  }),
  lengths: z
    .array(z.int().positive())
    .default([])
    .describe(
      'Tokens of prompts, in turn: documents like those asked about are added up to there. Empty: none is added.',
    ),
  judge: z.strictObject({
    endpoints: z.array(z.string()).describe('All of them must pass key and criteria. Empty: nothing is judged.'),
    control: z
      .boolean()
      .default(true)
      .describe('Show each judge keys that are nearly right beside the key; a judge that passes one is not believed.'),
    swap: z.boolean().default(false).describe('Ask each judge in both orders of the keys.'),
    least: z.int().min(1).max(5).default(4).describe('Points of five that each criterion needs.'),
    maxTokens: z.int().positive().default(longReply),
    repairs: z.int().nonnegative().default(2),
  }),
  passRewardByTask: z
    .partialRecord(z.enum(taskIds), share)
    .default({})
    .describe('The reward from which an answer is good, where it is not to be that of `goodReward`.'),
  solving: z
    .strictObject({
      temperature: z.number().min(0).default(1),
      maxTokens: z.int().positive().default(longReply),
    })
    .prefault({})
    .describe('How checks and cascade are answered; policies that think need the room.'),
  blind: z
    .strictObject({ endpoint: z.string(), answers: z.int().positive().default(2) })
    .optional()
    .describe('Readers who do not see the key answer over the documents; most must come to it.'),
  closedBook: checkSchema(4)
    .extend({ most: share.default(0.25) })
    .optional()
    .describe('Discard what earns without the documents more than chance and `most` of the rest.'),
  robustness: checkSchema(2)
    .extend({ addTokens: z.int().positive().default(2000) })
    .optional()
    .describe('Discard what nobody answers once other documents stand around it.'),
  cascade: z
    .strictObject({
      weak: z.string(),
      strong: z.string(),
      rollouts: z.int().positive().default(8),
      weakEasyAbove: share.default(0.75),
      weakMediumFrom: share.default(0.5),
      strongMediumAbove: share.default(0.75),
      strongHardFrom: share.default(0.25),
      ratio: z
        .tuple([z.number().min(0), z.number().min(0), z.number().min(0)])
        .refine((parts) => parts.some((part) => part > 0), 'expected a part above 0')
        .default([3, 6, 1]),
      enforceRatio: z.boolean().default(true).describe('Leave samples out until easy : medium : hard has the ratio.'),
    })
    .optional(),
  budget: z.strictObject({ money: z.number().min(0).optional(), tokens: z.int().min(0).optional() }).prefault({}),
});

/** A valid configuration with its defaults filled in. */
export type LlmTrackConfig = z.infer<typeof llmTrackSchema>;

/** The difficulty cascade: thresholds are pass rates, `ratio` is easy : medium : hard. */
export type CascadeConfig = NonNullable<LlmTrackConfig['cascade']>;

/** Every endpoint that the configuration names. */
function namedEndpoints({ generation, judge, blind, closedBook, robustness, cascade }: LlmTrackConfig): string[] {
  const checks = [blind?.endpoint, closedBook?.endpoint, robustness?.endpoint, cascade?.weak, cascade?.strong];
  return [...generation.routes.map((route) => route.endpoint), ...judge.endpoints, ...checks].filter(
    (name) => name !== undefined,
  );
}

/** @throws UsageError naming file and field, InputError when the file is missing. */
export async function readLlmTrackConfig(file: string): Promise<LlmTrackConfig> {
  const hint = 'docs/llm-track.md shows a whole configuration; src/construction/llm/config.ts describes each field.';
  const config = readConfig(llmTrackSchema, await readText(file), file, hint);
  const lost = namedEndpoints(config).find((name) => !(name in config.endpoints));
  if (lost === undefined) return config;
  const known = Object.keys(config.endpoints).join(' | ');
  throw new UsageError('config-invalid', `${file}: got the endpoint "${lost}", expected ${known}`);
}
