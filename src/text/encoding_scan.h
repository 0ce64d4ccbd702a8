// One reading of a stream each: how much of it is valid in an encoding, and how likely Japanese.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace minato::text {

// Characters that are not ASCII, by kind.
struct JapaneseCounts {
  std::int64_t kana = 0;
  std::int64_t common = 0;  // kanji of JIS level 1, punctuation, full-width letters and digits
  std::int64_t rare = 0;
  std::int64_t half_width = 0;      // kana
  std::int64_t odd_half_width = 0;  // of these, where nobody writes them ("ﾞ" after "ﾅ")
  std::int64_t bad = 0;             // ill-formed parts
  std::int64_t high_trails = 0;     // bytes from E0 on that end a character

  [[nodiscard]] std::int64_t wide() const { return kana + common + rare; }
  [[nodiscard]] std::int64_t valid() const { return wide() + half_width; }
};

class Cp932Scan {
 public:
  Cp932Scan();
  void feed(std::string_view bytes);
  void resync() { lead_ = 0; }  // the stream goes on elsewhere
  [[nodiscard]] const JapaneseCounts& counts() const { return counts_; }
  [[nodiscard]] bool cut() const { return lead_ != 0; }

 private:
  void second(unsigned char byte);
  void half_width(unsigned char byte);

  const struct JisTables& tables_;
  JapaneseCounts counts_;
  unsigned char lead_ = 0;
  unsigned char before_ = 0;  // the byte before this one, when it was half-width kana
};

class EucJpScan {
 public:
  EucJpScan();
  void feed(std::string_view bytes);
  void resync() { lead_ = middle_ = 0; }
  [[nodiscard]] const JapaneseCounts& counts() const { return counts_; }
  [[nodiscard]] bool cut() const { return lead_ != 0; }

 private:
  void following(unsigned char byte);

  const struct JisTables& tables_;
  JapaneseCounts counts_;
  unsigned char lead_ = 0;
  unsigned char middle_ = 0;  // of the three bytes of JIS X 0212
};

class Utf8Scan {
 public:
  Utf8Scan();
  ~Utf8Scan();
  void feed(std::string_view bytes);
  void resync() { carry_.clear(); }
  // Also looks for text that was read as Latin-1 and saved as UTF-8.
  void watch_for_misreading();

  [[nodiscard]] std::int64_t valid() const { return short_ + long_; }
  [[nodiscard]] std::int64_t long_characters() const { return long_; }  // three bytes and more
  [[nodiscard]] std::int64_t bad() const { return bad_; }
  [[nodiscard]] bool cut() const { return !carry_.empty(); }
  // Nothing speaks against it and much for it: the text was CP932, or UTF-8.
  [[nodiscard]] bool was_cp932() const;
  [[nodiscard]] bool was_utf8() const;

 private:
  struct Misreading;

  std::size_t scan(std::string_view bytes);
  void character(const unsigned char* bytes, int length);

  std::int64_t short_ = 0;
  std::int64_t long_ = 0;
  std::int64_t bad_ = 0;
  std::string carry_;
  std::unique_ptr<Misreading> misreading_;  // null: not watched, or ruled out
};

}  // namespace minato::text
