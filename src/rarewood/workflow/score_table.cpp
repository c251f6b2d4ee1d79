#include "rarewood/workflow/score_table.hpp"

#include <algorithm>
#include <filesystem>
#include <numeric>

#include "rarewood/base/log.hpp"
#include "rarewood/feature/encode.hpp"
#include "rarewood/feature/keys_file.hpp"
#include "rarewood/feature/predictions_table.hpp"
#include "rarewood/feature/training_table.hpp"
#include "rarewood/model/model_file.hpp"
#include "rarewood/model/score.hpp"
#include "rarewood/table/spelled_booleans.hpp"
#include "rarewood/table/table.hpp"
#include "rarewood/table/table_writer.hpp"
#include "rarewood/workflow/model_version.hpp"
#include "rarewood/workflow/validate_table.hpp"

namespace rarewood {
namespace {

void check_prediction_point(const Model& model, const TableForm& form, const std::string& table) {
  const auto found = form.metadata.find("rarewood.prediction_point");
  const std::string of_table = found == form.metadata.end() ? "" : found->second;
  const std::string& of_model = model.schema.prediction_point;
  if (of_table.empty() || of_model.empty() || of_table == of_model) return;
  throw Error(ErrorKind::data, "The model was trained for the prediction point '" + of_model +
                                   "', but '" + table + "' was built for '" + of_table +
                                   "'. Build the table with --as-of " + of_model +
                                   ", or say --any-prediction-point.");
}

/// Logs what is not as the model expects.
void validate_before(SavedModel loaded, const ScoreJob& job, const ObjectPlace& table,
                     const Control& control) {
  if (job.first.validate == OnUnexpected::off) return;
  if (job.score.any_prediction_point) loaded.model.schema.prediction_point.clear();
  heed(validate_against(loaded, table, {job.text, job.tolerance}, control), job.first.validate);
}

/// Identifiers of the conversion job's keys file, where one lies beside the table.
std::vector<RowKeys> identifiers_beside(const KeyedTable& table, const Control& control) {
  if (!table.store.find(keys_file_of(table.key))) return {};
  return read_keys_file(table, {"website_session_id", "user_id"}, {}, control).keys;
}

}  // namespace

const OptionTable<ScoreOptions>& score_options() {
  static const OptionTable<ScoreOptions> table = [] {
    OptionTable<ScoreOptions> t("score");
    t.add(&ScoreOptions::table, "table", "Table to score: a CSV or Parquet file or an s3:// URI");
    t.add(&ScoreOptions::model, "model",
          "Saved model, .onnx or .pkl: a path, a URI, or a key of the store");
    t.add(&ScoreOptions::out, "out",
          "Where the scored table goes: a path or URI, .parquet or .csv");
    t.add(&ScoreOptions::any_prediction_point, "any_prediction_point",
          "Score a table built for another prediction point than the model's");
    return t;
  }();
  return table;
}

ObjectPlace model_place(const std::string& place, const StoreOptions& store,
                        const Control& control) {
  std::error_code unreadable;
  const bool is_path = place.starts_with("s3://") || std::filesystem::exists(place, unreadable);
  return is_path ? resolve(place, store, control) : ObjectPlace{open_store(store, control), place};
}

SavedModel load_model(const std::string& place, const StoreOptions& store, const Control& control) {
  return load_model(model_place(place, store, control));
}

SavedModel load_model(const ObjectPlace& object) {
  const std::string bytes = object.store->read(object.key);
  Model model = model_from_bytes(bytes, object.uri());
  auto expectations = expectations_from_bytes(bytes, model, object.uri());
  if (const auto warning = mixed_pair(object, bytes)) log(LogLevel::warning, *warning);
  return {object.uri(), model_id(bytes, object.uri()), std::move(model), std::move(expectations),
          std::string(onnx_of(bytes, object.uri()))};
}

ScoredTable score_table(const ScoreJob& job, const Control& control) {
  const SavedModel saved = load_model(job.score.model, job.store, control);
  const Model& model = saved.model;
  const ObjectPlace place = resolve(job.score.table, job.store, control);
  const ObjectPlace out = resolve(job.score.out, job.store, control);
  if (out.uri() == place.uri()) {
    throw Error(ErrorKind::usage, "--out would overwrite the table that is scored, '" +
                                      place.uri() + "'. Name another file.");
  }
  const TableSource source = table_source(*place.store, place.key, control);
  const TableForm form = table_form(source, job.text, control);
  if (!job.score.any_prediction_point) check_prediction_point(model, form, place.uri());

  validate_before(saved, job, place, control);

  std::vector<std::string> as_text = kept_as_text(model.schema);
  as_text.push_back(model.schema.target.name);  // labels come back as they are written
  std::vector<std::string> booleans = spelled_booleans(form);
  std::erase_if(booleans, [&](const std::string& name) {
    return std::find(as_text.begin(), as_text.end(), name) != as_text.end();
  });
  as_text.insert(as_text.end(), booleans.begin(), booleans.end());
  const auto rows = read_whole(source, form, {.as_text = as_text}, control);
  EncodeCounts counts;
  const Columns columns =
      encode(*with_booleans(rows, booleans), model.schema, counts, place.uri(), control);
  Predictions predictions = predict(model, columns, control);

  ScoredTable scored;
  scored.rows = columns.rows;
  scored.positive =
      std::accumulate(predictions.label.begin(), predictions.label.end(), std::uint64_t{0});
  const double sum =
      std::accumulate(predictions.probability.begin(), predictions.probability.end(), 0.0);
  scored.mean_probability = sum / static_cast<double>(columns.rows);
  scored.threshold = model.threshold.probability;
  scored.model_id = saved.id;
  scored.positive_label = model.schema.target.positive;
  scored.warnings = unseen_warnings(model.schema, counts);
  scored.out_uri = out.uri();
  const auto ids = identifiers_beside(
      {*place.store, place.key, form, fingerprint_beside_keys(form, *rows, control)}, control);
  const auto table = with_predictions(
      *rows, ids, {std::move(predictions.probability), std::move(predictions.label)},
      model.schema.target, place.uri());
  TableOptions layout = job.text;  // text that was read with ; is written with it
  if (form.format == TableFormat::text && layout.separator.empty()) {
    layout.separator =
        form.dialect.separator == '\t' ? "tab" : std::string(1, form.dialect.separator);
  }
  write_table(*out.store, out.key, *table, layout, control);
  return scored;
}

}  // namespace rarewood
