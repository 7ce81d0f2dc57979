/**
 * @file JSON as Python's `json.dumps` writes it: a space after comma and colon, no character beyond ASCII. Agents of BFCL read their
 * memory in this form, so it is part of the prompt.
 */
const ascii = (text: string): string =>
  JSON.stringify(text).replace(
    /[\u007f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** @param indent spaces a level, as in `json.dumps(value, indent=4)`; none for one line */
export function pythonJson(value: unknown, indent?: number, level = 0): string {
  if (typeof value === 'string') return ascii(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const list = Array.isArray(value);
  const parts = list
    ? value.map((item) => pythonJson(item, indent, level + 1))
    : Object.entries(value).map(([name, field]) => `${ascii(name)}: ${pythonJson(field, indent, level + 1)}`);
  const [open, close] = list ? ['[', ']'] : ['{', '}'];
  if (parts.length === 0) return open + close;
  if (indent === undefined) return open + parts.join(', ') + close;
  const pad = ' '.repeat(indent * (level + 1));
  return `${open}\n${parts.map((part) => pad + part).join(',\n')}\n${' '.repeat(indent * level)}${close}`;
}
