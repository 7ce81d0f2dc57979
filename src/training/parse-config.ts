/**
 * @file Reads a configuration file (YAML) and dotted overrides into a complete TrainingConfig. An error names the place:
 * `config.yaml:12:9 advantage.type: got "tnm", expected grpo | dr-grpo | qwenlong | tmn | tmn-reweight. Did you mean "tmn"?`
 */
import { isMap, isNode, LineCounter, parseDocument, stringify } from 'yaml';
import { z } from 'zod';
import { UsageError, unknownValue } from '../errors.ts';
import { guardYaml } from '../yaml-value.ts';
import { type TrainingConfig, trainingConfigSchema } from './config.ts';

/** Finds where a value, or a key of it, stands in the source; '' when it does not come from a file. */
type Locate = (path: readonly PropertyKey[], key?: string) => string;

const nowhere: Locate = () => '';

/** One field of the configuration as a flag: `optimizer.learningRate`. */
export interface ConfigField {
  readonly path: string;
  readonly description: string;
  readonly default: unknown;
  readonly choices: readonly string[] | undefined;
}

interface JsonSchema {
  properties?: Record<string, JsonSchema>;
  description?: string;
  default?: unknown;
  enum?: string[];
  type?: string;
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
  return walk(z.toJSONSchema(trainingConfigSchema) as JsonSchema, '');
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

function valueAt(tree: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (node, key) =>
      typeof node === 'object' && node !== null ? (node as Record<PropertyKey, unknown>)[key] : undefined,
    tree,
  );
}

function keysAt(path: readonly PropertyKey[]): string[] {
  let schema: JsonSchema | undefined = z.toJSONSchema(trainingConfigSchema) as JsonSchema;
  for (const key of path) schema = schema?.properties?.[String(key)];
  return Object.keys(schema?.properties ?? {});
}

/** The first problem as one message; the CLI shows one thing to mend at a time. */
function firstIssue(issues: readonly z.core.$ZodIssue[], tree: unknown, locate: Locate): UsageError {
  const issue = issues[0];
  if (issue === undefined) return new UsageError('config-invalid', 'The configuration is not valid.');
  const name = issue.path.join('.');
  if (issue.code === 'unrecognized_keys') {
    const key = issue.keys[0] ?? '';
    const field = name === '' ? 'field' : `field of ${name}`;
    return unknownValue(`${locate(issue.path, key)}${field}`, key, keysAt(issue.path));
  }
  const where = `${locate(issue.path)}${name}`;
  const got = valueAt(tree, issue.path);
  if (issue.code === 'invalid_value' && typeof got === 'string')
    return unknownValue(where, got, issue.values.map(String));
  const shown = got === undefined ? 'nothing' : JSON.stringify(got);
  return new UsageError('config-invalid', `${where}: got ${shown}. ${issue.message.replace('Invalid input: ', '')}.`);
}

/** @throws UsageError naming the field, the value got and what was allowed. */
export function completeConfig(tree: unknown, locate: Locate = nowhere): TrainingConfig {
  const parsed = trainingConfigSchema.safeParse(tree);
  if (parsed.success) return parsed.data;
  throw firstIssue(parsed.error.issues, tree, locate);
}

const keyNode = (node: unknown, key: string): unknown =>
  isMap(node) ? node.items.find((pair) => String(pair.key) === key)?.key : undefined;

/** Where a configuration comes from, beside its text. */
export interface ParseConfigOptions {
  /** Name of the file, for messages. */
  readonly file: string;
  /** Dotted flags, e.g. `{ 'optimizer.learningRate': '1e-4' }`; they win over the file. */
  readonly overrides?: Readonly<Record<string, string>>;
}

/** Parses YAML text (JSON is YAML too). @throws UsageError with file, line and column. */
export function parseConfig(text: string, options: ParseConfigOptions): TrainingConfig {
  const lines = new LineCounter();
  const document = guardYaml(text, options.file, () => parseDocument(text, { lineCounter: lines }));
  const broken = document.errors[0];
  if (broken !== undefined) throw new UsageError('config-yaml', `${options.file}: ${broken.message}`);
  const tree = (guardYaml(text, options.file, () => document.toJS()) ?? {}) as Record<string, unknown>;
  if (typeof tree !== 'object' || Array.isArray(tree)) {
    throw new UsageError(
      'config-invalid',
      `${options.file}: got ${JSON.stringify(tree)}, expected fields of a configuration.`,
    );
  }
  const overrides = Object.entries(options.overrides ?? {});
  for (const [path, value] of overrides) setPath(tree, path, flagValue(value));
  const locate: Locate = (path, key) => {
    if (overrides.some(([name]) => name === path.join('.'))) return '--';
    const node: unknown = path.length === 0 ? document.contents : document.getIn(path.map(String), true);
    const target = key === undefined ? node : keyNode(node, key);
    if (!isNode(target) || !target.range) return `${options.file} `;
    const { line, col } = lines.linePos(target.range[0]);
    return `${options.file}:${line}:${col} `;
  };
  return completeConfig(tree, locate);
}

/** The text of `config.yaml`: complete, so that defaults of a later version do not change an old run. */
export function formatConfig(config: TrainingConfig): string {
  return stringify(config);
}
