"""Scores the rows of a pandas table with the ONNX model of a rarewood run, as `rarewood score`."""

import numpy as np
import onnxruntime
import pandas as pd

MISSING_CATEGORY = "rarewood:missing"
RENAMED = "rarewood:column:"  # before the name of a column that the graph could not call so


def numbers(column):
    """Booleans as 0 and 1, times as days since 1970; missing is NaN."""
    if isinstance(column.dtype, pd.DatetimeTZDtype):
        column = column.dt.tz_convert(None)
    if column.dtype.kind == "M":
        column = (column - pd.Timestamp(0)) / pd.Timedelta(days=1)
    return column.to_numpy(dtype="float32", na_value=np.nan)


def texts(column):
    """Missing is a word that is no category."""
    values = [MISSING_CATEGORY if pd.isna(value) else str(value) for value in column]
    return np.array(values, dtype=object)


class RowScorer:
    def __init__(self, path):
        self.session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])

    def predict(self, model_input, params=None):
        table = pd.DataFrame(model_input)
        feed = {}
        for wanted in self.session.get_inputs():
            column = table[wanted.name.removeprefix(RENAMED)]
            values = texts(column) if wanted.type == "tensor(string)" else numbers(column)
            feed[wanted.name] = values.reshape(-1, 1)
        names = [output.name for output in self.session.get_outputs()]
        results = self.session.run(names, feed)
        return pd.DataFrame(
            {name: values.ravel() for name, values in zip(names, results)}, index=table.index
        )


def _load_pyfunc(path):
    """What MLflow calls."""
    return RowScorer(path)
