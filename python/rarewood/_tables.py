"""Whatever people hold their rows in, as something that hands out Arrow data."""

import numpy as np
import pyarrow as pa


def as_table(X, names):
    """Make X a table of named columns, without copying where that is possible.

    Parameters
    ----------
    X : table, dict, list or array
        See `rarewood.Model.predict_proba`.
    names : sequence of str
        The columns of an array without names.

    Returns
    -------
    object with ``__arrow_c_stream__``

    Raises
    ------
    ValueError
        If an array is not 2-D or has another number of columns, or X is a single row.
    """
    if type(X).__name__ == "Series":  # of pandas or polars: a row of a frame, or a column
        raise ValueError("X is a Series. Use a frame of one row, such as df.iloc[[0]], for a single row.")
    if hasattr(X, "__arrow_c_stream__"):
        return X  # pyarrow, polars, pandas >= 2.2
    if type(X).__module__.split(".")[0] == "pandas" and hasattr(X, "columns"):
        return pa.Table.from_pandas(X, preserve_index=False)
    if isinstance(X, dict):
        if any(isinstance(v, str) or not hasattr(v, "__len__") for v in X.values()):
            raise ValueError("X holds single values. Use a list of dicts, [X], for a single row.")
        return pa.table({name: _column(values) for name, values in X.items()})
    if isinstance(X, (list, tuple)) and len(X) > 0 and isinstance(X[0], dict):
        return pa.Table.from_pylist(list(X))
    return _from_rows(X, names)


def _from_rows(X, names):
    # dtype=object keeps text beside numbers, and None, as they are.
    rows = X if isinstance(X, np.ndarray) else np.array(X, dtype=object)
    if rows.size == 0 and rows.ndim < 2:
        rows = rows.reshape(0, len(names))
    if rows.ndim != 2:
        raise ValueError(
            f"X has {rows.ndim} dimension{'' if rows.ndim == 1 else 's'}, but rows and columns are "
            "needed. Use X.reshape(1, -1) for a single row."
        )
    if rows.shape[1] != len(names):
        raise ValueError(
            f"X has {rows.shape[1]} columns, but the model needs {len(names)}: see "
            "feature_names_in_, or give a table with named columns."
        )
    return pa.table([_column(column) for column in rows.T], names=list(names))


def _column(values):
    # from_pandas: NaN among text is a missing value, not a number.
    return values if isinstance(values, pa.ChunkedArray) else pa.array(values, from_pandas=True)
