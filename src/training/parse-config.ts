/** @file The configuration of a training run, of a file (YAML) and dotted flags. */
import { parseDocument, stringify } from 'yaml';
import { isRecord } from '../json.ts';
import { checkConfig, type JsonSchema, jsonSchemaOf, type Locate, yamlTree } from '../yaml-config.ts';
import { guardYaml } from '../yaml-value.ts';
import { presetNames, presets, type TrainingConfig, trainingConfigSchema } from './config.ts';

/** One field of the configuration as a flag: `optimizer.learningRate`. */
export interface ConfigField {
  readonly path: string;
  readonly description: string;
  readonly default: unknown;
  readonly choices: readonly string[] | undefined;
}

/** All leaves of the schema, in order; the source of flags and of their help. */
export function configFields(): ConfigField[] {
  const walk = (schema: JsonSchema, path: string): ConfigField[] => {
    if (schema.properties !== undefined) {
      return Object.entries(schema.properties).flatMap(([key, inner]) =>
        walk(inner, path === '' ? key : `${path}.${key}`),
      );
    }
    return [{ path, description: schema.description ?? '', default: schema.default, choices: schema.enum }];
  };
  return walk(jsonSchemaOf(trainingConfigSchema), '');
}

/** Sets `a.b.c` in a tree of plain objects. */
function setPath(target: Record<string, unknown>, path: string, value: unknown): void {
  const keys = path.split('.');
  let node = target;
  for (const key of keys.slice(0, -1)) {
    const next = node[key];
    const child = typeof next === 'object' && next !== null ? (next as Record<string, unknown>) : {};
    node[key] = child;
    node = child;
  }
  node[keys.at(-1) ?? ''] = value;
}

/** A flag's text as YAML reads it: numbers, booleans, `[T1, T2]`, else a string. */
const flagValue = (text: string): unknown => {
  const value: unknown = guardYaml(text, 'a flag', () => parseDocument(text).toJS());
  return typeof value === 'object' && !Array.isArray(value) ? text : value;
};

/** Deep merge of plain objects; the second wins. */
export function merge(
  base: Readonly<Record<string, unknown>>,
  change: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const out: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(change)) {
    const old = out[key];
    out[key] = isRecord(old) && isRecord(value) ? merge(old, value) : value;
  }
  return out;
}

/** The values of the preset below those of the tree; a preset that there is not is left for the schema to refuse. */
function withPreset(tree: unknown): unknown {
  if (!isRecord(tree)) return tree;
  const chosen = tree.preset ?? presetNames.find((known) => known === tree.model) ?? 'paper';
  const name = presetNames.find((known) => known === chosen);
  return name === undefined ? tree : merge(presets[name], tree);
}

/** @throws UsageError naming each field that is at fault, the value got and what was allowed. */
export const completeConfig = (tree: unknown, locate?: Locate): TrainingConfig =>
  checkConfig(trainingConfigSchema, withPreset(tree), { locate });

/** Where a configuration comes from, beside its text. */
export interface ParseConfigOptions {
  /** Name of the file, for messages. */
  readonly file: string;
  /** Dotted flags, e.g. `{ 'optimizer.learningRate': '1e-4' }`; they win over the file. */
  readonly overrides?: Readonly<Record<string, string>>;
}

/** Parses YAML text (JSON is YAML too). @throws UsageError with all faults, each with file, line and column. */
export function parseConfig(text: string, options: ParseConfigOptions): TrainingConfig {
  const { tree, locate } = yamlTree(text, options.file);
  const overrides = Object.entries(options.overrides ?? {});
  for (const [path, value] of overrides) setPath(tree, path, flagValue(value));
  const isFlag = (path: readonly PropertyKey[]) => overrides.some(([name]) => name === path.join('.'));
  return completeConfig(tree, (path, key) => (isFlag(path) ? '--' : locate(path, key)));
}

/** The text of `config.yaml`: complete, so that defaults of a later version do not change an old run. */
export function formatConfig(config: TrainingConfig): string {
  return stringify(config);
}
