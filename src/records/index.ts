/** @file Public entry point `golongrl/records`: the rows of tabular files. */
export { jsonText, parseJson } from './parse-json.ts';
export {
  formatRows,
  goodRows,
  type ReadRowsOptions,
  readFileRows,
  readRecords,
  readRows,
  rowError,
  rowFormatOf,
} from './read-rows.ts';
export {
  defaultLimits,
  type QuarantineCode,
  type Quarantined,
  QuarantineError,
  quarantineCodes,
  type ReadLimits,
  type Row,
  type RowFormat,
  type RowInput,
  type RowValue,
  rowFormats,
} from './reader.ts';
