#pragma once

#include <filesystem>
#include <memory>
#include <stop_token>

#include "rarewood/store/object_store.hpp"

namespace rarewood {

/// Objects as files below `root` ("" = the working folder). Missing folders are made by writing.
/// Writers of one key take turns, processes too; the lock is a file beside it while they write.
std::shared_ptr<ObjectStore> make_local_store(const std::filesystem::path& root,
                                              std::stop_token stop);

}  // namespace rarewood
