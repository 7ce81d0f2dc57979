/**
 * @file The process that owns the engine: a run of the graph blocks its thread, an allocator gives memory back for good only
 * when its process ends, and a system that runs out of memory ends this process and not its owner.
 */
import type {
  AdamParams,
  CheckpointRef,
  LogprobOptions,
  LossSpec,
  SampleEvent,
  SampleRequest,
  ScoredGroup,
  TrajectoryGroup,
} from '../engine.ts';
import { EngineCore, type LocalEngineOptions } from './engine-core.ts';
import { type EngineReply, type EngineRequest, toWire } from './messages.ts';

if (process.send === undefined) throw new Error('This file is started by local-engine.ts.');
const reply = (message: EngineReply) => {
  // The owner may have gone at this moment, or while the message is on its way; `disconnect` is about to say so.
  if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
};
process.title = 'golongrl engine';
process.on('disconnect', () => process.exit());
// A terminal signals the whole group. What becomes of the engine is the owner's to say: it may want to save first.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);

const aborts = new Map<number, AbortController>();

function call(core: EngineCore, request: EngineRequest & { type: 'call' }, signal: AbortSignal): Promise<unknown> {
  const { id, method, args, events } = request;
  switch (method) {
    case 'sample': {
      const onEvent = (event: SampleEvent) => reply({ type: 'event', id, event });
      return core.sample({ ...(args[0] as SampleRequest), signal, ...(events ? { onEvent } : {}) });
    }
    case 'forwardBackward':
      return core.forwardBackward(args[0] as TrajectoryGroup[], args[1] as LossSpec, signal);
    case 'logprobs':
      return core.logprobs(args[0] as ScoredGroup[], { ...(args[1] as LogprobOptions), signal });
    case 'topLogprobs':
      return core.topLogprobs(args[0] as Int32Array[], args[1] as number, signal);
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

async function open(options: LocalEngineOptions): Promise<void> {
  const core = await EngineCore.open(options);
  process.on('message', (request: EngineRequest) => {
    if (request.type === 'abort') aborts.get(request.id)?.abort();
    if (request.type !== 'call') return;
    const { id } = request;
    const controller = new AbortController();
    aborts.set(id, controller);
    call(core, request, controller.signal)
      .then(
        (value) => reply({ type: 'result', id, value, peakBytes: process.resourceUsage().maxRSS * 1024 }),
        (error: unknown) => reply({ type: 'error', id, error: toWire(error) }),
      )
      .finally(() => aborts.delete(id));
  });
  reply({ type: 'ready' });
}

process.once('message', (request: EngineRequest) => {
  if (request.type === 'open')
    open(request.options).catch((error: unknown) => reply({ type: 'failed', error: toWire(error) }));
});
