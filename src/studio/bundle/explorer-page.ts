/** @file The explorer of estimators as one page that needs nothing beside it. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { contentSecurityPolicy } from '../../html-policy.ts';
import { assetFolder, loadAssets } from '../assets.ts';

/** The page as text. @throws ResourceError where the studio's pages are not built */
export async function explorerPage(): Promise<string> {
  loadAssets();
  const read = (name: string) => readFile(path.join(assetFolder, name), 'utf8');
  const [style, code] = [await read('studio.css'), await read('studio.js')];
  // Within a page a script ends at the first closing tag, also in a string.
  const script = `document.documentElement.dataset.page = 'explorer';\n${code.replaceAll('</script', '<\\/script')}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
${contentSecurityPolicy(script)}
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Seven estimators of the same rewards</title>
<style>${style}</style>
</head>
<body><div id="studio"></div><script>${script}</script></body>
</html>
`;
}
