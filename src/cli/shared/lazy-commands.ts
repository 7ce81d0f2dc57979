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
    lazy.set(parent.command(name).description(entry.description), entry);
  }
  parent.hook('preSubcommand', async (_, command) => {
    const register = await lazy.get(command)?.load();
    register?.(command, terminal);
  });
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
