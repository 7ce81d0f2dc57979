/** @file `golongrl schema`: the JSON schemas of the configuration files, for editors that complete and check them. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import type { z } from 'zod';
import { unknownValue } from '../errors.ts';
import { writeFileAtomic } from '../storage/files.ts';
import type { Terminal } from './shared/terminal.ts';

/** A kind of file and the schema of what a person writes into it. */
interface FileKind {
  readonly what: string;
  readonly load: () => Promise<z.ZodType>;
}

const kinds: Readonly<Record<string, FileKind>> = {
  train: {
    what: 'configuration of `golongrl train` and `golongrl sft`',
    load: async () => (await import('../training/config.ts')).trainingConfigSchema,
  },
  'llm-track': {
    what: 'configuration of `golongrl data build FILE`, the LLM track',
    load: async () => (await import('../construction/llm/config.ts')).llmTrackSchema,
  },
  mapping: {
    what: 'mapping of `golongrl data import --mapping`',
    load: async () => (await import('../construction/import/mapping.ts')).mappingSchema,
  },
};

const help = `
The same files lie in the package. An editor that knows YAML finds the one that the first line of a configuration names:
  # yaml-language-server: $schema=./node_modules/golongrl/dist/schemas/train.json
Print one:
  golongrl schema train
`;

async function schemaText(name: string): Promise<string> {
  const kind = kinds[name];
  if (kind === undefined) throw unknownValue('schema', name, Object.keys(kinds));
  const { jsonSchemaOf } = await import('../yaml-config.ts');
  return `${JSON.stringify({ title: `golongrl: ${kind.what}`, ...jsonSchemaOf(await kind.load()) }, null, 2)}\n`;
}

async function run(name: string | undefined, flags: { dir?: string }, terminal: Terminal): Promise<void> {
  if (flags.dir !== undefined) {
    await mkdir(flags.dir, { recursive: true });
    const names = name === undefined ? Object.keys(kinds) : [name];
    for (const each of names) await writeFileAtomic(join(flags.dir, `${each}.json`), await schemaText(each));
    return;
  }
  if (name !== undefined) terminal.out(await schemaText(name));
  else for (const [each, { what }] of Object.entries(kinds)) terminal.out(`${each.padEnd(10)} ${what}\n`);
}

/** Without a name the schemas are listed. */
export function register(command: Command, terminal: Terminal): void {
  command
    .argument('[name]', `which: ${Object.keys(kinds).join(' | ')}`)
    .option('--dir <dir>', 'write NAME.json into a folder')
    .addHelpText('after', help)
    .action((name: string | undefined, flags: { dir?: string }) => run(name, flags, terminal));
}
