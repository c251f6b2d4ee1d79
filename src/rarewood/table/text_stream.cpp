#include "rarewood/table/text_stream.hpp"

#include <optional>
#include <string_view>
#include <utility>

#include <arrow/buffer.h>
#include <arrow/io/compressed.h>
#include <arrow/io/interfaces.h>
#include <arrow/util/compression.h>
#include <arrow/util/utf8.h>

#include "rarewood/base/text.hpp"
#include "rarewood/table/arrow_result.hpp"
#include "rarewood/table/text_records.hpp"

namespace rarewood {
namespace {

constexpr std::int64_t kHeadBytes = 256 << 10;
constexpr std::int64_t kBlockBytes = 1 << 20;

std::string attempt(const TableSource& source) { return "Cannot read '" + source.name + "'"; }

bool is_gzip(const TableSource& source) {
  const auto start = take(source.file->ReadAt(0, 2), attempt(source));
  return std::string_view(*start) == "\x1F\x8B";
}

/// A field is looked at whole unless it is so long that it was cut, perhaps inside a letter.
bool is_utf8(const std::string& field) {
  return field.size() >= TextRecords::kLongestKept || arrow::util::ValidateUTF8(field);
}

/// What is wrong with a record, after the name of the table.
std::optional<std::string> fault_of(const TextRecord& record, std::size_t width) {
  const std::string line = ", line " + thousands(static_cast<std::uint64_t>(record.line));
  if (record.quote_open) return line + ", has a quote that is never closed. Close it.";
  if (record.fields.size() != width) {
    const std::string fields = record.fields.size() == 1 ? " field" : " fields";
    return line + ", has " + std::to_string(record.fields.size()) + fields + ", the header has " +
           std::to_string(width) + ". Correct the line, or give the separator by --separator.";
  }
  for (const std::string& field : record.fields) {
    if (!is_utf8(field)) return line + ", is not UTF-8. Save the file as UTF-8.";
  }
  return std::nullopt;
}

}  // namespace

std::shared_ptr<arrow::io::InputStream> text_stream(const TableSource& source) {
  const std::int64_t size = take(source.file->GetSize(), attempt(source));
  auto raw = take(arrow::io::RandomAccessFile::GetStream(source.file, 0, size), attempt(source));
  if (!is_gzip(source)) return raw;
  const std::shared_ptr<arrow::util::Codec> codec =
      take(arrow::util::Codec::Create(arrow::Compression::GZIP), attempt(source));
  return take(arrow::io::CompressedInputStream::Make(codec.get(), raw), attempt(source));
}

TextHead read_head(const TableSource& source) {
  const auto stream = text_stream(source);
  TextHead head;
  while (std::ssize(head.bytes) < kHeadBytes) {
    const auto block = take(stream->Read(kHeadBytes - std::ssize(head.bytes)), attempt(source));
    if (block->size() == 0) {
      head.whole = true;
      break;
    }
    head.bytes += std::string_view(*block);
  }
  return head;
}

std::optional<std::string> find_fault(const TableSource& source, const TextDialect& dialect) {
  arrow::util::InitializeUTF8();
  std::optional<std::string> fault;
  TextRecords records(dialect.separator, [&](const TextRecord& record) {
    fault = fault_of(record, dialect.columns.size());
    return !fault;
  });
  const auto stream = text_stream(source);
  for (;;) {
    const auto block = stream->Read(kBlockBytes);
    if (!block.ok()) return std::nullopt;
    if ((*block)->size() == 0) break;
    if (!records.feed(std::string_view(**block))) return fault;
  }
  records.finish();
  return fault;
}

Error text_fault(const TableSource& source, const TextDialect& dialect,
                 const arrow::Status& status) {
  Error words = arrow_error(status, attempt(source));
  if (words.kind() != ErrorKind::data) return words;
  const auto fault = find_fault(source, dialect);
  return fault ? Error(ErrorKind::data, "'" + source.name + "'" + *fault) : words;
}

}  // namespace rarewood
