/** @file What a device's driver says when it fails, as errors with a code: no device, out of memory, lost, or something else. */
import { EngineError } from '../../../errors.ts';

const kinds: readonly { readonly code: string; readonly says: RegExp; readonly what: string; readonly hint: string }[] =
  [
    {
      code: 'device-missing',
      says: /Failed to get a WebGPU (?:adapter|device)|No supported adapters|Couldn't load Vulkan|backend not found/i,
      what: 'there is no device that WebGPU can use',
      hint: 'Linux needs libvulkan1 and the driver of the GPU (`vulkaninfo --summary` lists devices), macOS Metal, Windows D3D12. `device: cpu` needs none.',
    },
    {
      code: 'device-unsupported',
      says: /requires f16 but the device does not support it/,
      what: 'the device computes nothing in half precision, so it cannot store it either',
      hint: 'Take `device: webgpu`, which stores single precision.',
    },
    {
      code: 'device-memory',
      says: /out of memory|Invalid Buffer .*due to a previous error|OUT_OF_(?:DEVICE|HOST)_MEMORY|OutOfMemory|bad_alloc|allocat\w* .*(?:fail|size)|exceeds the max(?:imum)? buffer|larger than the (?:maximum|limit)|maxStorageBufferBindingSize|maxBufferSize|Too many storage buffers in shader/i,
      what: "the device's memory does not suffice",
      hint: 'Train an adapter (`lora`), shorten prompts, or sample fewer rollouts at once; `device: cpu` uses the memory of the machine.',
    },
    {
      code: 'device-lost',
      says: /device (?:was |is )?lost|DEVICE_LOST|DXGI_ERROR_DEVICE|device removed|Invalid device/i,
      what: 'the device was lost: its driver was reset, or the machine slept',
      hint: 'Resume from the last checkpoint.',
    },
  ];

/** The error for what the runtime threw. Errors of this package pass as they are. */
export function deviceError(what: string, error: unknown): Error {
  if (error instanceof EngineError) return error;
  const text = error instanceof Error ? error.message : String(error);
  const kind = kinds.find(({ says }) => says.test(text));
  const said = text.replaceAll(/\s+/g, ' ').slice(0, 600);
  return new EngineError(
    kind?.code ?? 'device-failed',
    `${what}: ${kind?.what ?? 'the device failed'} (webgpu). It says: ${said}`,
    kind?.hint ?? 'Resume from the last checkpoint; `device: cpu` runs the same without it.',
    { cause: error },
  );
}
