/** @file The packages of the embedded engine, loaded from where they are (find-runtime.ts). Only the engine's process imports this file. */
import { createRequire } from 'node:module';
import type * as OnnxRuntime from 'onnxruntime-common';
import { requireRuntime } from './find-runtime.ts';

/** As much of `onnx-proto` as a graph needs: a message from its fields, and its bytes. */
interface OnnxProto {
  readonly onnx: {
    readonly ModelProto: {
      create(fields: object): object;
      encode(message: object): { finish(): Uint8Array };
    };
  };
}

const require = createRequire(requireRuntime());

export const ort = require('onnxruntime-node') as typeof OnnxRuntime;
export const { onnx } = require('onnx-proto') as OnnxProto;
