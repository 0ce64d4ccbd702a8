// The decoders behind make_decoder().
#pragma once

#include <memory>

#include "text/block_decoder.h"

namespace minato::text {

class Utf8Decoder final : public BlockDecoder {
 protected:
  Step block(std::string_view bytes, char* out, bool last) override;
};

class Cp932Decoder final : public BlockDecoder {
 public:
  Cp932Decoder();

 protected:
  Step block(std::string_view bytes, char* out, bool last) override;

 private:
  const struct JisTables& tables_;
};

class EucJpDecoder final : public BlockDecoder {
 public:
  EucJpDecoder();

 protected:
  Step block(std::string_view bytes, char* out, bool last) override;

 private:
  Step character(std::string_view bytes, char* out, bool last);
  const struct JisTables& tables_;
};

class Iso2022JpDecoder final : public BlockDecoder {
 public:
  Iso2022JpDecoder();
  void reset() override;

 protected:
  Step block(std::string_view bytes, char* out, bool last) override;

 private:
  enum class Set { kAscii, kKana, kJis0208, kJis0212 };

  std::size_t escape(std::string_view bytes);
  Step character(std::string_view bytes, char* out, bool last);

  const struct JisTables& tables_;
  Set set_ = Set::kAscii;
  bool shifted_out_ = false;
};

class Utf16Decoder final : public BlockDecoder {
 public:
  explicit Utf16Decoder(bool big_endian) : big_endian_(big_endian) {}

 protected:
  Step block(std::string_view bytes, char* out, bool last) override;

 private:
  [[nodiscard]] char16_t unit(std::string_view bytes, std::size_t at) const;
  bool big_endian_;
};

}  // namespace minato::text
