/** @file A proposed configuration as a file that a person reads: each field with what it is, the schema for editors, the commands to go on with. */
import { isRecord } from '../../json.ts';
import { configFields } from '../../training/parse-config.ts';

/** What stands above the fields. */
export interface ConfigHead {
  /** Path or address of the JSON schema. */
  readonly schema: string;
  /** Lines of comment. */
  readonly lines: readonly string[];
}

const scalar = (value: unknown): string => {
  if (typeof value !== 'string') return JSON.stringify(value);
  return /^[\w./~-]+$/.test(value) ? value : JSON.stringify(value);
};

/** Wide enough that most comments stand below one another. */
const commentColumn = 44;

function lineOf(indent: string, key: string, value: unknown, what: string | undefined): string {
  const line = `${indent}${key}: ${scalar(value)}`;
  return what === undefined ? line : `${line.padEnd(commentColumn)} # ${what}`;
}

function lines(tree: Readonly<Record<string, unknown>>, path: string, what: ReadonlyMap<string, string>): string[] {
  const indent = '  '.repeat(path === '' ? 0 : path.split('.').length);
  return Object.entries(tree).flatMap(([key, value]) => {
    const own = path === '' ? key : `${path}.${key}`;
    if (isRecord(value)) return [`${indent}${key}:`, ...lines(value, own, what)];
    return value === undefined ? [] : [lineOf(indent, key, value, what.get(own))];
  });
}

/** Its first clause: what else there is to know is in the help and in the schema. */
const inShort = (description: string): string => description.split(/[.;:](?:\s|$)/, 1)[0] ?? description;

/** YAML that reads back as `tree`, with the description of each field behind it. */
export function configText(tree: Readonly<Record<string, unknown>>, { schema, lines: head }: ConfigHead): string {
  const what = new Map(configFields().map(({ path, description }) => [path, inShort(description)]));
  const top = [`# yaml-language-server: $schema=${schema}`, ...head.map((line) => `# ${line}`.trimEnd())];
  return `${[...top, ...lines(tree, '', what)].join('\n')}\n`;
}
