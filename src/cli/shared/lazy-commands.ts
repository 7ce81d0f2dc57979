/**
 * @file Commands that are known by name, arguments and description, and are loaded when the command line names one: help and a
 * light command do not wait for the engines, schemas and servers of the others.
 */
import { type Command, Help } from 'commander';
import type { Terminal } from './terminal.ts';

/** Gives a command its arguments, options and action. */
export type Register = (command: Command, terminal: Terminal) => void;

/** All that help shows of a command without loading it. */
export interface LazyCommand {
  /** As help lists it: the name, then what follows it. */
  readonly usage: string;
  readonly description: string;
  readonly load: () => Promise<Register>;
}

/** The commands that are known by name; each is loaded once at most. */
const unloaded = new WeakMap<Command, LazyCommand>();

/** Gives a lazy command what it has, if it does not have it. */
async function load(command: Command, terminal: Terminal): Promise<void> {
  const entry = unloaded.get(command);
  if (entry === undefined) return;
  unloaded.delete(command);
  (await entry.load())(command, terminal);
}

/** Loads the commands that `words` name one below the other, for what reads their options without running them. */
export async function loadNamed(parent: Command, words: readonly string[], terminal: Terminal): Promise<void> {
  const [word, ...rest] = words;
  const command = parent.commands.find((one) => one.name() === word);
  if (command === undefined) return;
  await load(command, terminal);
  await loadNamed(command, rest, terminal);
}

/** Adds `commands` to `parent`; commander runs the hook before it parses what follows the name of a command. */
export function addLazyCommands(parent: Command, terminal: Terminal, commands: readonly LazyCommand[]): void {
  const lazy = new Map<Command, LazyCommand>();
  const { subcommandTerm } = new Help();
  parent.configureHelp({
    ...parent.configureHelp(),
    subcommandTerm: (command) => lazy.get(command)?.usage ?? subcommandTerm(command),
  });
  for (const entry of commands) {
    const [name = ''] = entry.usage.split(' ', 1);
    const command = parent.command(name).description(entry.description);
    lazy.set(command, entry);
    unloaded.set(command, entry);
  }
  parent.hook('preSubcommand', (_, command) => load(command, terminal));
  addHelpCommand(parent);
}

/** `help NAME` as `NAME --help`: commander's own help command runs no hook, so that it would find nothing loaded. */
function addHelpCommand(parent: Command): void {
  parent
    .helpCommand(false)
    .command('help [command]')
    .description('display help for command')
    .helpOption(false)
    .action(async (name?: string) => {
      await parent.parseAsync([...(name === undefined ? [] : [name]), '--help'], { from: 'user' });
    });
}
