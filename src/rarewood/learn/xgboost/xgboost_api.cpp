#include "rarewood/learn/xgboost/xgboost_api.hpp"

#include <bit>
#include <cstdint>

#include <fmt/format.h>

#include "rarewood/base/error.hpp"
#include "rarewood/base/shared_library.hpp"

namespace rarewood {
namespace {

XgboostApi load() {
  const SharedLibrary library(XGBOOST_FILE, "XGBoost");
  XgboostApi api{};
  library.bind("XGBGetLastError", api.last_error);
  library.bind("XGBSetGlobalConfig", api.set_global_config);
  library.bind("XGDMatrixCreateFromDense", api.table_from_dense);
  library.bind("XGDMatrixSetFloatInfo", api.set_table_floats);
  library.bind("XGDMatrixSetStrFeatureInfo", api.set_feature_texts);
  library.bind("XGDMatrixFree", api.free_table);
  library.bind("XGBoosterCreate", api.create);
  library.bind("XGBoosterSetParam", api.set_param);
  library.bind("XGBoosterUpdateOneIter", api.update);
  library.bind("XGBoosterEvalOneIter", api.evaluate);
  library.bind("XGBoosterSaveModelToBuffer", api.save);
  library.bind("XGBoosterFree", api.free);
  return api;
}

/// "[15:22:37] /workspace/src/x.cc:91: Check failed: ...\nStack trace:" -> "Check failed: ..."
std::string sentence_of(const std::string& message) {
  const std::string line = message.substr(0, message.find('\n'));
  const auto place = line.find(": ");
  return line.front() == '[' && place != std::string::npos ? line.substr(place + 2) : line;
}

}  // namespace

const XgboostApi& xgboost_api() {
  static const XgboostApi api = load();
  return api;
}

void check_xgboost(int result) {
  if (result == 0) return;
  throw Error(ErrorKind::external,
              "XGBoost refused the work: " + sentence_of(xgboost_api().last_error()) +
                  ". Change its options or take another --learner.");
}

std::string xgboost_array(const float* values, std::size_t rows, std::size_t columns) {
  return fmt::format(R"({{"data":[{},true],"shape":[{},{}],"typestr":"<f4","version":3}})",
                     std::bit_cast<std::uintptr_t>(values), rows, columns);
}

}  // namespace rarewood
