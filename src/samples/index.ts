/** @file Public entry point `golongrl/samples`. */
export { type CardOptions, datasetCard } from './card.ts';
export { readSamples, writeSamples } from './jsonl.ts';
export { writeParquet } from './parquet.ts';
export { type Sample, sampleSchema } from './sample.ts';
export { toUpstreamRecord, type UpstreamRecord } from './upstream.ts';
export {
  type DatasetFormat,
  type DatasetManifest,
  DatasetWriter,
  datasetFormats,
  datasetState,
  readManifest,
  type WriteDatasetOptions,
  writeDataset,
} from './write-dataset.ts';
