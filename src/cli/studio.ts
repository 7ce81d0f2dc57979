/**
 * @file `golongrl studio [DIR...]`: runs in a browser, while they train and afterwards.
 */
import type { Command } from 'commander';
import { serveUntilSignal } from './shared/interrupt.ts';
import { wholeNumber } from './shared/options.ts';
import { type GuardFlags, guardOptions, serverToken } from './shared/server-token.ts';
import type { Terminal } from './shared/terminal.ts';

interface StudioFlags extends GuardFlags {
  readonly host: string;
  readonly port: number;
}

const variable = 'GOLONGRL_STUDIO_TOKEN';

async function serveStudio(folders: readonly string[], flags: StudioFlags, terminal: Terminal): Promise<void> {
  const { startStudio } = await import('../studio/server.ts');
  const { token } = await serverToken(flags, variable);
  const { host, port, allowHost: hosts } = flags;
  const server = await startStudio({ folders: folders.length === 0 ? ['runs'] : folders, host, port, token, hosts });
  terminal.out(`${server.address}\n`);
  terminal.err('The studio reads and changes nothing. Its token is in the address; Ctrl-C ends it.\n');
  await serveUntilSignal(server, terminal);
}

/** The address goes to stdout, with the token behind `#`. Ends on SIGTERM or SIGINT. */
export function register(command: Command, terminal: Terminal): void {
  command
    .argument('[folders...]', 'run directories, or folders that hold some (default runs)')
    .option('--host <address>', 'address to bind, and a name that browsers may use', '127.0.0.1')
    .option('--port <n>', 'port; 0 takes a free one', wholeNumber('--port'), 7300);
  guardOptions(command, variable).action((folders: string[], flags: StudioFlags) =>
    serveStudio(folders, flags, terminal),
  );
}
