#include "rarewood/learn/lightgbm/lightgbm_api.hpp"

#include <string>

#include "rarewood/base/error.hpp"
#include "rarewood/base/shared_library.hpp"

namespace rarewood {
namespace {

LightgbmApi load() {
  const SharedLibrary library(LIGHTGBM_FILE, "LightGBM");
  LightgbmApi api{};
  library.bind("LGBM_GetLastError", api.last_error);
  library.bind("LGBM_RegisterLogCallback", api.register_log_callback);
  library.bind("LGBM_DatasetCreateFromMat", api.table_from_matrix);
  library.bind("LGBM_DatasetSetField", api.set_field);
  library.bind("LGBM_DatasetFree", api.free_table);
  library.bind("LGBM_BoosterCreate", api.create);
  library.bind("LGBM_BoosterAddValidData", api.watch);
  library.bind("LGBM_BoosterUpdateOneIter", api.update);
  library.bind("LGBM_BoosterGetEval", api.evaluate);
  library.bind("LGBM_BoosterSaveModelToString", api.save);
  library.bind("LGBM_BoosterFree", api.free);
  return api;
}

}  // namespace

const LightgbmApi& lightgbm_api() {
  static const LightgbmApi api = load();
  return api;
}

void check_lightgbm(int result) {
  if (result == 0) return;
  throw Error(ErrorKind::external, std::string("LightGBM refused the work: ") +
                                       lightgbm_api().last_error() +
                                       ". Change its options or take another --learner.");
}

}  // namespace rarewood
