/** @file Public entry point `golongrl/samples`: datasets on disk: read, written, exported. */

export type { FileSummary } from '../storage/lines.ts';
export { type CardOptions, datasetCard } from './card.ts';
export { readSamples, writeSamples } from './jsonl.ts';
export { writeParquet } from './parquet.ts';
export { type Sample, sampleSchema } from './sample.ts';
export type { SampleSummary } from './sample-counter.ts';
export { toUpstreamRecord, type UpstreamRecord } from './upstream.ts';
export {
  type DatasetFormat,
  type DatasetManifest,
  type DatasetReports,
  DatasetWriter,
  datasetFormats,
  datasetState,
  type OpenDatasetOptions,
  readManifest,
  type WriteDatasetOptions,
  writeDataset,
} from './write-dataset.ts';
