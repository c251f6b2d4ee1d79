#pragma once

#include <string>

namespace rarewood {

/// A library loaded when it is first needed, for those that are large and seldom used.
///
/// Its symbols stay its own: what it brings along cannot take the place of ours. It is never
/// unloaded, as it may have threads.
class SharedLibrary {
 public:
  /// \param file   found along the program's RUNPATH, such as "libxgboost.so"
  /// \param title  as refusals call it: "XGBoost"
  /// \throws Error(external) if it is not there or cannot be loaded
  SharedLibrary(const std::string& file, const std::string& title);

  /// Point `function` to the library's function of that name.
  /// \throws Error(external) if there is none
  template <typename Function>
  void bind(const char* name, Function*& function) const {
    function = reinterpret_cast<Function*>(address(name));
  }

 private:
  void* address(const char* name) const;

  std::string title_;
  void* handle_;
};

}  // namespace rarewood
