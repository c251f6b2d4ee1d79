#include "rarewood/table/text_records.hpp"

#include <utility>

namespace rarewood {

TextRecords::TextRecords(char separator, Listener listener)
    : separator_(separator), listener_(std::move(listener)) {}

bool TextRecords::feed(std::string_view bytes) {
  for (const char byte : bytes) {
    if (!listening_) break;
    take(byte);
  }
  return listening_;
}

void TextRecords::finish() {
  if (!listening_ || blank_) return;
  record_.quote_open = state_ == State::quoted;
  end_record();
}

void TextRecords::take(char byte) {
  const bool second_of_crlf = byte == '\n' && after_cr_;
  after_cr_ = byte == '\r';
  const bool line_end = byte == '\n' || byte == '\r';
  if (line_end && !second_of_crlf) ++line_;

  if (state_ == State::quoted) {
    if (byte == '"') {
      state_ = State::quote_seen;
    } else {
      keep(byte);
    }
  } else if (line_end) {
    if (!blank_) end_record();
    record_.line = line_;
  } else if (byte == '"' && state_ != State::unquoted) {
    blank_ = false;
    if (state_ == State::quote_seen) keep('"');
    state_ = State::quoted;
  } else if (byte == separator_) {
    blank_ = false;
    end_field();
  } else {
    blank_ = false;
    keep(byte);
    state_ = State::unquoted;
  }
}

void TextRecords::keep(char byte) {
  if (field_.size() < kLongestKept) field_.push_back(byte);
}

void TextRecords::end_field() {
  record_.fields.push_back(std::move(field_));
  field_.clear();
  state_ = State::field_start;
}

void TextRecords::end_record() {
  end_field();
  listening_ = listener_(record_);
  record_ = TextRecord{.line = line_, .fields = {}, .quote_open = false};
  blank_ = true;
}

}  // namespace rarewood
