/** @file How typedoc makes docs/api: a page an entry point, from the compiled declarations; what has no doc comment is an error. */
import { at, entryPoints, load } from './entry-points.mjs';

export default {
  name: 'golongrl, by its doc comments',
  entryPoints: entryPoints.map(({ types }) => types),
  tsconfig: at('scripts/api-reference/tsconfig.json'),
  out: at('docs/api'),
  plugin: ['typedoc-plugin-markdown', 'typedoc-plugin-zod', load],
  readme: 'none',
  // The declarations were checked when they were compiled.
  skipErrorChecking: true,
  disableSources: true,
  excludePrivate: true,
  excludeExternals: true,
  excludeTags: ['@file'],
  validation: { notExported: true, invalidLink: true, notDocumented: true },
  requiredToBeDocumented: ['Variable', 'Function', 'Class', 'Interface', 'TypeAlias'],
  treatWarningsAsErrors: true,
  treatValidationWarningsAsErrors: true,
  outputFileStrategy: 'modules',
  pageTitleTemplates: { module: ({ name }) => (name === 'index' ? 'golongrl' : `golongrl/${name}`) },
  hidePageHeader: true,
  hideGroupHeadings: true,
  parametersFormat: 'table',
  interfacePropertiesFormat: 'table',
  classPropertiesFormat: 'table',
  typeAliasPropertiesFormat: 'table',
  typeDeclarationFormat: 'table',
  indexFormat: 'table',
};
