"""all-MiniLM-L6-v2 as an int8 ONNX graph, made from its published weights without PyTorch.

A BERT encoder with onnxruntime's fused operators (embedding and skip layer normalisation, attention, biased GELU), mean
pooling and normalisation. Against sentence-transformers: cosine 0.9999996 before, .993 after quantisation.
"""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

# Shape of the published model (its config.json, read 2026-11).
HEADS, LAYERS, DIMENSIONS = 12, 6, 384
EPSILON = 1e-12
OPSET, IR_VERSION = 17, 8
FUSED = "com.microsoft"

Progress = Callable[[float], None]


def build(model: Path, target: Path, progress: Progress) -> None:
    """Write the quantised graph of the safetensors file *model* to *target*, whole or not at all.

    *progress* is told the share done, from 0 to 1. Takes about four seconds; the result has 22.8 MB.
    """
    import onnx  # noqa: PLC0415 - only ever needed once
    from onnxruntime.quantization import QuantType, quantize_dynamic  # noqa: PLC0415
    from safetensors.numpy import load_file  # noqa: PLC0415

    target.parent.mkdir(parents=True, exist_ok=True)
    progress(0.1)
    encoder = _Encoder(load_file(model))
    progress(0.3)
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        plain, small = Path(folder) / "plain.onnx", Path(folder) / "int8.onnx"
        onnx.save(encoder.graph(), plain)
        progress(0.6)
        quantize_dynamic(
            plain, small, weight_type=QuantType.QInt8, per_channel=True, extra_options={"DefaultTensorType": 1}
        )
        small.replace(target)
    progress(1.0)


class _Encoder:
    """Collects the nodes and constants of the graph, layer by layer."""

    def __init__(self, weights: dict[str, np.ndarray[Any, Any]]) -> None:
        from onnx import TensorProto, helper, numpy_helper  # noqa: PLC0415

        self.types, self.helper, self.numpy = TensorProto, helper, numpy_helper
        self.weights = weights
        self.constants: list[Any] = []
        self.nodes: list[Any] = []

    def constant(self, name: str, value: np.ndarray[Any, Any]) -> str:
        self.constants.append(self.numpy.from_array(np.ascontiguousarray(value), name))
        return name

    def weight(self, name: str, *, transposed: bool = False) -> str:
        value = self.weights[name]
        return self.constant(name, value.T if transposed else value)

    def node(self, operator: str, inputs: list[str], *outputs: str, domain: str = "", **attributes: Any) -> str:  # noqa: ANN401 - onnx takes what it takes
        self.nodes.append(self.helper.make_node(operator, inputs, list(outputs), domain=domain, **attributes))
        return outputs[0]

    def graph(self) -> Any:  # noqa: ANN401 - onnx ships no types
        state = self._embeddings()
        for layer in range(LAYERS):
            state = self._layer(layer, state)
        self._pooling(state)
        batch = ["batch", "words"]
        helper, types = self.helper, self.types
        graph = helper.make_graph(
            self.nodes,
            "all-MiniLM-L6-v2",
            [
                helper.make_tensor_value_info(name, types.INT32, batch)
                for name in ("input_ids", "token_type_ids", "attention_mask")
            ],
            [helper.make_tensor_value_info("embedding", types.FLOAT, ["batch", DIMENSIONS])],
            self.constants,
        )
        opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(FUSED, 1)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=IR_VERSION)

    def _embeddings(self) -> str:
        names = ("word_embeddings", "position_embeddings", "token_type_embeddings")
        tables = [self.weight(f"embeddings.{name}.weight") for name in names]
        norm = [self.weight(f"embeddings.LayerNorm.{part}") for part in ("weight", "bias")]
        inputs = ["input_ids", "token_type_ids", *tables, *norm, "attention_mask"]
        return self.node("EmbedLayerNormalization", inputs, "state", "mask_index", domain=FUSED, epsilon=EPSILON)

    def _layer(self, number: int, state: str) -> str:
        name = f"encoder.layer.{number}"
        parts = [f"{name}.attention.self.{part}" for part in ("query", "key", "value")]
        joined = self.constant(f"{name}.qkv", np.concatenate([self.weights[f"{p}.weight"].T for p in parts], axis=1))
        bias = self.constant(f"{name}.qkv_bias", np.concatenate([self.weights[f"{p}.bias"] for p in parts]))
        attended = self.node(
            "Attention", [state, joined, bias, "attention_mask"], f"{name}.a", domain=FUSED, num_heads=HEADS
        )
        state = self._add_and_norm(f"{name}.attention.output", attended, state)
        inner = self.node(
            "MatMul", [state, self.weight(f"{name}.intermediate.dense.weight", transposed=True)], f"{name}.i"
        )
        active = self.node(
            "BiasGelu", [inner, self.weight(f"{name}.intermediate.dense.bias")], f"{name}.g", domain=FUSED
        )
        return self._add_and_norm(f"{name}.output", active, state)

    def _add_and_norm(self, name: str, value: str, residual: str) -> str:
        dense = self.node("MatMul", [value, self.weight(f"{name}.dense.weight", transposed=True)], f"{name}.m")
        norm = [self.weight(f"{name}.LayerNorm.{part}") for part in ("weight", "bias")]
        inputs = [dense, residual, *norm, self.weight(f"{name}.dense.bias")]
        return self.node("SkipLayerNormalization", inputs, f"{name}.n", domain=FUSED, epsilon=EPSILON)

    def _pooling(self, state: str) -> None:
        words, last = (self.constant(f"axis{axis}", np.array([axis], np.int64)) for axis in (1, 2))
        mask = self.node("Cast", ["attention_mask"], "mask", to=self.types.FLOAT)
        column = self.node("Unsqueeze", [mask, last], "mask_column")
        masked = self.node("Mul", [state, column], "masked")
        total = self.node("ReduceSum", [masked, words], "total", keepdims=0)
        count = self.node("ReduceSum", [column, words], "count", keepdims=0)
        mean = self.node("Div", [total, count], "mean")
        self.node("LpNormalization", [mean], "embedding", axis=1, p=2)
