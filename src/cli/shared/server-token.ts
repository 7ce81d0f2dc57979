/**
 * @file The token of a server that a command starts: from a file, from the environment, or made up and shown once. Never from an
 * argument, which every user of the machine sees in the list of processes.
 */
import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import { UsageError } from '../../errors.ts';
import { errorCode, fileError } from '../../storage/files.ts';

/** Flags of every server that a command starts: who may reach it, and with which token. */
export interface GuardFlags {
  /** False with --no-token. */
  readonly token?: boolean | string;
  readonly tokenFile?: string;
  readonly allowHost: readonly string[];
  readonly allowOrigin: readonly string[];
}

/** `token` is undefined with `--no-token` alone. */
export interface ServerToken {
  readonly token: string | undefined;
  /** Where it came from; `made` ones must be shown, or nobody knows them. */
  readonly source: 'none' | 'file' | 'new-file' | 'environment' | 'made';
}

/** `tml-` because the Tinker SDK takes no key without it. */
const makeToken = (): string => `tml-${randomBytes(24).toString('base64url')}`;

/** What fits into a header. The text itself is in no message. */
function checked(token: string, from: string): string {
  if (/^[\x21-\x7e]+$/.test(token)) return token;
  throw new UsageError('token-invalid', `${from}: expected one word of ASCII characters.`);
}

async function fromFile(file: string): Promise<ServerToken> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw fileError(error, file, 'read');
  });
  if (text !== undefined) return { token: checked(text.trim(), file), source: 'file' };
  const token = makeToken();
  await writeFile(file, `${token}\n`, { mode: 0o600, flag: 'wx' }).catch((error: unknown) => {
    throw fileError(error, file, 'write');
  });
  return { token, source: 'new-file' };
}

/** The token that flags and the variable `name` of the environment ask for. @throws UsageError */
export async function serverToken({ token, tokenFile }: GuardFlags, name: string): Promise<ServerToken> {
  if (typeof token === 'string')
    throw new UsageError(
      'token-in-arguments',
      '--token shows the token to everybody who may list processes, and is no longer taken.',
      `Set ${name}, or give --token-file.`,
    );
  if (token === false && tokenFile !== undefined)
    throw new UsageError('flags-conflict', '--no-token and --token-file contradict each other.', 'Give one of them.');
  if (token === false) return { token: undefined, source: 'none' };
  if (tokenFile !== undefined) return fromFile(tokenFile);
  const given = process.env[name];
  if (given) return { token: checked(given, name), source: 'environment' };
  return { token: makeToken(), source: 'made' };
}

const collected = (text: string, before: readonly string[]): string[] => [...before, text];

/** Adds the flags of `GuardFlags`. */
export function guardOptions(command: Command, name: string): Command {
  return command
    .addOption(new Option('--token <text>').hideHelp())
    .option('--no-token', 'ask for no token; on loopback only')
    .option(
      '--token-file <file>',
      `file with the token that clients must send; made where it is missing (or ${name}; else one is made and shown)`,
    )
    .option('--allow-host <name>', 'another name that clients reach this server by; repeatable', collected, [])
    .option('--allow-origin <origin>', 'web pages of this origin may use the server; repeatable', collected, []);
}

/** The line for stdout that shows a token made up; empty for any other. `name` is the variable of clients. */
export const tokenLine = ({ token, source }: ServerToken, name: string): string =>
  source === 'made' ? `${name}=${token}\n` : '';

/** What a person should know of the token, without it. */
export const tokenNote = ({ source }: ServerToken, file: string | undefined): string =>
  source === 'made'
    ? 'Its token is on stdout, this once'
    : source === 'new-file'
      ? `Its token is in ${file}, which was made`
      : source === 'none'
        ? 'It asks for no token'
        : 'It asks for the token that was given';
