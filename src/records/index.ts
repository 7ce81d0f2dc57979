/** @file Public entry point `golongrl/records`: the rows of tabular files. */
export { jsonText, parseJson } from './parse-json.ts';
export {
  formatRows,
  goodRows,
  type ReadRowsOptions,
  type RowFormat,
  readFileRows,
  readRecords,
  readRows,
  rowError,
  rowFormatOf,
  rowFormats,
} from './read-rows.ts';
export {
  defaultLimits,
  type QuarantineCode,
  type Quarantined,
  QuarantineError,
  quarantineCodes,
  type ReadLimits,
  type Row,
  type RowInput,
  type RowValue,
} from './reader.ts';
