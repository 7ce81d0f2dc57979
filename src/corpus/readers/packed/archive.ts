/**
 * @file The text entries of a zip archive (DOCX, XLSX, PPTX, ODF, EPUB), unpacked in memory, never to disk. Every entry is bounded while it
 * is unpacked, whatever size the directory announces; entries that point outside the archive set the whole file aside.
 */
import type { Entry, ZipFile } from 'yauzl';
import { messageOf } from '../../../errors.ts';
import { checkExpansion, checkSize } from '../../../records/bytes.ts';
import { optionalPackage } from '../../../records/optional-package.ts';
import { QuarantineError, type ReadLimits } from '../../../records/reader.ts';

const leavesArchive = (name: string): boolean => /^(?:[/\\]|[A-Za-z]:)|(?:^|[/\\])\.\.(?:[/\\]|$)|\0/.test(name);

/** First bytes of the container that Office puts around encrypted files, and of its formats before 2007. */
const compoundFile = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);

/** More entries than this hold nothing that a person wrote. */
const mostEntries = 50_000;

/** @throws QuarantineError for an encrypted file and for one of the old binary formats. */
function checkContainer(bytes: Uint8Array): void {
  if (!compoundFile.equals(bytes.subarray(0, compoundFile.length))) return;
  if (Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes(Buffer.from('EncryptedPackage', 'utf16le')))
    throw new QuarantineError('encrypted', 'the file is encrypted; save it without a password to read it');
  throw new QuarantineError(
    'corrupt',
    'the file is in the binary format of Office before 2007: save it in the new one',
  );
}

/** Bytes unpacked so far, of all entries. */
interface Budget {
  readonly packed: number;
  readonly limits: ReadLimits;
  announced: number;
  unpacked: number;
}

async function entryBytes(zip: ZipFile, entry: Entry, budget: Budget): Promise<Uint8Array> {
  if (entry.isEncrypted()) throw new QuarantineError('encrypted', `the entry ${entry.fileName} is encrypted`);
  budget.announced += entry.uncompressedSize;
  checkExpansion(budget.packed, budget.announced, budget.limits);
  checkSize(budget.announced, budget.limits);
  const stream = await zip.openReadStreamPromise(entry);
  const chunks: Uint8Array[] = [];
  try {
    for await (const chunk of stream as AsyncIterable<Uint8Array>) {
      budget.unpacked += chunk.length;
      checkExpansion(budget.packed, budget.unpacked, budget.limits);
      checkSize(budget.unpacked, budget.limits);
      chunks.push(chunk);
    }
  } finally {
    stream.destroy();
  }
  return Buffer.concat(chunks);
}

/**
 * The entries of an archive that are wanted, by name.
 *
 * @throws QuarantineError `unsafe-path`, `too-large`, `expands-too-far`, `encrypted` or `corrupt`
 */
export async function unpackArchive(
  packed: Uint8Array,
  limits: ReadLimits,
  wanted: (name: string) => boolean,
): Promise<ReadonlyMap<string, Uint8Array>> {
  checkContainer(packed);
  const yauzl = await optionalPackage('yauzl', () => import('yauzl'));
  const found = new Map<string, Uint8Array>();
  const budget: Budget = { packed: packed.length, limits, announced: 0, unpacked: 0 };
  try {
    const zip = await yauzl.fromBufferPromise(Buffer.from(packed.buffer, packed.byteOffset, packed.length), {
      decodeStrings: false,
    });
    if (zip.entryCount > mostEntries)
      throw new QuarantineError(
        'corrupt',
        `the archive has ${zip.entryCount} entries, at most ${mostEntries} are read`,
      );
    for await (const entry of zip.eachEntry()) {
      const name = yauzl.getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false);
      if (leavesArchive(name)) throw new QuarantineError('unsafe-path', `the archive has an entry called "${name}"`);
      if (wanted(name)) found.set(name, await entryBytes(zip, entry, budget));
    }
  } catch (cause) {
    if (cause instanceof QuarantineError) throw cause;
    throw new QuarantineError('corrupt', `not readable as a zip archive: ${messageOf(cause)}`, { cause });
  }
  return found;
}
