/**
 * @file What an evaluation is: which benchmarks, which model, how answers are sampled and scored, and what it may cost. The same
 * schema reads the command's flags and the `run.json` of a run that is resumed.
 */
import { z } from 'zod';
import { compatProfiles } from '../benchmark.ts';

const endpoint = {
  model: z.string().min(1).describe('Name of the model, as the server knows it.'),
  url: z.string().min(1).describe('OpenAI-compatible endpoint, e.g. http://127.0.0.1:8000/v1.'),
  apiKeyEnv: z.string().default('OPENAI_API_KEY').describe('Environment variable that holds the API key.'),
  thinkingTokens: z.int().nonnegative().optional().describe('Room for thoughts beside the limit of a response.'),
  extraBody: z.record(z.string(), z.unknown()).optional().describe('Fields added to each request, or replaced.'),
  omit: z.array(z.string()).optional().describe('Fields left out of each request, by their name on the wire.'),
};

/** For prompts over the limit: cut as published, leave out as an error, send whole. */
export const overlongRules = ['truncate', 'refuse', 'send'] as const;

/** Strict: unknown keys are refused. A sampling setting that is left out is the benchmark's published one. */
export const evaluationSettingsSchema = z.strictObject({
  benchmarks: z
    .array(z.strictObject({ name: z.string(), path: z.string() }))
    .min(1)
    .describe('Benchmarks with the files of each.'),
  ...endpoint,
  profile: z.enum(compatProfiles).default('paper').describe('How to score.'),
  seed: z.int().nonnegative().default(7).describe('Seed of sampling, of shuffled choices and of intervals.'),
  limit: z.int().positive().optional().describe('Items of each subset at most.'),
  repeats: z.int().positive().optional().describe("Responses to each item, instead of the benchmark's number."),
  temperature: z.number().nonnegative().optional().describe('Instead of the published 0.7.'),
  topP: z.number().positive().max(1).optional().describe('Instead of the published 0.95.'),
  maxTokens: z.int().positive().optional().describe('Tokens of a response at most, instead of the published number.'),
  inputTokens: z.int().positive().optional().describe('Tokens of a prompt at most, instead of the published number.'),
  tokenizer: z.string().optional().describe('Folder with tokenizer.json; without it tokens are estimated.'),
  overlong: z
    .enum(overlongRules)
    .default('truncate')
    .describe('Prompts over the limit: cut as published, not asked, or sent as they are.'),
  prompts: z.record(z.string(), z.string()).default({}).describe('Wordings of prompts that replace our own.'),
  concurrency: z.int().positive().default(16).describe('Requests at once at most; the pace adapts below.'),
  attempts: z.int().positive().default(4).describe('Tries of one request.'),
  timeout: z.int().positive().default(3_600_000).describe('Milliseconds for one request.'),
  judge: z
    .strictObject({
      ...endpoint,
      votes: z.int().positive().default(1).describe('Judgments of each question; the majority decides.'),
      swap: z.boolean().default(false).describe('Ask in both orders of the two answers; both must say yes.'),
      maxTokens: z.int().positive().default(4096).describe('Tokens of a verdict with its explanation.'),
      concurrency: z.int().positive().default(16).describe('Requests at once at most.'),
    })
    .optional()
    .describe('Absent: rules only.'),
  limits: z
    .strictObject({
      tokens: z.int().positive().optional().describe('Tokens read and written at most.'),
      minutes: z.number().positive().optional().describe('Minutes at most.'),
      cost: z.number().positive().optional().describe('Cost at most, in the currency of the prices.'),
    })
    .default({}),
  price: z
    .strictObject({
      input: z.number().nonnegative().default(0).describe('Price of a million prompt tokens.'),
      output: z.number().nonnegative().default(0).describe('Price of a million completion tokens.'),
      cachedInput: z
        .number()
        .nonnegative()
        .optional()
        .describe('Price of a million prompt tokens that were read before.'),
    })
    .default({ input: 0, output: 0 }),
});

/** With all defaults filled in. */
export type EvaluationSettings = z.infer<typeof evaluationSettingsSchema>;
