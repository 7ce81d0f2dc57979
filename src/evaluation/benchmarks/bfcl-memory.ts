import nodePath from 'node:path';
import { InputError, messageOf } from '../../errors.ts';
import type { ChatMessage, ChatTool } from '../../llm/chat-model.ts';
import { readRecords } from '../../records/read-rows.ts';
import type { RowValue } from '../../records/reader.ts';
import { readText } from '../../storage/files.ts';
import type { Agent, Ask, Benchmark, Item, LoadOptions } from '../benchmark.ts';
import { fieldsOf, findFiles } from '../benchmark-files.ts';
import { type Memory, type MemoryBackend, memoryBackends, openMemory } from '../memory/memory.ts';
import { pythonJson } from '../memory/python-json.ts';
import { memoryAnswerMatches } from '../scorers/memory-answer.ts';
import { published } from './shared.ts';

/** Steps of one turn after which the original gives up. */
const mostSteps = 20;

type Turns = readonly (readonly ChatMessage[])[];

const dataFile = async (root: string, name: string): Promise<string> =>
  (await findFiles(root, new RegExp(`^${name.replaceAll('.', '\\.')}$`), name))[0] ?? '';

/** The package holds two files of one name; the answers lie in their own folder. */
async function questionFiles(root: string): Promise<{ readonly questions: string; readonly answers: string }> {
  const found = await findFiles(root, /^BFCL_v4_memory\.json$/, 'BFCL_v4_memory.json');
  const answers = found.find((file) => nodePath.basename(nodePath.dirname(file)) === 'possible_answer');
  const questions = found.find((file) => file !== answers);
  if (answers !== undefined && questions !== undefined) return { questions, answers };
  throw new InputError('data-missing', `${root}: expected BFCL_v4_memory.json and possible_answer/BFCL_v4_memory.json`);
}

interface World {
  /** Earlier conversations by scenario, in order. */
  readonly sessions: (scenario: string) => Promise<readonly Turns[]>;
  readonly tools: (backend: MemoryBackend) => Promise<readonly ChatTool[]>;
  readonly systemPrompt: (backend: MemoryBackend, scenario: string, memory: Memory) => string;
  /** Asks for the form of the final answer. */
  readonly answerForm: string;
}

/** Texts assigned in the package's file of prompts. */
function pythonTexts(source: string): (name: string) => string {
  return (name) => {
    const match = new RegExp(`^${name} = (?:f?"""([\\s\\S]*?)"""|"((?:[^"\\\\]|\\\\.)*)")`, 'm').exec(source);
    if (match === null) {
      throw new InputError('data-missing', `default_prompts.py: got no ${name}`, 'Use bfcl-eval 2025.10.27.1.');
    }
    return match[1] ?? match[2] ?? '';
  };
}

const jsonType: Readonly<Record<string, string>> = { dict: 'object', float: 'number', list: 'array', tuple: 'array' };

/** Parameters with the type names of JSON schema. */
function schemaOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(schemaOf);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [
      name,
      name === 'type' && typeof field === 'string' ? (jsonType[field] ?? field) : schemaOf(field),
    ]),
  );
}

async function openWorld(root: string): Promise<World> {
  const promptFile = await dataFile(root, 'default_prompts.py');
  const source = await readText(promptFile);
  const texts = pythonTexts(source);
  const all = async (name: string): Promise<RowValue[]> => {
    const records: RowValue[] = [];
    for await (const record of readRecords(await dataFile(root, name))) records.push(record);
    return records;
  };
  return {
    answerForm: texts('ADDITIONAL_SYSTEM_PROMPT_FOR_AGENTIC_RESPONSE_FORMAT'),
    sessions: async (scenario) => (await all(`memory_${scenario}.json`)).map(({ question }) => question as Turns),
    tools: async (backend) => {
      // A conversation file and a tool file share a name for no backend, but kv and vector tools lie beside each other.
      const records = await all(`memory_${backend}.json`);
      return records.map((record) => {
        const { name, description, parameters } = record as unknown as ChatTool;
        return { name, description, parameters: schemaOf(parameters) as ChatTool['parameters'] };
      });
    },
    systemPrompt(backend, scenario, memory) {
      const setting = new RegExp(`"${scenario}": "((?:[^"\\\\]|\\\\.)*)"`).exec(source)?.[1] ?? '';
      const kind = backend === 'rec_sum' ? 'UNIFIED' : 'CORE_ARCHIVAL';
      return texts(`MEMORY_BACKEND_INSTRUCTION_${kind}`)
        .replace('{scenario_setting}', () => setting)
        .replace('{memory_content}', () => memory.visible());
    },
  };
}

function resultOf(memory: Memory, name: string, args: string): string {
  try {
    const value = memory.call(name, JSON.parse(args === '' ? '{}' : args) as Record<string, unknown>);
    return value === undefined ? `Error during execution: name '${name}' is not defined` : pythonJson(value);
  } catch (error) {
    return `Error during execution: ${messageOf(error)}`;
  }
}

/** Plays the turns of one conversation; the last message without a tool call is its answer. */
async function converse(
  turns: Turns,
  memory: Memory,
  tools: readonly ChatTool[],
  ask: Ask,
  stream?: string,
): Promise<string> {
  const messages: ChatMessage[] = [];
  let answer = '';
  for (const turn of turns) {
    messages.push(...turn);
    for (let step = 0; ; step++) {
      // The original gives the whole conversation up, not only the turn.
      if (step > mostSteps) return answer;
      const reply = await ask(messages, tools, stream);
      messages.push({ role: 'assistant', content: reply.text, toolCalls: reply.toolCalls });
      if (reply.toolCalls.length === 0) {
        answer = reply.text;
        break;
      }
      for (const call of reply.toolCalls) {
        messages.push({ role: 'tool', content: resultOf(memory, call.name, call.arguments), toolCallId: call.id });
      }
    }
  }
  return answer;
}

/** The turns with the agent's instructions before them. */
function instructed(turns: Turns, system: string): Turns {
  const [first = [], ...rest] = turns;
  const [opening, ...others] = first;
  if (opening?.role !== 'system') return [[{ role: 'system', content: system }, ...first], ...rest];
  return [[{ role: 'system', content: `${system}\n\n${opening.content}` }, ...others], ...rest];
}

function openAgent({ path }: LoadOptions): Agent {
  const world = openWorld(path);
  // Asked for by every question of a scenario at once, built once. A chain that failed is built anew by the next question.
  const chains = new Map<string, Promise<string>>();
  async function remember(backend: MemoryBackend, scenario: string, ask: Ask): Promise<string> {
    const { sessions, tools, systemPrompt } = await world;
    let snapshot: string | undefined;
    for (const turns of await sessions(scenario)) {
      const memory = openMemory(backend, snapshot);
      const system = systemPrompt(backend, scenario, memory);
      await converse(instructed(turns, system), memory, await tools(backend), ask, `${backend} ${scenario}`);
      snapshot = memory.snapshot();
    }
    return snapshot ?? openMemory(backend).snapshot();
  }
  return {
    async answer({ facts, messages }: Item, ask) {
      const backend = facts.subset as MemoryBackend;
      const scenario = String(facts.meta.scenario);
      const name = `${backend} ${scenario}`;
      const chain = chains.get(name) ?? remember(backend, scenario, ask);
      chains.set(name, chain);
      const snapshot = await chain.catch((error: unknown) => {
        chains.delete(name);
        throw error;
      });
      const { tools, systemPrompt, answerForm } = await world;
      const memory = openMemory(backend, snapshot);
      const turns = [[{ role: 'system', content: answerForm } as const, ...messages]];
      const system = systemPrompt(backend, scenario, memory);
      return converse(instructed(turns, system), memory, await tools(backend), ask);
    },
  };
}

/** The value after 'answer' in the form asked for; empty where the form is not kept. */
const statedAnswer = (message: string): string =>
  /['"]answer['"]\s*:\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|([^,}\n]+))/
    .exec(message)
    ?.slice(1)
    .find(Boolean)
    ?.trim() ?? '';

/**
 * 155 questions on each of three memories; a response scores 1 where it holds one of the golds, `strict`: where its
 * stated answer does.
 */
export const bfclMemory: Benchmark = {
  name: 'bfcl-memory',
  title: 'BFCL V4 memory',
  source: 'the Python package bfcl-eval 2025.10.27.1',
  files: 'the folder bfcl_eval of the installed package',
  items: 465,
  sampling: published,
  truncation: { type: 'none' },
  headline: 'subsets',
  longContext: false,
  inputTokens: 32_768,
  prompts: [],
  async *load({ path, onFile }) {
    const { questions, answers } = await questionFiles(path);
    for (const file of [questions, answers, await dataFile(path, 'default_prompts.py')]) onFile(file);
    const gold = new Map<string, readonly string[]>();
    for await (const record of readRecords(answers)) {
      const fields = fieldsOf(record, answers);
      gold.set(fields.text('id'), fields.texts('ground_truth'));
    }
    for (const backend of memoryBackends) {
      for await (const record of readRecords(questions)) {
        const fields = fieldsOf(record, questions);
        const id = fields.text('id');
        const [messages = []] = fields.list('question') as Turns;
        const question = messages.at(-1)?.content ?? '';
        yield {
          facts: {
            id: id.replace('memory', `memory_${backend}`),
            subset: backend,
            cluster: id,
            question,
            gold: gold.get(id) ?? [],
            groups: { scenario: fields.text('scenario') },
            characters: question.length,
            meta: { scenario: fields.text('scenario') },
          },
          messages,
        };
      }
    }
  },
  agent: openAgent,
  score(facts, response, profile) {
    const stated = statedAnswer(response);
    const extracted = profile === 'strict' ? stated : response;
    const right = extracted !== '' && memoryAnswerMatches(extracted, facts.gold);
    return { score: right ? 1 : 0, extracted: extracted.slice(0, 2000), parsed: stated !== '' };
  },
};
