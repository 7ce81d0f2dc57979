#!/usr/bin/env node
// Checks the Node version before anything modern is parsed, then hands over to the compiled CLI.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(
    `golongrl needs Node 20.19 or newer, this is ${process.versions.node}. Install a current Node (for example with "nvm install 22") and run the command again.\n`,
  );
  process.exit(1);
}
const { main } = await import('../dist/cli/main.js');
await main(process.argv);
