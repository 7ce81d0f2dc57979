/** @file The studio's server alone, for the bench: prints its address. */
import { startStudio } from '../../src/studio/server.ts';

const { address } = await startStudio({ folders: [process.argv[2] ?? '.'], token: 'bench' });
process.stdout.write(`${address}\n`);
