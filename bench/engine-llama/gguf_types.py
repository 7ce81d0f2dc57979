"""Writes the tensors of a GGUF file as F32 or F16, everything else as it is: the same weights for llama.cpp and the engine.

    pip install gguf==0.19.0
    python bench/engine-llama/gguf_types.py SOURCE.gguf OUT.gguf f32|f16
"""
import sys

import numpy
from gguf import GGMLQuantizationType, GGUFReader, GGUFValueType, GGUFWriter
from gguf.quants import dequantize

source, out, kind = sys.argv[1:]
float_type, file_type = {"f32": (numpy.float32, 0), "f16": (numpy.float16, 1)}[kind]

reader = GGUFReader(source)
writer = GGUFWriter(out, reader.fields["general.architecture"].contents())
for name, field in reader.fields.items():
    if name.startswith("GGUF.") or name in ("general.architecture", "general.file_type"):
        continue
    inner = field.types[1] if field.types[0] == GGUFValueType.ARRAY else None
    writer.add_key_value(name, field.contents(), field.types[0], sub_type=inner)
writer.add_file_type(file_type)
for tensor in reader.tensors:
    values = dequantize(tensor.data, tensor.tensor_type)
    # Norms stay in F32, as llama.cpp's converter has them.
    chosen = numpy.float32 if values.ndim == 1 else float_type
    raw = GGMLQuantizationType.F32 if chosen is numpy.float32 else GGMLQuantizationType.F16
    writer.add_tensor(tensor.name, values.astype(chosen), raw_dtype=raw)
writer.write_header_to_file()
writer.write_kv_data_to_file()
writer.write_tensors_to_file()
writer.close()
