/** @file Runs an example as printed, in a folder of its own: a block of the shell as one script, a program as a file, a configuration by its command. */
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { buildSync } from 'esbuild';
import type { Example } from './examples.ts';

/** `undefined` is right. */
export interface Ran {
  readonly failure?: string;
  readonly seconds: number;
}

/** Where and how examples are run. */
export interface Place {
  readonly folder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Seconds after which an example has failed. */
  readonly most: number;
}

/** Runs a script of bash; all that it started is ended with it. */
export function shell(script: string, { folder, environment, most }: Place): Promise<Ran> {
  const start = performance.now();
  const child = spawn('bash', ['-c', script], {
    cwd: folder,
    env: environment,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  const take = (chunk: Buffer): void => {
    text = (text + chunk.toString()).slice(-6000);
  };
  child.stdout.on('data', take);
  child.stderr.on('data', take);
  return new Promise((resolve) => {
    const end = (why: string | undefined): void => {
      clearTimeout(timer);
      try {
        if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
      } catch {
        // Nothing of it runs any more.
      }
      const seconds = (performance.now() - start) / 1000;
      resolve(why === undefined ? { seconds } : { seconds, failure: `${why}\n${text.slice(-1500)}` });
    };
    const timer = setTimeout(() => end(`it ran for more than ${most} s`), most * 1000);
    child.on('exit', (code, signal) => end(code === 0 ? undefined : `it ended with ${signal ?? `exit code ${code}`}`));
  });
}

/** What the fixtures hold already and lines are about to make. */
export function madeAnew(lines: readonly string[]): string[] {
  const fresh = lines.filter((line) => !line.includes('--resume') && !line.includes('--dry-run'));
  const made = (folder: string, pattern: RegExp): string[] =>
    fresh.some((line) => pattern.test(line)) ? [folder] : [];
  return [
    ...made('dataset', /--out dataset(?![\w-])/),
    ...made('runs/config', /golongrl train config\.yaml(?!.*--out)/),
  ];
}

/** Seconds in which a server in the foreground has to start and answer. */
const serving = 6;
const servesInFront = (line: string): boolean =>
  /golongrl (?:\S+ serve|studio)\b(?! (?:bundle|explorer))/.test(line) && !/&\s*$/.test(line.replace(/ #.*/, ''));

/** The lines as a script that stops at the first failure; a server in the foreground is ended by SIGTERM, which is no failure. */
export function scriptOf(lines: readonly string[]): string {
  const each = lines.map((line) => {
    if (!servesInFront(line)) return line;
    return `timeout -s TERM ${serving} bash -c ${quoted(line)} || { code=$?; [ $code = 124 ] || exit $code; }`;
  });
  return ['set -eo pipefail', ...each, 'kill $(jobs -p) 2>/dev/null || true'].join('\n');
}

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** TypeScript without its types; what it imports is the installed package. */
export function writeProgram(example: Example, folder: string): string {
  const source = path.join(folder, 'example.ts');
  writeFileSync(source, example.text);
  buildSync({ entryPoints: [source], outfile: path.join(folder, 'example.mjs'), format: 'esm', platform: 'node' });
  return 'node example.mjs';
}
