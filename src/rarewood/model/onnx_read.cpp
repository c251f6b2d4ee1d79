#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "rarewood/base/error.hpp"
#include "rarewood/base/text.hpp"
#include "rarewood/model/checksum.hpp"
#include "rarewood/model/damage.hpp"
#include "rarewood/model/expectations_json.hpp"
#include "rarewood/model/metadata.hpp"
#include "rarewood/model/model_file.hpp"
#include "rarewood/model/onnx_message.hpp"
#include "rarewood/model/onnx_names.hpp"
#include "rarewood/model/pickle.hpp"
#include "rarewood/model/tree_operator.hpp"

namespace rarewood {
namespace {

/// A file's outer layer; views into its bytes.
struct OnnxFile {
  std::string_view producer;
  std::string_view graph;
  Metadata metadata;
  std::size_t checked = 0;  ///< bytes before the checksum, which is the last entry of all
};

[[noreturn]] void refuse(const std::string& what) { throw Error(ErrorKind::data, what); }

[[noreturn]] void refuse_damaged(const std::string& name) {
  refuse(name +
         " is damaged: part of it was lost or changed. Copy it again from its source, or "
         "train again.");
}

std::pair<std::string, std::string> read_entry(std::string_view bytes) {
  std::pair<std::string, std::string> entry;
  WireReader reader(bytes);
  for (WireField field; reader.next(field);) {
    if (field.number == OnnxEntryField::key) entry.first = field.bytes;
    if (field.number == OnnxEntryField::value) entry.second = field.bytes;
  }
  return entry;
}

/// \throws ModelDamage if the bytes are no message at all.
OnnxFile read_file_layer(std::string_view bytes) {
  OnnxFile file;
  WireReader reader(bytes);
  for (std::size_t at = 0; at < bytes.size(); at = bytes.size() - reader.left()) {
    WireField field;
    reader.next(field);
    const bool is_entry = field.number == OnnxModelField::metadata_props;
    file.checked = is_entry ? at : bytes.size();
    if (field.number == OnnxModelField::producer_name) file.producer = field.bytes;
    if (field.number == OnnxModelField::graph) file.graph = field.bytes;
    if (is_entry) file.metadata.push_back(read_entry(field.bytes));
  }
  return file;
}

void check_origin(const OnnxFile& file, const std::string& name) {
  const std::string_view version = entry(file.metadata, "rarewood.format_version");
  if (!version.empty()) return;
  if (file.producer == kOnnxProducer) refuse_damaged(name);
  if (file.graph.empty()) {
    refuse(name + " is not a rarewood model. Give a .onnx or .pkl file made by rarewood train.");
  }
  const std::string maker = file.producer.empty() ? "another tool" : std::string(file.producer);
  refuse(
      fmt::format("{} is an ONNX model made by {}, not by rarewood. Give a .onnx or .pkl file "
                  "made by rarewood train.",
                  name, maker));
}

void check_version(const OnnxFile& file, const std::string& name) {
  const auto version = parse_int64(entry(file.metadata, "rarewood.format_version"));
  if (!version || *version < 1) refuse_damaged(name);
  if (*version <= kModelFormatVersion) return;
  refuse(
      fmt::format("{} has format {}, and this rarewood reads formats up to {}. Install a newer "
                  "rarewood.",
                  name, *version, kModelFormatVersion));
}

void check_sum(const OnnxFile& file, std::string_view bytes, const std::string& name) {
  const std::string sum = fmt::format("{:016x}", checksum(bytes.substr(0, file.checked)));
  const auto& [key, value] = file.metadata.back();
  if (key != kOnnxChecksumKey || value != sum) refuse_damaged(name);
}

/// The attributes of the node of that name in the graph. \throws ModelDamage if there is none.
std::vector<std::string_view> node_attributes(std::string_view graph, std::string_view name) {
  WireReader graph_reader(graph);
  for (WireField field; graph_reader.next(field);) {
    if (field.number != OnnxGraphField::node) continue;
    std::vector<std::string_view> attributes;
    bool found = false;
    WireReader node_reader(field.bytes);
    for (WireField part; node_reader.next(part);) {
      if (part.number == OnnxNodeField::name) found = part.bytes == name;
      if (part.number == OnnxNodeField::attribute) attributes.push_back(part.bytes);
    }
    if (found) return attributes;
  }
  throw ModelDamage{};
}

Model read_model(const OnnxFile& file) {
  Model model = from_metadata(file.metadata);
  if (auto* trees = std::get_if<Ensemble>(&model.predictor)) {
    const auto aggregation = trees->aggregation;
    *trees = read_trees(node_attributes(file.graph, kOnnxTreesName), model.schema.features);
    trees->aggregation = aggregation;
  }
  return model;
}

OnnxFile open_onnx(std::string_view bytes, const std::string& name) {
  try {
    return read_file_layer(bytes);
  } catch (const ModelDamage&) {
    refuse(name +
           " is not a rarewood model, or its end is missing. Copy it again, or give a .onnx "
           "or .pkl file made by rarewood train.");
  }
}

}  // namespace

Model model_from_bytes(std::string_view bytes, const std::string& name) {
  if (bytes.empty()) refuse(name + " is empty. Train again, or give another file.");
  const std::string_view onnx = is_pickle(bytes) ? onnx_in_pickle(bytes, name) : bytes;
  const OnnxFile file = open_onnx(onnx, name);
  check_origin(file, name);
  check_version(file, name);
  check_sum(file, onnx, name);
  try {
    return read_model(file);
  } catch (const ModelDamage&) {
    refuse_damaged(name);
  } catch (const nlohmann::json::exception&) {
    refuse_damaged(name);
  }
}

std::optional<Expectations> expectations_from_bytes(std::string_view bytes, const Model& model,
                                                    const std::string& name) {
  const std::string_view onnx = is_pickle(bytes) ? onnx_in_pickle(bytes, name) : bytes;
  const OnnxFile file = open_onnx(onnx, name);
  const std::string_view json = entry(file.metadata, kOnnxExpectationsKey);
  if (json.empty()) return std::nullopt;
  try {
    return expectations_of_json(json, model.schema);
  } catch (const ModelDamage&) {
    refuse_damaged(name);
  } catch (const nlohmann::json::exception&) {
    refuse_damaged(name);
  }
}

std::string target_of_model(std::string_view bytes) {
  try {
    const Metadata metadata = read_file_layer(bytes).metadata;
    const auto schema = nlohmann::json::parse(entry(metadata, "rarewood.schema"), nullptr, false);
    return schema.is_object() ? schema.at("target").at("name").get<std::string>() : "";
  } catch (const ModelDamage&) {
    return "";
  } catch (const nlohmann::json::exception&) {
    return "";
  }
}

}  // namespace rarewood
