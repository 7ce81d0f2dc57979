/** @file What differs between two configurations in YAML, by dotted name. Block mappings and scalars, as this package writes them. */

/** Names to values; the lines of a list are one value. */
export function flatConfig(yaml: string): Map<string, string> {
  const values = new Map<string, string>();
  const open: { readonly indent: number; readonly name: string }[] = [];
  for (const line of yaml.split('\n')) {
    const found = /^(\s*)(?:(- .*)|([\w.-]+):\s*(.*))$/.exec(line);
    if (found === null || line.trimStart().startsWith('#')) continue;
    const [, space = '', item, name = '', value = ''] = found;
    while ((open.at(-1)?.indent ?? -1) >= space.length + (item === undefined ? 0 : 1)) open.pop();
    const path = [...open.map((each) => each.name), ...(item === undefined ? [name] : [])].join('.');
    if (item !== undefined) values.set(path, `${values.get(path) ?? ''} ${item.slice(2)}`.trim());
    else if (value === '') open.push({ indent: space.length, name });
    else values.set(path, value);
  }
  return values;
}

export interface ConfigDifference {
  readonly name: string;
  /** In the order of the configurations; undefined where it is not set. */
  readonly values: readonly (string | undefined)[];
}

/** Names whose values are not the same everywhere. */
export function configDiff(configs: readonly string[]): ConfigDifference[] {
  const flat = configs.map(flatConfig);
  const names = [...new Set(flat.flatMap((config) => [...config.keys()]))].sort();
  return names
    .map((name) => ({ name, values: flat.map((config) => config.get(name)) }))
    .filter(({ values }) => new Set(values).size > 1);
}
