/**
 * @file The documents that a build starts from, and what a person should know of them before it.
 */
import type { MixtureRequest } from '../construction/mixture/mixture.ts';
import { countWorks, leastWorks } from '../construction/split.ts';
import type { Selection } from '../corpus/filter.ts';
import { selectPackagedDocuments } from '../corpus/load-corpus.ts';
import { type DocumentPurpose, selectOwnDocuments } from '../corpus/own-documents.ts';
import { type OnExperimentEvent, type StageContext, stage } from '../runs/events.ts';
import { isUnknownLicence } from '../samples/licence.ts';

/** The stage that selects the documents. */
export function corpusStage(context: StageContext, select: () => Selection | Promise<Selection>): Promise<Selection> {
  return stage('corpus', context, async () => {
    const value = await select();
    return { value, summary: `${value.kept.length} documents, ${value.refused.length} refused` };
  });
}

/** `licence` counts for documents that state none. */
export interface DocumentSettings {
  /** The user's documents; absent: those that come with the package. */
  readonly docs?: string | undefined;
  readonly licence?: string | undefined;
}

/** The documents of the settings, without a stage. @throws InputError when the user's cannot be read or none can serve. */
export async function documentsOf({ docs, licence }: DocumentSettings, purpose: DocumentPurpose): Promise<Selection> {
  if (docs === undefined) return selectPackagedDocuments();
  return await selectOwnDocuments(docs, { ...(licence === undefined ? {} : { licence }), purpose });
}

/** @throws InputError when the user's documents cannot be read or none can serve. */
export async function selectDocuments(
  settings: DocumentSettings,
  purpose: DocumentPurpose,
  context: StageContext,
): Promise<Selection> {
  const selection = await corpusStage(context, () => documentsOf(settings, purpose));
  notices(selection, context.onEvent);
  return selection;
}

/** Probes alone are asked about short parts; questions about whole texts and runs of chapters. */
export const purposeOf = ({ probes }: MixtureRequest): DocumentPurpose => (probes === 1 ? 'readings' : 'questions');

/** Files that are named one by one. */
const shownFiles = 5;

function notices({ kept, refused }: Selection, onEvent: OnExperimentEvent): void {
  const files = refused.filter(({ criterion }) => criterion === 'file');
  const tell = (text: string): void => onEvent({ type: 'notice', text });
  for (const { id, reason } of files.slice(0, shownFiles)) tell(`${id} is left out: ${reason}.`);
  if (files.length > shownFiles) tell(`${files.length - shownFiles} more files are left out; report.json names them.`);
  const works = countWorks(kept);
  if (works > 0 && works < leastWorks)
    tell(
      `With ${works} text${works === 1 ? '' : 's'}, parts of one stand in both splits; from ${leastWorks} on, whole texts are held out.`,
    );
  if (kept.some(({ licence }) => isUnknownLicence(licence)))
    tell('The licence of these documents is unknown and the dataset card says so. State it with --licence.');
}
