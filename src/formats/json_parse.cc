#include <rapidjson/encodedstream.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <set>
#include <utility>
#include <vector>

#include "core/utf8.h"
#include "formats/json.h"

namespace minato::formats {
namespace {

using core::ErrorCode;
using core::LocalizedText;

// What a person needs to find byte `offset` in an editor; columns count characters.
std::string position_of(std::string_view text, std::size_t offset) {
  const std::string_view before = text.substr(0, std::min(offset, text.size()));
  const auto line = std::count(before.begin(), before.end(), '\n') + 1;
  const std::size_t start =
      before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
  const std::size_t column = core::count_code_points(before.substr(start)) + 1;
  return "line " + std::to_string(line) + " column " + std::to_string(column);
}

// Builds the document and refuses what RapidJSON lets pass: deep nesting, double keys, and the lone
// low surrogates ("\udc00") that it would turn into broken UTF-8.
class Builder {
 public:
  enum class Refusal { kNone, kDepth, kDuplicateKey, kSurrogate, kNumber };

  Builder(rapidjson::Document& document, int max_depth)
      : document_(document), max_depth_(max_depth) {}

  bool Null() { return document_.Null(); }
  bool Bool(bool value) { return document_.Bool(value); }
  bool Int(int value) { return document_.Int(value); }
  bool Uint(unsigned value) { return document_.Uint(value); }
  bool Int64(std::int64_t value) { return document_.Int64(value); }
  bool Uint64(std::uint64_t value) { return document_.Uint64(value); }
  bool Double(double value) { return document_.Double(value); }
  // RapidJSON's own conversion computes with undefined values ("0e100"), so numbers come as texts.
  bool RawNumber(const char* text, rapidjson::SizeType length, bool /*copy*/) {
    const char* end = text + length;
    std::int64_t integer = 0;
    const auto is_whole = [end](std::from_chars_result result) {
      return result.ec == std::errc() && result.ptr == end;
    };
    if (is_whole(std::from_chars(text, end, integer))) return document_.Int64(integer);
    std::uint64_t large = 0;
    if (is_whole(std::from_chars(text, end, large))) return document_.Uint64(large);
    double number = 0;
    const auto read = std::from_chars(text, end, number);
    if (read.ec == std::errc()) return document_.Double(number);
    // Too large or too small for a double: the former is refused, the latter is zero.
    if (std::abs(std::strtod(std::string(text, length).c_str(), nullptr)) >= 1) {
      return refuse(Refusal::kNumber);
    }
    return document_.Double(0);
  }
  bool String(const char* text, rapidjson::SizeType length, bool copy) {
    if (!core::is_valid_utf8({text, length})) return refuse(Refusal::kSurrogate);
    return document_.String(text, length, copy);
  }
  bool StartObject() {
    keys_.emplace_back();
    return enter() && document_.StartObject();
  }
  bool Key(const char* text, rapidjson::SizeType length, bool copy) {
    if (!core::is_valid_utf8({text, length})) return refuse(Refusal::kSurrogate);
    const auto [place, is_new] = keys_.back().emplace(text, length);
    if (!is_new) {
      duplicate_ = *place;
      return refuse(Refusal::kDuplicateKey);
    }
    return document_.Key(text, length, copy);
  }
  bool EndObject(rapidjson::SizeType members) {
    keys_.pop_back();
    --depth_;
    return document_.EndObject(members);
  }
  bool StartArray() { return enter() && document_.StartArray(); }
  bool EndArray(rapidjson::SizeType elements) {
    --depth_;
    return document_.EndArray(elements);
  }

  [[nodiscard]] Refusal refusal() const { return refusal_; }
  [[nodiscard]] const std::string& duplicate() const { return duplicate_; }

 private:
  bool enter() { return ++depth_ <= max_depth_ || refuse(Refusal::kDepth); }
  bool refuse(Refusal why) {
    refusal_ = why;
    return false;
  }

  rapidjson::Document& document_;
  int max_depth_;
  int depth_ = 0;
  Refusal refusal_ = Refusal::kNone;
  std::string duplicate_;
  std::vector<std::set<std::string, std::less<>>> keys_;  // of each open object
};

LocalizedText explain(rapidjson::ParseErrorCode code) {
  switch (code) {
    case rapidjson::kParseErrorDocumentEmpty:
      return {"JSON が空です。", "The JSON is empty."};
    case rapidjson::kParseErrorDocumentRootNotSingular:
      return {"JSON の値の後に余分な文字があります。", "There is text behind the JSON value."};
    case rapidjson::kParseErrorValueInvalid:
      return {"JSON の値として読めません。", "This is not a JSON value."};
    case rapidjson::kParseErrorObjectMissName:
      return {"オブジェクトのキーは \"…\" で書いてください。",
              "An object key in double quotes is expected."};
    case rapidjson::kParseErrorObjectMissColon:
      return {"キーの後に : がありません。", "A colon is missing behind the key."};
    case rapidjson::kParseErrorObjectMissCommaOrCurlyBracket:
      return {", か } がありません。", "A comma or } is missing."};
    case rapidjson::kParseErrorArrayMissCommaOrSquareBracket:
      return {", か ] がありません。", "A comma or ] is missing."};
    case rapidjson::kParseErrorStringUnicodeEscapeInvalidHex:
    case rapidjson::kParseErrorStringUnicodeSurrogateInvalid:
      return {"\\u の書き方が正しくありません。", "The \\u escape is not a character."};
    case rapidjson::kParseErrorStringEscapeInvalid:
      return {"文字列の \\ の後が正しくありません。",
              "The character behind \\ in the string is wrong."};
    case rapidjson::kParseErrorStringMissQuotationMark:
      return {"文字列が閉じていません。", "The string is not closed."};
    case rapidjson::kParseErrorStringInvalidEncoding:
      return {"文字列が正しい UTF-8 ではないか、制御文字を含みます。",
              "The string is not UTF-8 or holds a control character."};
    case rapidjson::kParseErrorNumberTooBig:
      return {"数値が大きすぎます。", "The number is too big."};
    case rapidjson::kParseErrorNumberMissFraction:
    case rapidjson::kParseErrorNumberMissExponent:
      return {"数値が途中で切れています。", "The number is incomplete."};
    default:
      return {"JSON として読めません。", "This is not JSON."};
  }
}

tl::unexpected<core::Error> fail_at(std::string_view id, LocalizedText message,
                                    std::string position) {
  core::ErrorDetail detail;
  detail.message = message;
  detail.position = std::move(position);
  auto failure = core::fail(
      ErrorCode::kInvalidArgument, id,
      {message.ja + "（" + detail.position + "）", message.en + " (" + detail.position + ")"},
      {"示された位置の前後を確認してください。", "Look at the text around that position."});
  failure.value().details.push_back(std::move(detail));
  return failure;
}

tl::unexpected<core::Error> refuse(const Builder& builder, int max_depth, std::string position) {
  if (builder.refusal() == Builder::Refusal::kDepth) {
    const std::string depth = std::to_string(max_depth);
    return fail_at("json-too-deep",
                   {"JSON の入れ子が深すぎます（" + depth + " 段まで）。",
                    "The JSON is nested deeper than " + depth + " levels."},
                   std::move(position));
  }
  if (builder.refusal() == Builder::Refusal::kDuplicateKey) {
    const std::string key = builder.duplicate().substr(0, 100);
    const std::string shown = core::is_valid_utf8(key) ? key : "...";
    return fail_at(
        "json-duplicate-key",
        {"キー「" + shown + "」が 2 度あります。", "The key \"" + shown + "\" is given twice."},
        std::move(position));
  }
  const auto code = builder.refusal() == Builder::Refusal::kNumber
                        ? rapidjson::kParseErrorNumberTooBig
                        : rapidjson::kParseErrorStringUnicodeSurrogateInvalid;
  return fail_at("json-syntax", explain(code), std::move(position));
}

}  // namespace

core::Result<rapidjson::Document> parse_json(std::string_view text, const JsonLimits& limits) {
  if (text.size() > limits.max_bytes) {
    const std::string most = std::to_string(limits.max_bytes);
    return core::fail(ErrorCode::kTooLarge, "json-too-large",
                      {"JSON が大きすぎます（" + most + " バイトまで）。",
                       "The JSON is larger than " + most + " bytes."},
                      {"分けて送ってください。", "Send it in parts."});
  }
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  // RapidJSON takes a NUL for the end of the text.
  if (const std::size_t nul = text.find('\0'); nul != std::string_view::npos) {
    return fail_at("json-syntax", {"JSON に NUL 文字があります。", "There is a NUL in the JSON."},
                   position_of(text, nul));
  }
  // Iterative: depth costs no stack.
  constexpr unsigned kFlags = rapidjson::kParseIterativeFlag |
                              rapidjson::kParseValidateEncodingFlag |
                              rapidjson::kParseNumbersAsStringsFlag;
  rapidjson::Document document;
  rapidjson::MemoryStream bytes(text.data(), text.size());
  rapidjson::EncodedInputStream<rapidjson::UTF8<>, rapidjson::MemoryStream> stream(bytes);
  rapidjson::Reader reader;
  rapidjson::ParseResult parsed;
  Builder builder(document, limits.max_depth);
  auto generate = [&](rapidjson::Document&) {
    parsed = reader.Parse<kFlags>(stream, builder);
    return !parsed.IsError();
  };
  document.Populate(generate);
  if (parsed.IsError()) {
    std::string position = position_of(text, parsed.Offset());
    if (builder.refusal() != Builder::Refusal::kNone) {
      return refuse(builder, limits.max_depth, std::move(position));
    }
    return fail_at("json-syntax", explain(parsed.Code()), std::move(position));
  }
  return document;
}

}  // namespace minato::formats
