/**
 * @file The three memories of BFCL V4 as plain state with tools: key-value, vector, and one text (recursive summary). A tool is a method
 * name of the original with its arguments; its result is what the original returns, as a JSON value. Sizes are the original's.
 */
import { pythonJson } from './python-json.ts';
import { bm25Plus, lexicalSimilarity } from './ranking.ts';

/** Names as in BFCL's data: key-value, vector, recursive summary. */
export const memoryBackends = ['kv', 'vector', 'rec_sum'] as const;
/** Also the subset of an item in results. */
export type MemoryBackend = (typeof memoryBackends)[number];

/** The state of one scenario; it grows from session to session. */
export interface Memory {
  /** What the agent sees of its memory in the system prompt. */
  visible(): string;
  /** Result of a tool, undefined where there is no such tool. @throws Error with what is wrong with the arguments */
  call(name: string, args: Readonly<Record<string, unknown>>): unknown;
  /** The state, and a memory that goes on from it. */
  snapshot(): string;
}

const stores = { core: { entries: 7, characters: 300 }, archival: { entries: 50, characters: 2000 } } as const;
type StoreName = keyof typeof stores;
const longestSummary = 10_000;

const split = (name: string): readonly [StoreName, string] | undefined => {
  const match = /^(core|archival)_memory_(\w+)$/.exec(name);
  return match === null ? undefined : [match[1] as StoreName, match[2] ?? ''];
};

function argument(args: Readonly<Record<string, unknown>>, name: string): string {
  const value = args[name];
  if (value === undefined) throw new Error(`missing required argument: '${name}'`);
  return typeof value === 'string' ? value : pythonJson(value);
}

const wholeNumber = (value: unknown, fallback: number): number =>
  typeof value === 'number' && Number.isInteger(value) ? value : fallback;

function keyValueMemory(state: Record<StoreName, Record<string, string>>): Memory {
  const keyForm = /^[a-z]+(_[a-z0-9]+)*$/;
  return {
    visible: () =>
      Object.keys(state.core).length === 0
        ? 'There is no content in the core memory at this point.'
        : pythonJson(state.core, 4),
    snapshot: () => JSON.stringify(state),
    call(name, args) {
      const tool = split(name);
      if (tool === undefined) return undefined;
      const [which, action] = tool;
      const [store, { entries, characters }] = [state[which], stores[which]];
      const known = (key: string): boolean => Object.hasOwn(store, key);
      const tooLong = { error: `Entry is too long. Please shorten the entry to less than ${characters} characters.` };
      switch (action) {
        case 'add': {
          const [key, value] = [argument(args, 'key'), argument(args, 'value')];
          const full = `${which === 'core' ? 'Core' : 'Long term'} memory is full. Please clear some entries.`;
          if (Object.keys(store).length >= entries) return { error: full };
          if (Array.from(value).length > characters) return tooLong;
          if (!keyForm.test(key)) return { error: 'Key must be in snake_case format and cannot contain spaces.' };
          if (known(key)) return { error: 'Key name must be unique.' };
          store[key] = value;
          return { status: which === 'core' ? 'Key-value pair added.' : 'Key added.' };
        }
        case 'remove': {
          const key = argument(args, 'key');
          if (!known(key)) return { error: 'Key not found.' };
          delete store[key];
          return { status: 'Key removed.' };
        }
        case 'replace': {
          const [key, value] = [argument(args, 'key'), argument(args, 'value')];
          if (!known(key)) return { error: 'Key not found.' };
          if (Array.from(value).length > characters) return tooLong;
          store[key] = value;
          return { status: 'Key replaced.' };
        }
        case 'clear':
          state[which] = {};
          return { status: `${which === 'core' ? 'Short' : 'Long'} term memory cleared.` };
        case 'retrieve': {
          const key = argument(args, 'key');
          return known(key) ? { value: store[key] } : { error: 'Key not found.' };
        }
        case 'list_keys':
          return { keys: Object.keys(store) };
        case 'key_search':
          return { ranked_results: bm25Plus(argument(args, 'query'), Object.keys(store), wholeNumber(args.k, 5)) };
        case 'retrieve_all':
          return which === 'core' ? store : undefined;
        default:
          return undefined;
      }
    },
  };
}

interface VectorStore {
  next: number;
  texts: Record<string, string>;
}

function vectorMemory(state: Record<StoreName, VectorStore>): Memory {
  return {
    visible: () => pythonJson(state.core.texts, 4),
    snapshot: () => JSON.stringify(state),
    call(name, args) {
      const tool = split(name);
      if (tool === undefined) return undefined;
      const [which, action] = tool;
      const [store, { entries, characters }] = [state[which], stores[which]];
      const missing = (id: string) => ({ error: `ID ${id} not present in store.` });
      const tooLong = { error: `Entry length exceeds maximum length of ${characters} characters.` };
      switch (action) {
        case 'add': {
          const text = argument(args, 'text');
          if (Array.from(text).length > characters) return tooLong;
          if (Object.keys(store.texts).length >= entries) {
            return { error: `Memory size exceeds maximum size of ${entries} entries.` };
          }
          const id = store.next++;
          store.texts[id] = text;
          return { id };
        }
        case 'remove': {
          const id = argument(args, 'vec_id');
          if (!Object.hasOwn(store.texts, id)) return missing(id);
          delete store.texts[id];
          return { status: `ID ${id} removed from store.` };
        }
        case 'update': {
          const [id, text] = [argument(args, 'vec_id'), argument(args, 'new_text')];
          if (!Object.hasOwn(store.texts, id)) return missing(id);
          if (Array.from(text).length > characters) return tooLong;
          store.texts[id] = text;
          return { status: `ID ${id} updated.` };
        }
        case 'clear':
          state[which] = { next: 0, texts: {} };
          return { status: 'Memory cleared.' };
        case 'retrieve': {
          const query = argument(args, 'query');
          const ranked = Object.entries(store.texts)
            .map(([id, text]) => ({ id: Number(id), similarity_score: lexicalSimilarity(query, text), text }))
            .sort((left, right) => right.similarity_score - left.similarity_score);
          return { result: ranked.slice(0, wholeNumber(args.top_k, 5)) };
        }
        case 'retrieve_all':
          return { result: Object.entries(store.texts).map(([id, text]) => ({ id: Number(id), text })) };
        default:
          return undefined;
      }
    },
  };
}

function summaryMemory(state: { text: string }): Memory {
  const tooLong = (doing: string) => ({
    error: `Entry will be too long after ${doing}. Please shorten the entry to less than ${longestSummary} characters.`,
  });
  const long = (text: string): boolean => Array.from(text).length > longestSummary;
  return {
    visible: () => (state.text === '' ? 'There is no content in the memory at this point.' : state.text),
    snapshot: () => JSON.stringify(state),
    call(name, args) {
      switch (name) {
        case 'memory_append': {
          const text = state.text + argument(args, 'text');
          if (long(text)) return tooLong('appending');
          state.text = text;
          return { status: 'Memory appended.' };
        }
        case 'memory_update': {
          const text = argument(args, 'text');
          if (long(text)) return tooLong('updating');
          state.text = text;
          return { status: 'Memory updated.' };
        }
        case 'memory_clear':
          state.text = '';
          return { status: 'Short term memory cleared.' };
        case 'memory_replace': {
          const [old, fresh] = [argument(args, 'old_text'), argument(args, 'new_text')];
          if (!state.text.includes(old)) return { error: `Text '${old}' not found in memory.` };
          if (long(fresh)) return tooLong('replacing');
          state.text = state.text.replaceAll(old, () => fresh);
          return { status: 'Memory updated.' };
        }
        case 'memory_retrieve':
          return state.text === '' ? { error: 'Memory is empty.' } : { memory_content: state.text };
        default:
          return undefined;
      }
    },
  };
}

/** A memory in the state of a snapshot, or an empty one. */
export function openMemory(backend: MemoryBackend, snapshot?: string): Memory {
  const state: unknown = snapshot === undefined ? undefined : JSON.parse(snapshot);
  switch (backend) {
    case 'kv':
      return keyValueMemory((state ?? { core: {}, archival: {} }) as Record<StoreName, Record<string, string>>);
    case 'vector':
      return vectorMemory(
        (state ?? { core: { next: 0, texts: {} }, archival: { next: 0, texts: {} } }) as Record<StoreName, VectorStore>,
      );
    case 'rec_sum':
      return summaryMemory((state ?? { text: '' }) as { text: string });
  }
}
