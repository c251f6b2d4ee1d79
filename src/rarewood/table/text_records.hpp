#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace rarewood {

/// One record of a text table. Long fields are cut to TextRecords::kLongestKept bytes.
struct TextRecord {
  std::int64_t line = 1;  ///< where it begins, counted from 1
  std::vector<std::string> fields;
  bool quote_open = false;  ///< the bytes ended inside quotes
};

/// Takes a text table apart one byte at a time, by the rules of Arrow's reader: a quote counts only
/// at the start of a field, "" inside quotes is one quote, empty lines are no records. Slow, but it
/// knows line numbers: for the header, for finding the separator, and for saying where a file that
/// was refused is wrong.
class TextRecords {
 public:
  /// Told of every record; returns false to hear of no more.
  using Listener = std::function<bool(const TextRecord& record)>;

  static constexpr std::size_t kLongestKept = 4096;

  TextRecords(char separator, Listener listener);

  /// \returns false once the listener has heard enough
  bool feed(std::string_view bytes);

  /// The bytes are over: a last record without a line end counts too.
  void finish();

 private:
  enum class State { field_start, unquoted, quoted, quote_seen };

  void take(char byte);
  void keep(char byte);
  void end_field();
  void end_record();

  char separator_;
  Listener listener_;
  State state_ = State::field_start;
  TextRecord record_;
  std::string field_;
  std::int64_t line_ = 1;
  bool blank_ = true;      // nothing stands on this record's line yet
  bool after_cr_ = false;  // "\r\n" ends one line
  bool listening_ = true;
};

}  // namespace rarewood
