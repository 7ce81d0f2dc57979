"""verl without a GPU: the processor as a platform, and Transformers as a rollout engine, by verl's own registries.

Imported by every process of verl (`VERL_USE_EXTERNAL_MODULES`). The trainer, its actor (FSDP2 over gloo), Ray, the queue, the agent
loop and the reward loop stay verl's own; they ask the platform what the device can do.
"""

import asyncio
import os
import types
from typing import Any

import ray
import torch
from verl.plugin.platform import PlatformBase, PlatformRegistry
from verl.workers.rollout import base as rollout_base
from verl.workers.rollout.replica import RolloutReplica, RolloutReplicaRegistry, TokenOutput

NAME = "hf-cpu"
# verl counts resources of this name before it starts; Ray takes any number of them.
RESOURCE = "GPU"


class Device(types.ModuleType):
    """What verl asks of `torch.cuda`: the processor has no memory of its own and nothing to wait for."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if hasattr(torch.cpu, name):
            return getattr(torch.cpu, name)
        return lambda *_, **__: 0

    @staticmethod
    def is_available() -> bool:
        return False

    @staticmethod
    def get_device_name(*_: Any) -> str:
        return "CPU"

    @staticmethod
    def mem_get_info(*_: Any) -> tuple[int, int]:
        return 1 << 30, 1 << 31


@PlatformRegistry.register(platform="cpu")
class Processor(PlatformBase):
    device_name = "cpu"
    vendor_name = "none"
    device_module = Device("device")

    def is_available(self) -> bool:
        return True

    def is_platform_available(self, use_smi_check: bool = False) -> bool:
        return os.environ.get("VERL_PLATFORM") == "cpu"

    def current_device(self) -> Any:
        return "cpu"

    def device_count(self) -> int:
        return 1

    def set_device(self, device_index: int) -> None: ...

    def synchronize(self, device_index: int | None = None) -> None: ...

    def manual_seed(self, seed: int) -> None:
        torch.manual_seed(seed)

    manual_seed_all = manual_seed

    def set_allocator_settings(self, settings: str) -> None: ...

    def empty_cache(self) -> None: ...

    def get_device_capability(self, device_index: int = 0) -> tuple[None, None]:
        return None, None

    def communication_backend_name(self) -> str:
        # verl asks for "cpu:gloo" and this device beside it; torch takes no device twice. It keeps a group that is there.
        if "RANK" in os.environ and "MASTER_ADDR" in os.environ and not torch.distributed.is_initialized():
            torch.distributed.init_process_group("gloo")
        register_engine()
        return "gloo"

    def visible_devices_envvar(self) -> str:
        return "CUDA_VISIBLE_DEVICES"

    def nvtx_range(self, msg: str) -> Any:
        import contextlib

        return contextlib.nullcontext()

    def profiler_start(self) -> None: ...

    def profiler_stop(self) -> None: ...

    def ray_resource_name(self) -> str:
        return RESOURCE

    def ray_resource_options(self, num_gpus: float) -> dict[str, Any]:
        return {"num_gpus": num_gpus}

    def ray_noset_envvars(self) -> list[str]:
        return []

    def is_ipc_supported(self) -> bool:
        return False

    def cudart(self) -> None:
        return None


class Server:
    """A rollout engine: the model in Transformers, with the weights that the actor sent last."""

    def __init__(self, path: str, limit: int) -> None:
        from transformers import AutoModelForCausalLM

        torch.set_num_threads(1)
        self.model = AutoModelForCausalLM.from_pretrained(path, dtype=torch.float32).eval()
        self.limit = limit
        self.steps = 0
        self.lock = asyncio.Lock()

    async def load(self, weights: dict[str, torch.Tensor], steps: int | None) -> float:
        """Answers with how far the weights moved."""
        own = self.model.state_dict()
        moved = sum(float((own[name] - value).abs().sum()) for name, value in weights.items() if name in own)
        missing = self.model.load_state_dict(weights, strict=False)
        if missing.unexpected_keys:
            raise SystemExit(f"the actor sent tensors that the model has not: {missing.unexpected_keys[:3]}")
        self.model.tie_weights()
        self.steps = steps or 0
        return moved

    async def generate(self, request_id: str, *, prompt_ids: list[int], sampling_params: dict[str, Any], **_: Any) -> TokenOutput:
        async with self.lock:
            tokens, logprobs = await asyncio.to_thread(self.draw, prompt_ids, sampling_params)
        steps = {"global_steps": self.steps, "min_global_steps": self.steps, "max_global_steps": self.steps}
        return TokenOutput(token_ids=tokens, log_probs=logprobs, stop_reason="completed", extra_fields=steps)

    @torch.no_grad()
    def draw(self, prompt: list[int], params: dict[str, Any]) -> tuple[list[int], list[float]]:
        limit = int(params.get("max_tokens") or params.get("max_new_tokens") or self.limit)
        stop = self.model.config.eos_token_id
        ids, past, tokens, logprobs = torch.tensor([list(prompt)]), None, [], []
        for _ in range(limit):
            out = self.model(input_ids=ids, past_key_values=past, use_cache=True)
            past = out.past_key_values
            scores = torch.log_softmax(out.logits[0, -1].float(), dim=-1)
            temperature = float(params.get("temperature", 1.0))
            drawn = int(torch.multinomial((scores / temperature).softmax(-1), 1)) if temperature > 0 else int(scores.argmax())
            tokens.append(drawn)
            logprobs.append(float(scores[drawn]))
            if drawn == stop:
                break
            ids = torch.tensor([[drawn]])
        return tokens, logprobs

    async def wake_up(self) -> None: ...

    async def sleep(self) -> None: ...

    async def clear_kv_cache(self) -> None: ...

    async def release_kv_cache(self) -> None: ...

    async def resume_kv_cache(self) -> None: ...

    async def resume_generation(self) -> None: ...

    async def abort_all_requests(self, **_: Any) -> None: ...


def server_name(rank: int) -> str:
    return f"{NAME}-server-{rank}"


class Replica(RolloutReplica):
    async def launch_servers(self) -> None:
        path = self.model_config["path"] if "path" in self.model_config else self.model_config.local_path
        name = server_name(self.replica_rank)
        handle = ray.remote(Server).options(name=name, num_cpus=0, max_concurrency=100).remote(path, self.config.response_length)
        self.servers, self._server_handle, self._server_address = [handle], handle, name


class Adapter(rollout_base.BaseRollout):
    """The rollout engine's side in the actor's process: hands the weights over."""

    async def resume(self, tags: list[str]) -> None: ...

    async def release(self) -> None: ...

    async def update_weights(self, weights: Any, global_steps: int | None = None, **_: Any) -> None:
        named = {name: value.detach().cpu().float().clone() for name, value in weights}
        if torch.distributed.get_rank() == 0:
            moved = await ray.get_actor(server_name(0)).load.remote(named, global_steps)
            print(f"verl_cpu: weights of step {global_steps} in the rollout engine, moved by {moved:.4f}", flush=True)


rollout_base._ROLLOUT_REGISTRY[(NAME, "async")] = "verl_cpu.Adapter"
RolloutReplicaRegistry.register(NAME, lambda: Replica)


def register_engine() -> None:
    """FSDP's engine is registered for CUDA and NPU; nothing in it asks for either."""
    from verl.workers.engine import EngineRegistry
    from verl.workers.engine.fsdp.transformer_impl import FSDPEngineWithLMHead

    known = EngineRegistry._engines["language_model"]["fsdp2"]
    known.setdefault("cpu", FSDPEngineWithLMHead)
