// The inner half of the Python package: a loaded model and what it says of a table. Everything a
// user sees is python/rarewood/.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <nanobind/nanobind.h>
#include <nanobind/ndarray.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/tuple.h>
#include <nanobind/stl/vector.h>

#include "rarewood/base/error.hpp"
#include "rarewood/base/file.hpp"
#include "rarewood/base/process.hpp"
#include "rarewood/base/version.hpp"
#include "rarewood/feature/encode.hpp"
#include "rarewood/model/model_file.hpp"
#include "rarewood/model/score.hpp"
#include "rarewood/table/c_stream.hpp"

namespace nb = nanobind;

namespace rarewood {
namespace {

std::string_view view(const nb::bytes& bytes) { return {bytes.c_str(), bytes.size()}; }

nb::bytes bytes_of(std::string_view text) { return nb::bytes(text.data(), text.size()); }

template <typename Value>
using Numbers = nb::ndarray<nb::numpy, Value, nb::ndim<1>>;

template <typename Value>
Numbers<Value> as_numpy(std::vector<Value> values) {
  auto held = std::make_unique<std::vector<Value>>(std::move(values));
  Value* data = held->data();
  const std::size_t size = held->size();
  nb::capsule owner(held.release(),
                    [](void* vector) noexcept { delete static_cast<std::vector<Value>*>(vector); });
  return Numbers<Value>(data, {size}, owner);
}

/// What rows got, and what to warn of.
using Scored = std::tuple<Numbers<float>, Numbers<std::uint8_t>, std::vector<std::string>>;

/// A model ready to score; never changed, so any number of threads may use it at once.
class LoadedModel {
 public:
  LoadedModel(const nb::bytes& bytes, const std::string& name)
      : model_(read(view(bytes), name)), scorer_(model_.predictor) {}

  const Model& model() const { return model_; }

  std::string onnx() const {
    const nb::gil_scoped_release released;
    return model_to_onnx(model_);
  }

  /// \param table  an object with __arrow_c_stream__
  Scored score(const nb::object& table, const std::string& name) const {
    const nb::object capsule = table.attr("__arrow_c_stream__")();
    auto* stream =
        static_cast<ArrowArrayStream*>(PyCapsule_GetPointer(capsule.ptr(), "arrow_array_stream"));
    if (stream == nullptr) throw nb::python_error();
    Predictions predictions;
    EncodeCounts counts;
    {
      const nb::gil_scoped_release released;
      predictions = score(*table_from_stream(stream), name, counts);
    }
    return {as_numpy(std::move(predictions.probability)), as_numpy(std::move(predictions.label)),
            unseen_warnings(model_.schema, counts)};
  }

 private:
  static Model read(std::string_view bytes, const std::string& name) {
    const nb::gil_scoped_release released;
    return model_from_bytes(bytes, name);
  }

  Predictions score(const arrow::Table& table, const std::string& name,
                    EncodeCounts& counts) const {
    Control control;
    control.threads = available_cores();
    return predict(model_, scorer_, encode(table, model_.schema, counts, name, control), control);
  }

  Model model_;
  Scorer scorer_;
};

std::vector<std::string> feature_names(const LoadedModel& loaded) {
  std::vector<std::string> names;
  for (const Feature& feature : loaded.model().schema.features) names.push_back(feature.name);
  return names;
}

PyObject* python_type(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::usage:
    case ErrorKind::data: return PyExc_ValueError;
    case ErrorKind::external: return PyExc_OSError;
    default: return PyExc_RuntimeError;
  }
}

void translate(const std::exception_ptr& thrown, void* /*unused*/) {
  try {
    std::rethrow_exception(thrown);
  } catch (const Error& error) {
    PyErr_SetString(python_type(error.kind()), error.what());
  }
}

}  // namespace
}  // namespace rarewood

NB_MODULE(_core, module) {
  using namespace rarewood;
  nb::register_exception_translator(translate);
  module.attr("version") = rarewood_version();
  module.def("to_pickle",
             [](const nb::bytes& onnx) { return bytes_of(model_to_pickle(view(onnx))); });
  module.def("write_file", [](const std::string& path, const nb::bytes& bytes) {
    const std::string_view content = view(bytes);
    const nb::gil_scoped_release released;
    write_file_whole(path, content);
  });
  nb::class_<LoadedModel>(module, "LoadedModel")
      .def(nb::init<const nb::bytes&, const std::string&>(), nb::arg("bytes"), nb::arg("name"))
      .def(
          "score",
          [](const LoadedModel& loaded, const nb::object& table, const std::string& name) {
            return loaded.score(table, name);
          },
          nb::arg("table"), nb::arg("name"))
      .def("onnx", [](const LoadedModel& loaded) { return bytes_of(loaded.onnx()); })
      .def_prop_ro("feature_names", feature_names)
      .def_prop_ro("labels",
                   [](const LoadedModel& loaded) {
                     const Target& target = loaded.model().schema.target;
                     return std::vector<std::string>{target.negative, target.positive};
                   })
      .def_prop_ro("target",
                   [](const LoadedModel& loaded) { return loaded.model().schema.target.name; })
      .def_prop_ro("prediction_point",
                   [](const LoadedModel& loaded) { return loaded.model().schema.prediction_point; })
      .def_prop_ro("threshold",
                   [](const LoadedModel& loaded) { return loaded.model().threshold.probability; })
      .def_prop_ro("description",
                   [](const LoadedModel& loaded) { return describe(loaded.model()); });
}
