"""The model file as other run times see it: onnx's checker and onnxruntime."""

import json

import numpy as np
import onnx
import onnxruntime
import pytest

FORESTS = ["mixed", "forest", "categories", "one_leaf", "stumps"]
LINEAR = ["linear", "linear_numbers", "linear_category"]
ALL = FORESTS + LINEAR + ["boosted"]


def load(model_cases, name):
    record = json.loads((model_cases / f"{name}.json").read_text())
    return (model_cases / f"{name}.onnx").read_bytes(), record


def feed(case):
    """What onnxruntime takes: one [N, 1] array a column; missing is NaN, or empty text."""
    inputs = {}
    for column in case["columns"]:
        if column["category"]:
            values = np.array([v or "" for v in column["values"]], dtype=object)
        else:
            values = np.array([np.nan if v is None else v for v in column["values"]], np.float32)
        inputs[column["name"]] = values[:, None]
    return inputs


def run(onnx_bytes, inputs, threads=2):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    session = onnxruntime.InferenceSession(onnx_bytes, options, ["CPUExecutionProvider"])
    probability, label = session.run(["probability", "label"], inputs)
    assert probability.shape == label.shape == (len(next(iter(inputs.values()))), 1)
    assert probability.dtype == np.float32 and label.dtype == np.int64
    return probability[:, 0], label[:, 0]


@pytest.mark.parametrize("name", ALL)
def test_the_checker_finds_nothing(model_cases, name):
    onnx.checker.check_model(load(model_cases, name)[0], full_check=True)


@pytest.mark.parametrize("name", FORESTS + LINEAR)
def test_forests_and_linear_models_agree_bit_by_bit(model_cases, name):
    onnx_bytes, case = load(model_cases, name)
    assert 0 < sum(case["label"]) < len(case["label"]) or name == "one_leaf"
    for threads in (1, 2):
        probability, label = run(onnx_bytes, feed(case), threads)
        np.testing.assert_array_equal(label, case["label"])
        np.testing.assert_array_equal(probability, np.array(case["probability"], np.float32))


def test_sums_of_any_leaves_agree_to_rounding(model_cases):
    onnx_bytes, case = load(model_cases, "boosted")
    probability, label = run(onnx_bytes, feed(case))
    np.testing.assert_allclose(probability, case["probability"], rtol=0, atol=2e-6)
    assert np.mean(label == case["label"]) > 0.999


@pytest.mark.parametrize("name", ["mixed", "categories", "linear", "linear_category"])
def test_rows_one_by_one_and_unseen_categories(model_cases, name):
    onnx_bytes, case = load(model_cases, name)
    inputs = feed(case)
    for column in case["columns"]:
        if column["category"]:
            values = inputs[column["name"]]
            values[values == ""] = "never seen"
    session = onnxruntime.InferenceSession(onnx_bytes, providers=["CPUExecutionProvider"])
    for row in range(100):
        one = {key: value[row : row + 1] for key, value in inputs.items()}
        probability, label = session.run(["probability", "label"], one)
        assert probability[0, 0] == np.float32(case["probability"][row])
        assert label[0, 0] == case["label"][row]


def test_the_file_says_what_is_inside(model_cases):
    model = onnx.load_from_string(load(model_cases, "mixed")[0])
    entries = {entry.key: entry.value for entry in model.metadata_props}
    assert entries["rarewood.format_version"] == "1"
    schema = json.loads(entries["rarewood.schema"])
    assert [f["name"] for f in schema["features"]] == [i.name for i in model.graph.input]
    assert schema["target"] == {"name": "is_ordered", "negative": "0", "positive": "1"}
    assert json.loads(entries["rarewood.threshold"])["rule"] == "f1"
    assert json.loads(entries["rarewood.provenance"])["options"]["max_depth"] == "15"
    assert model.doc_string.startswith("Predicts is_ordered = 1")
    trees = next(n for n in model.graph.node if n.name == "rarewood:trees")
    covers = next(a.t for a in trees.attribute if a.name == "nodes_hitrates")
    assert (onnx.numpy_helper.to_array(covers) > 0).all()
