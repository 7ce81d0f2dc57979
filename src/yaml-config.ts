/**
 * @file A configuration file (YAML, so JSON too) by its zod schema. All faults are told at once, each with its place:
 * `config.yaml:12:9 advantage.type: got "tnm", expected grpo | dr-grpo | qwenlong | tmn | tmn-reweight | rloo | maxrl. Did you mean "tmn"?`
 */
import { isMap, isNode, LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { UsageError, unknownValue } from './errors.ts';
import { guardYaml } from './yaml-value.ts';

/** Finds where a value, or a key of it, stands in the source; '' when it does not come from a file. */
export type Locate = (path: readonly PropertyKey[], key?: string) => string;

/** As much of a JSON schema as is read here. */
export interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly anyOf?: readonly JsonSchema[];
  readonly items?: JsonSchema;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly string[];
  readonly type?: string;
}

/** The JSON schema of what a person may write: fields with defaults are optional. */
export const jsonSchemaOf = (schema: z.ZodType): JsonSchema =>
  z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema;

function valueAt(tree: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (node, key) =>
      typeof node === 'object' && node !== null ? (node as Record<PropertyKey, unknown>)[key] : undefined,
    tree,
  );
}

/** The schemas that a value at `key` of `schema` may have. */
function below(schema: JsonSchema, key: PropertyKey): JsonSchema[] {
  const { properties, items, additionalProperties, anyOf = [] } = schema;
  const own = typeof key === 'number' ? items : (properties?.[String(key)] ?? additionalProperties);
  return [...(typeof own === 'object' ? [own] : []), ...anyOf.flatMap((one) => below(one, key))];
}

/** The names of the fields that an object at `path` may have. */
function keysAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  const nodes = path.reduce((some, key) => some.flatMap((one) => below(one, key)), [jsonSchemaOf(schema)]);
  const all = nodes.flatMap((node) => [node, ...(node.anyOf ?? [])]);
  return [...new Set(all.flatMap(({ properties = {} }) => Object.keys(properties)))];
}

const sentence = (text: string): string => (text.endsWith('.') ? text : `${text}.`);

/** One line for each fault of an issue of zod: several unknown fields of one object are one issue. */
function faultsOf(issue: z.core.$ZodIssue, schema: z.ZodType, tree: unknown, locate: Locate): string[] {
  const name = issue.path.join('.');
  if (issue.code === 'unrecognized_keys') {
    const field = name === '' ? 'field' : `field of ${name}`;
    const known = keysAt(schema, issue.path);
    return issue.keys.map((key) => unknownValue(`${locate(issue.path, key)}${field}`, key, known).message);
  }
  const where = `${locate(issue.path)}${name}`;
  const got = valueAt(tree, issue.path);
  if (issue.code === 'invalid_value' && typeof got === 'string')
    return [unknownValue(where, got, issue.values.map(String)).message];
  const shown = got === undefined ? 'nothing' : JSON.stringify(got);
  const place = where === '' ? '' : `${where}: `;
  return [
    sentence(
      `${place}got ${shown.slice(0, 200)}. ${issue.message.replace('Invalid input: ', '').replace(/, received undefined$/, '')}`,
    ),
  ];
}

/** Fills in the defaults. `hint` is printed below the faults. @throws UsageError naming each field, the value got and what was allowed. */
export function checkConfig<T extends z.ZodType>(
  schema: T,
  tree: unknown,
  { locate = () => '', hint }: { readonly locate?: Locate | undefined; readonly hint?: string | undefined } = {},
): z.infer<T> {
  const parsed = schema.safeParse(tree);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.flatMap((issue) => faultsOf(issue, schema, tree, locate));
  const [first = 'The configuration is not valid.', ...others] = faults;
  if (others.length === 0) throw new UsageError('config-invalid', first, hint);
  const text = [`${faults.length} faults:`, ...faults].join('\n  ');
  throw new UsageError('config-invalid', text, hint ?? `Mend these ${faults.length} faults and run the same again.`);
}

const keyNode = (node: unknown, key: string): unknown =>
  isMap(node) ? node.items.find((pair) => String(pair.key) === key)?.key : undefined;

/** A configuration's text as a tree, and where each value of it stands. */
export interface YamlTree {
  readonly tree: Record<string, unknown>;
  readonly locate: Locate;
}

/** @throws UsageError, InputError with file, line and column where it is not YAML, or no fields */
export function yamlTree(text: string, file: string): YamlTree {
  const lines = new LineCounter();
  const document = guardYaml(text, file, () => parseDocument(text, { lineCounter: lines }));
  const broken = document.errors[0];
  if (broken !== undefined) throw new UsageError('config-yaml', `${file}: ${broken.message}`);
  const tree = (guardYaml(text, file, () => document.toJS()) ?? {}) as Record<string, unknown>;
  if (typeof tree !== 'object' || Array.isArray(tree))
    throw new UsageError('config-invalid', `${file}: got ${JSON.stringify(tree)}, expected fields of a configuration.`);
  const locate: Locate = (path, key) => {
    // What is missing has no place of its own: that of the innermost object around it stands for it.
    for (let length = path.length; length >= 0; length--) {
      const part = path.slice(0, length).map((step) => (typeof step === 'number' ? step : String(step)));
      const node: unknown = length === 0 ? document.contents : document.getIn(part, true);
      const target = key === undefined ? node : keyNode(node, key);
      if (!isNode(target) || !target.range) continue;
      const { line, col } = lines.linePos(target.range[0]);
      return `${file}:${line}:${col} `;
    }
    return `${file} `;
  };
  return { tree, locate };
}

/** @throws UsageError with all faults of the text, each with file, line and column */
export function readConfig<T extends z.ZodType>(schema: T, text: string, file: string, hint?: string): z.infer<T> {
  const { tree, locate } = yamlTree(text, file);
  return checkConfig(schema, tree, { locate, hint });
}
