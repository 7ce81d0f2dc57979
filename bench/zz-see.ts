import { readDocuments } from '../src/corpus/readers/read-documents.ts';
import { parseStructure } from '../src/corpus/structure/structure.ts';
import { normaliseWhitespace } from '../src/corpus/make-document.ts';
import { stripBoilerplate } from '../src/corpus/structure/boilerplate.ts';
const [file='', what='text'] = process.argv.slice(2);
for await (const d of readDocuments([file])) if (d.type==='document') { const text = stripBoilerplate(normaliseWhitespace(d.text)); if (what==='text') console.log(text); else { const s = parseStructure(text) as unknown as Record<string, unknown>; const v=s[what]; for (const x of Array.isArray(v)?v:[v]) console.log(JSON.stringify(x).slice(0,300)); } } else console.log(d);
