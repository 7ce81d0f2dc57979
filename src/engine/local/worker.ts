/** @file The worker thread that owns the engine: a run of the graph blocks its thread's event loop, so it gets its own. */
import { parentPort, workerData } from 'node:worker_threads';
import type {
  AdamParams,
  CheckpointRef,
  LogprobOptions,
  LossSpec,
  SampleRequest,
  ScoredGroup,
  TrajectoryGroup,
} from '../engine.ts';
import { EngineCore } from './engine-core.ts';
import { toWire, type WorkerData, type WorkerReply, type WorkerRequest } from './messages.ts';

const port = parentPort;
if (!port) throw new Error('This file runs in a worker thread.');
const reply = (message: WorkerReply) => port.postMessage(message);
const aborts = new Map<number, AbortController>();

function call(core: EngineCore, request: WorkerRequest & { type: 'call' }, signal: AbortSignal): Promise<unknown> {
  const { method, args } = request;
  switch (method) {
    case 'sample':
      return core.sample({ ...(args[0] as SampleRequest), signal });
    case 'forwardBackward':
      return core.forwardBackward(args[0] as TrajectoryGroup[], args[1] as LossSpec, signal);
    case 'logprobs':
      return core.logprobs(args[0] as ScoredGroup[], { ...(args[1] as LogprobOptions), signal });
    case 'optimStep':
      return core.optimStep(args[0] as AdamParams);
    case 'save':
      return core.save(args[0] as string);
    case 'load':
      return core.load(args[0] as CheckpointRef);
    case 'info':
      return core.info();
    case 'close':
      return core.close();
  }
}

try {
  const core = await EngineCore.open((workerData as WorkerData).options);
  port.on('message', (request: WorkerRequest) => {
    if (request.type === 'abort') {
      aborts.get(request.id)?.abort();
      return;
    }
    const { id } = request;
    const controller = new AbortController();
    aborts.set(id, controller);
    call(core, request, controller.signal)
      .then(
        (value) => reply({ type: 'result', id, value }),
        (error: unknown) => reply({ type: 'error', id, error: toWire(error) }),
      )
      .finally(() => aborts.delete(id));
  });
  reply({ type: 'ready' });
} catch (error) {
  reply({ type: 'failed', error: toWire(error) });
}
