/** @file The command line from its source, for tests that need a process of their own. */
import { main } from '../src/cli/main.ts';

await main(process.argv);
