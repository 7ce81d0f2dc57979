/**
 * @file What a folder has to train with: datasets, documents, policies, and what stands ready beside it, a server and the machine. It is looked
 * at, never changed; nothing is read but the names of files and a few heads.
 */
import { type Dirent, existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { formats } from '../../corpus/readers/formats.ts';
import { machineMemory } from '../../engine/local/machine-memory.ts';

/** Documents in one folder, its subfolders left out. */
export interface FoundDocuments {
  readonly folder: string;
  readonly files: number;
}

/** All paths begin with the folder that was looked at. */
export interface Survey {
  readonly datasets: readonly string[];
  /** Most files first. */
  readonly documents: readonly FoundDocuments[];
  /** Model folders, adapter folders, GGUF files. */
  readonly models: readonly string[];
  /** Address of a Tinker server that answers. */
  readonly server: string | undefined;
  readonly machine: { readonly cores: number; readonly memory: number };
}

/** Folders that hold what programs made, not what a person gathered. */
const passedOver = new Set(['node_modules', 'runs', 'shards', 'dist', 'checkpoints']);
const deepest = 3;
/** A document's format by the end of its name; configurations and lists of packages are JSON too. */
const documentEnd = new RegExp(`\\.(?:${formats.filter((name) => name !== 'json').join('|')})(?:\\.gz)?$`, 'i');
const readmes = /^(?:readme|licen[cs]e|changelog|contributing|notice)\b/i;

const isDataset = (names: readonly string[]): boolean => names.includes('manifest.json') && names.includes('native');
const isModel = (names: readonly string[]): boolean =>
  names.includes('adapter_config.json') ||
  (names.includes('config.json') && names.some((name) => /\.safetensors(?:\.index\.json)?$/.test(name)));

interface Found {
  readonly datasets: string[];
  readonly documents: FoundDocuments[];
  readonly models: string[];
}

function note(folder: string, entries: readonly Dirent[], found: Found): boolean {
  const names = entries.map(({ name }) => name);
  if (isDataset(names)) found.datasets.push(folder);
  if (isModel(names)) found.models.push(folder);
  if (isDataset(names) || isModel(names)) return false;
  const files = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  for (const name of files) if (/\.gguf$/i.test(name)) found.models.push(path.join(folder, name));
  const documents = files.filter((name) => documentEnd.test(name) && !readmes.test(name)).length;
  if (documents > 0) found.documents.push({ folder, files: documents });
  return !names.includes('run.json');
}

async function look(folder: string, depth: number, found: Found): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  if (!note(folder, entries, found) || depth === 0) return;
  for (const entry of entries) {
    const hidden = entry.name.startsWith('.') || passedOver.has(entry.name);
    if (entry.isDirectory() && !hidden) await look(path.join(folder, entry.name), depth - 1, found);
  }
}

/** Where `golongrl engine serve` and SkyRL answer if nobody says otherwise. */
const usualServer = 'http://127.0.0.1:8000';

/** The server of the environment; else the usual one, if it answers at once. */
async function findServer(): Promise<string | undefined> {
  const named = process.env.TINKER_BASE_URL;
  if (named !== undefined && named !== '') return named;
  const signal = AbortSignal.timeout(300);
  const reply = await fetch(`${usualServer}/api/v1/healthz`, { signal }).catch(() => undefined);
  return reply?.ok === true ? usualServer : undefined;
}

/** @param folder That is there; what cannot be read in it counts as nothing. */
export async function surveyFolder(folder: string): Promise<Survey> {
  const found: Found = { datasets: [], documents: [], models: [] };
  await look(folder, deepest, found);
  found.documents.sort((a, b) => b.files - a.files);
  return {
    datasets: found.datasets.filter((dataset) => existsSync(path.join(dataset, 'native', 'train.jsonl'))),
    documents: found.documents,
    models: found.models,
    server: await findServer(),
    machine: { cores: availableParallelism(), memory: machineMemory() },
  };
}
