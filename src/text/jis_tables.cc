#include "text/jis_tables.h"

#include <unicode/ucnv.h>

#include <memory>
#include <span>
#include <stdexcept>
#include <string_view>

namespace minato::text {
namespace {

// 8FF3F3 to 8FF4FE of eucJP-ms: IBM's characters that neither JIS X 0208 nor 0212 have, in order.
constexpr std::u16string_view kEucIbm =
    u"ⅰⅱⅲⅳⅴⅵⅶⅷⅸⅹⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ＇＂㈱№℡炻仼僴凬匇匤﨎咊坙﨏塚增寬峵嵓﨑德悅愠敎昻晥晴朗栁﨓﨔橫櫢淸淲瀨"
    u"凞猪甁皂皞益礰礼神"
    u"祥福竧靖精綠緖羽荢﨟薰蘒﨡蠇諸譿賴赶﨣﨤逸郞都鄕﨧﨨閒隆﨩霻靍靑飯飼館馞髙魲鶴黑";
constexpr std::size_t kEucIbmFirst = 82 * kJisCells + 82;
constexpr char16_t kPrivateUse = 0xE000;

class Converter {
 public:
  explicit Converter(const char* name) {
    UErrorCode status = U_ZERO_ERROR;
    converter_.reset(ucnv_open(name, &status));
    if (U_FAILURE(status)) throw std::runtime_error("ICU lacks a converter");
  }
  // 0 when `bytes` are no character of the basic plane.
  char16_t character(std::span<const char> bytes) {
    std::array<UChar, 4> out{};
    UErrorCode status = U_ZERO_ERROR;
    const auto length = ucnv_toUChars(converter_.get(), out.data(), out.size(), bytes.data(),
                                      static_cast<std::int32_t>(bytes.size()), &status);
    return U_SUCCESS(status) && length == 1 && out[0] != 0xFFFD && out[0] != 0x1A ? out[0] : u'\0';
  }

 private:
  struct Close {
    void operator()(UConverter* converter) const { ucnv_close(converter); }
  };
  std::unique_ptr<UConverter, Close> converter_;
};

void fill_cp932(JisTables& tables) {
  Converter converter("ibm-943_P15A-2003");  // ICU's name of Microsoft's code page 932
  for (unsigned lead = 0x81; lead <= 0xFC; ++lead) {
    if (lead > 0x9F && lead < 0xE0) continue;
    for (unsigned trail = 0x40; trail <= 0xFC; ++trail) {
      if (trail == 0x7F) continue;
      const std::array bytes{static_cast<char>(lead), static_cast<char>(trail)};
      tables.cp932[lead - 0x81][trail - 0x40] = converter.character(bytes);
    }
  }
}

void fill_jis0208(JisTables& tables) {
  for (std::size_t row = 0; row < kJisCells; ++row) {
    for (std::size_t cell = 0; cell < kJisCells; ++cell) {
      std::size_t lead = row / 2;
      lead += lead < 0x1F ? 0x81 : 0xC1;
      std::size_t trail = cell + (row % 2 == 0 ? 0x40 : 0x9F);
      if (row % 2 == 0 && trail >= 0x7F) ++trail;
      const std::size_t at = row * kJisCells + cell;
      tables.jis0208[at] = tables.cp932[lead - 0x81][trail - 0x40];
      const bool user_defined = row >= 84 && (row < 88 || row > 91);
      if (user_defined && tables.jis0208[at] == 0) {
        tables.jis0208[at] = static_cast<char16_t>(kPrivateUse + at - 84 * kJisCells);
      }
    }
  }
}

void fill_jis0212(JisTables& tables) {
  Converter converter("EUC-JP");
  for (std::size_t at = 0; at < tables.jis0212.size(); ++at) {
    const std::size_t row = at / kJisCells;
    const std::array bytes{'\x8F', static_cast<char>(0xA1 + row),
                           static_cast<char>(0xA1 + at % kJisCells)};
    if (row < 77) tables.jis0212[at] = converter.character(bytes);
    if (at >= kEucIbmFirst && at - kEucIbmFirst < kEucIbm.size()) {
      tables.jis0212[at] = kEucIbm[at - kEucIbmFirst];
    }
    if (row >= 84) {
      tables.jis0212[at] = static_cast<char16_t>(kPrivateUse + 940 + at - 84 * kJisCells);
    }
  }
}

std::unique_ptr<const JisTables> build_tables() {
  auto tables = std::make_unique<JisTables>();
  fill_cp932(*tables);
  fill_jis0208(*tables);
  fill_jis0212(*tables);
  return tables;
}

using Codes = std::array<std::uint16_t, 0x10000>;

std::unique_ptr<const Codes> build_codes() {
  auto codes = std::make_unique<Codes>();
  const JisTables& tables = jis_tables();
  const auto take = [&](unsigned first_lead, unsigned last_lead, unsigned first_trail) {
    for (unsigned lead = first_lead; lead <= last_lead; ++lead) {
      if (lead > 0x9F && lead < 0xE0) continue;
      for (unsigned trail = lead == first_lead ? first_trail : 0x40; trail <= 0xFC; ++trail) {
        const char16_t character = tables.cp932[lead - 0x81][trail - 0x40];
        if (character != 0 && (*codes)[character] == 0) {
          (*codes)[character] = static_cast<std::uint16_t>(lead << 8U | trail);
        }
      }
    }
  };
  // Windows prefers JIS X 0208 and NEC row 13, then IBM's own codes, never NEC's selection of them
  // (Microsoft KB170559); the one exception is "¬", 81CA, which comes first here anyway.
  take(0x81, 0x9F, 0x40);
  take(0xE0, 0xEC, 0x40);
  take(0xF0, 0xF9, 0x40);
  take(0xFA, 0xFC, 0x40);
  take(0xED, 0xEF, 0x40);
  return codes;
}

}  // namespace

const JisTables& jis_tables() {
  static const std::unique_ptr<const JisTables> tables = build_tables();
  return *tables;
}

const std::array<std::uint16_t, 0x10000>& cp932_codes() {
  static const std::unique_ptr<const Codes> codes = build_codes();
  return *codes;
}

}  // namespace minato::text
