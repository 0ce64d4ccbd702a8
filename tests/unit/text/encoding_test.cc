#include "text/encoding.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace minato::text {
namespace {

struct Decoded {
  std::string text;
  std::int64_t replaced = 0;
  std::int64_t nuls = 0;
  bool operator==(const Decoded&) const = default;
};

void PrintTo(const Decoded& value, std::ostream* out) {
  *out << '"' << value.text << "\" replaced " << value.replaced << " NULs " << value.nuls;
}

Decoded run(Decoder& decoder, std::string_view bytes, std::size_t chunk) {
  Decoded result;
  for (std::size_t at = 0; at < bytes.size(); at += chunk) {
    decoder.decode(bytes.substr(at, chunk), result.text);
  }
  decoder.finish(result.text);
  result.replaced = decoder.replaced_bytes();
  result.nuls = decoder.nul_bytes();
  return result;
}

// In chunks of every size: where they end must not matter.
Decoded decoded(Encoding encoding, std::string_view bytes) {
  const auto decoder = make_decoder(encoding);
  Decoded whole = run(*decoder, bytes, bytes.size() + 1);
  for (std::size_t chunk = 1; chunk < 12; ++chunk) {
    decoder->reset();
    EXPECT_EQ(run(*decoder, bytes, chunk), whole) << "chunks of " << chunk;
  }
  return whole;
}

using namespace std::string_view_literals;

TEST(Decoder, NamesRoundTrip) {
  for (const Encoding encoding : {Encoding::kUtf8, Encoding::kCp932, Encoding::kEucJp,
                                  Encoding::kIso2022Jp, Encoding::kUtf16le, Encoding::kUtf16be}) {
    EXPECT_EQ(encoding_of(encoding_name(encoding)), encoding);
  }
  EXPECT_EQ(encoding_of("shift_jis"), std::nullopt);
}

TEST(Decoder, Utf8DropsByteOrderMarkAndNulsAndReplacesWhatIsIllFormed) {
  EXPECT_EQ(decoded(Encoding::kUtf8, "\xEF\xBB\xBF公園,1"), (Decoded{"公園,1", 0, 0}));
  EXPECT_EQ(decoded(Encoding::kUtf8, "a\0\0b"sv), (Decoded{"ab", 0, 2}));
  EXPECT_EQ(decoded(Encoding::kUtf8, "a\xE5\x85,b"), (Decoded{"a\uFFFD,b", 2, 0}));
  EXPECT_EQ(decoded(Encoding::kUtf8, "\xED\xA0\x80"), (Decoded{"\uFFFD\uFFFD\uFFFD", 3, 0}));
  EXPECT_EQ(decoded(Encoding::kUtf8, "公\xE5\x9C"), (Decoded{"公\uFFFD", 2, 0}));
  EXPECT_EQ(decoded(Encoding::kUtf8, "x𠮷y\xF5"), (Decoded{"x𠮷y\uFFFD", 1, 0}));
}

TEST(Decoder, Cp932KnowsMicrosoftsExtensionsAndVariants) {
  EXPECT_EQ(decoded(Encoding::kCp932,
                    "\x87\x40\x87\x57\x87\x8A\xFB\xFC\xFA\xB1\x81\x60\x81\x7C\x81\x61\x81\x91\xB1"),
            (Decoded{"①Ⅳ㈱髙﨑\uFF5E\uFF0D\u2225\uFFE0ｱ", 0, 0}));
  EXPECT_EQ(decoded(Encoding::kCp932, "\x81\x5C\xED\x95\xEE\xE0\xF0\x40\xF9\xFC\\~").text,
            "―﨑髙\uE000\uE757\\~");
}

TEST(Decoder, Cp932KeepsTheDelimiterBehindALoneLeadByte) {
  EXPECT_EQ(decoded(Encoding::kCp932, "a\x8C,b\n"), (Decoded{"a\uFFFD,b\n", 1, 0}));
  EXPECT_EQ(decoded(Encoding::kCp932, "\x85\xA0\x80\xFF\x8C"),
            (Decoded{"\uFFFD\uFFFD\uFFFD\uFFFD", 5, 0}));
}

TEST(Decoder, EucJpKnowsKanaJisX0212AndTheExtensions) {
  EXPECT_EQ(decoded(Encoding::kEucJp, "\xBB\xDC\xC0\xDF\xCC\xBE").text, "施設名");
  EXPECT_EQ(decoded(Encoding::kEucJp, "\xAD\xA1\x8F\xF4\xFB\x8E\xB1\x8F\xB0\xFE\xA1\xC1").text,
            "①髙ｱ侄～");
  EXPECT_EQ(decoded(Encoding::kEucJp, "\xFC\xE2\xF5\xA1").text, "髙\uE000");
  EXPECT_EQ(decoded(Encoding::kEucJp, "\xBB,\xBB"), (Decoded{"\uFFFD,\uFFFD", 2, 0}));
}

TEST(Decoder, Iso2022JpFollowsItsEscapes) {
  EXPECT_EQ(decoded(Encoding::kIso2022Jp, "a\x1B$B8x1`\x1B(I1\x1B(B,\x1B$B-!\x1B(J\\").text,
            "a公園ｱ,①\\");
  // A line's end ends a set that was never closed.
  EXPECT_EQ(decoded(Encoding::kIso2022Jp, "\x1B$B8x\nab").text, "公\nab");
  EXPECT_EQ(decoded(Encoding::kIso2022Jp, "\x0E\x31\x0F,").text, "ｱ,");
  EXPECT_EQ(decoded(Encoding::kIso2022Jp, "\x1B"), (Decoded{"\uFFFD", 1, 0}));
}

TEST(Decoder, Utf16JoinsSurrogatesAndReplacesLoneOnes) {
  EXPECT_EQ(decoded(Encoding::kUtf16le, "\xFF\xFE\x6C\x51,\0\x42\xD8\xB7\xDF"sv).text, "公,𠮷");
  EXPECT_EQ(decoded(Encoding::kUtf16be, "\x51\x6C\0,\xD8\x42\xDF\xB7"sv).text, "公,𠮷");
  EXPECT_EQ(decoded(Encoding::kUtf16le, "\x42\xD8,\0\x6C"sv), (Decoded{"\uFFFD,\uFFFD", 3, 0}));
}

TEST(RepairingDecoder, TakesMisreadTextBack) {
  // "地方" in CP932 (92 6E 95 FB) read as Latin-1, and as Windows-1252.
  const auto cp932 = make_repairing_decoder(Encoding::kCp932);
  EXPECT_EQ(run(*cp932, "\u0092n\u0095û,1", 3).text, "地方,1");
  cp932->reset();
  EXPECT_EQ(run(*cp932, "’n•û", 2).text, "地方");
  const auto utf8 = make_repairing_decoder(Encoding::kUtf8);
  EXPECT_EQ(run(*utf8, "å…¬\u00E5\u0153\u2019", 1).text, "公園");
}

TEST(EncodeCp932, RoundTripsWhatItDecodes) {
  std::string bytes;
  for (const std::string_view text : {"①Ⅳ㈱髙﨑～－∥￠￡￢ｱ", "横浜市,\"a\"\r\n", "―ソ表\uE000"}) {
    bytes.clear();
    EXPECT_EQ(encode_cp932(text, bytes), 0);
    EXPECT_EQ(decoded(Encoding::kCp932, bytes).text, text);
  }
  bytes.clear();
  encode_cp932("髙ⅰ∵", bytes);  // of several codes the one Windows writes
  EXPECT_EQ(bytes, "\xFB\xFC\xFA\x40\x81\xE6");
}

TEST(EncodeCp932, FoldsOtherSpellingsAndCountsWhatItLacks) {
  std::string bytes;
  EXPECT_EQ(encode_cp932("\u301C\u2212\u2014\u2016\u00A5\u00A0", bytes), 0);
  EXPECT_EQ(decoded(Encoding::kCp932, bytes).text, "～－―∥￥ ");
  bytes.clear();
  EXPECT_EQ(encode_cp932("カ\u3099は\u309Aか", bytes), 0);
  EXPECT_EQ(decoded(Encoding::kCp932, bytes).text, "ガぱか");
  bytes.clear();
  EXPECT_EQ(encode_cp932("𠮷野\xFF", bytes), 2);
  EXPECT_EQ(decoded(Encoding::kCp932, bytes).text, "〓野〓");
}

}  // namespace
}  // namespace minato::text
