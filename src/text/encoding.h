// The character encodings Japanese files come in, decoded to UTF-8 and (CP932 only) written again.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace minato::text {

enum class Encoding { kUtf8, kCp932, kEucJp, kIso2022Jp, kUtf16le, kUtf16be };

std::string_view encoding_name(Encoding encoding);  // "utf-8", "cp932", "euc-jp", ...
std::optional<Encoding> encoding_of(std::string_view name);

// Bytes of one encoding to UTF-8, chunk by chunk; characters cut by a chunk's end are carried over.
// A byte order mark at the beginning is dropped, NUL characters are dropped and counted, what is no
// character becomes U+FFFD and its bytes are counted. Never fails. Not thread-safe.
class Decoder {
 public:
  virtual ~Decoder() = default;
  virtual void decode(std::string_view bytes, std::string& out) = 0;  // appends
  virtual void finish(std::string& out) = 0;  // a character cut by the end of the file is replaced
  virtual void reset() = 0;                   // for another stream; counts too
  [[nodiscard]] virtual std::int64_t replaced_bytes() const = 0;
  [[nodiscard]] virtual std::int64_t nul_bytes() const = 0;
};

// CP932 is Microsoft's: NEC row 13, both sets of IBM kanji, user-defined characters as U+E000 to
// U+E757, 8160 as U+FF5E. EUC-JP has the same extensions, half-width kana and JIS X 0212.
std::unique_ptr<Decoder> make_decoder(Encoding encoding);

// For text of `original` (kCp932 or kUtf8) that was read as Latin-1 or Windows-1252 and saved as
// UTF-8: takes these UTF-8 bytes and gives the text as it was meant.
std::unique_ptr<Decoder> make_repairing_decoder(Encoding original);

// Appends `utf8` as CP932. Spellings CP932 has under another code point (U+301C, U+2212, U+2014,
// U+2016, U+00A2, U+00A5 ...) take that one; NFC forms of cut-off voicing marks are composed. What
// it lacks becomes "〓"; the result is how many. Ill-formed UTF-8 counts as such. Thread-safe.
std::int64_t encode_cp932(std::string_view utf8, std::string& out);

}  // namespace minato::text
