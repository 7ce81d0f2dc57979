/** @file The entry points of package.json, and a plugin of typedoc that gives each its name and the words of its `@file`. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Comment, Converter, ReflectionKind } from 'typedoc';

const root = new URL('../../', import.meta.url);

/** The path of a file of the repository. */
export const at = (name) => fileURLToPath(new URL(name, root));

const { exports } = JSON.parse(readFileSync(at('package.json'), 'utf8'));

/** What users import, the page in docs/api that describes it, and the compiled declarations that it is made of. */
export const entryPoints = Object.entries(exports).map(([subpath, { types }]) => {
  const part = subpath.slice(2);
  return {
    page: part === '' ? 'index' : part,
    specifier: ['golongrl', part].filter(Boolean).join('/'),
    types: at(types),
  };
});

/** The words after `@file` in the first comment of a file, without the name that the page has as its heading. */
function aboutOf(types) {
  const [, comment = ''] = /^\/\*\*([\s\S]*?)\*\//.exec(readFileSync(types, 'utf8')) ?? [];
  const [, words = ''] = /@file ([\s\S]*)/.exec(comment.replace(/^\s*\* ?/gm, '')) ?? [];
  const about = words.trim().replace(/^Public entry point `[^`]+`[:.] ?/, '');
  return about.charAt(0).toUpperCase() + about.slice(1);
}

/** A plugin of typedoc: without it an entry point's `@file` would stand above its first export. */
export function load({ converter }) {
  converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    for (const module of project.getChildrenByKind(ReflectionKind.Module)) {
      const entry = entryPoints.find(({ page }) => page === module.name);
      if (entry === undefined) throw new Error(`typedoc made ${module.name}, which package.json does not export`);
      module.comment = new Comment([{ kind: 'text', text: aboutOf(entry.types) }]);
    }
  });
}
