#include "text/tokenizer.h"

#include <gtest/gtest.h>

#include <random>

#include "text/fold.h"
#include "text/utf8.h"

namespace minato::text {
namespace {

struct Placed {
  std::string text;
  int position = 0;
};

std::vector<Placed> document_tokens(std::string_view folded) {
  std::vector<Placed> tokens;
  Tokenizer tokenizer(folded, TokenizerMode::kDocument);
  int position = -1;
  for (Token token; tokenizer.next(token);) {
    if (!token.colocated) ++position;
    tokens.push_back({std::string(token.text), position});
  }
  return tokens;
}

std::string shown(const std::vector<Placed>& tokens) {
  std::string text;
  for (const auto& token : tokens) text += token.text + "@" + std::to_string(token.position) + " ";
  return text;
}

// FTS5's meaning of a phrase.
bool finds(const std::vector<Placed>& document, const QueryTokens& query, bool prefix) {
  const auto at = [&](int position, std::size_t i) {
    for (const auto& token : document) {
      if (token.position != position) continue;
      const bool open = prefix && i + 1 == query.tokens.size();
      if (open ? token.text.starts_with(query.tokens[i]) : token.text == query.tokens[i])
        return true;
    }
    return false;
  };
  for (int start = 0; start <= (document.empty() ? -1 : document.back().position); ++start) {
    bool all = !query.tokens.empty();
    for (std::size_t i = 0; all && i < query.tokens.size(); ++i) {
      all = at(start + static_cast<int>(i), i);
    }
    if (all) return true;
  }
  return false;
}

TEST(Tokenizer, CutsDocumentsIntoBigramsWordsAndNumbers) {
  EXPECT_EQ(shown(document_tokens("令和5年度")), "令和@0 和@0 5@1 年度@2 度@2 ");
  EXPECT_EQ(shown(document_tokens("神奈川県のaed")), "神奈@0 奈川@1 川県@2 県の@3 の@3 aed@4 ");
  EXPECT_EQ(shown(document_tokens("市・open-data r5")), "市@0 open@1 data@2 r@3 5@4 ");
  EXPECT_EQ(shown(document_tokens("𠮷野家")), "𠮷野@0 野家@1 家@1 ");
  EXPECT_EQ(shown(document_tokens("")), "");
  EXPECT_EQ(shown(document_tokens("・、()")), "");
}

TEST(Tokenizer, KeepsMarksWithTheirLetters) {
  EXPECT_EQ(shown(document_tokens("cafe\u0301 नमस्ते")), "cafe\u0301@0 नमस्ते@1 ");
}

TEST(QueryTokens, LeaveASingleCharacterAtTheEndOpen) {
  EXPECT_EQ(query_tokens("令和").tokens, (std::vector<std::string>{"令和"}));
  EXPECT_FALSE(query_tokens("令和").open_end);
  EXPECT_EQ(query_tokens("和5年").tokens, (std::vector<std::string>{"和", "5", "年"}));
  EXPECT_TRUE(query_tokens("和5年").open_end);
  EXPECT_TRUE(query_tokens("県").open_end);
  EXPECT_FALSE(query_tokens("県a").open_end);
  EXPECT_FALSE(query_tokens("").open_end);
  EXPECT_TRUE(query_tokens("・").tokens.empty());
}

TEST(Tokenizer, CutsEndlessWordsWithoutCuttingCharacters) {
  std::string word;
  for (int i = 0; i < 1000; ++i) word += "é";
  const auto tokens = document_tokens("あ" + word + " い");
  ASSERT_EQ(tokens.size(), 3U);
  EXPECT_EQ(tokens[1].text.size(), kMaxTokenBytes);
  EXPECT_EQ(sanitized(tokens[1].text), tokens[1].text);
}

std::vector<std::size_t> character_starts(std::string_view text) {
  std::vector<std::size_t> starts;
  for (std::size_t i = 0; i < text.size();) {
    starts.push_back(i);
    decode(text, i);
  }
  starts.push_back(text.size());
  return starts;
}

CharacterClass class_at(std::string_view text, std::size_t offset) {
  if (offset >= text.size()) return CharacterClass::kSeparator;
  return class_of(decode(text, offset));
}

std::string random_document(std::mt19937& random) {
  static const std::vector<std::string> parts = {"令和",   "5",  "12",  "年",  "年度", "オープン",
                                                 "データ", "の", "AED", "r",   " ",    "・",
                                                 "(",      ")",  "市",  "open"};
  std::string text;
  for (std::size_t n = 1 + random() % 8; n > 0; --n) text += parts[random() % parts.size()];
  return fold(text);
}

TEST(Tokenizer, FindsEverySubstringThatStartsAtAWord) {
  std::mt19937 random(33);
  for (int round = 0; round < 500; ++round) {
    const std::string text = random_document(random);
    const auto document = document_tokens(text);
    const auto starts = character_starts(text);
    for (std::size_t i = 0; i + 1 < starts.size(); ++i) {
      const CharacterClass first = class_at(text, starts[i]);
      const bool inside =
          first != CharacterClass::kCjk && i > 0 && class_at(text, starts[i - 1]) == first;
      if (inside || first == CharacterClass::kSeparator) continue;
      for (std::size_t j = i + 1; j < starts.size(); ++j) {
        const std::string part = text.substr(starts[i], starts[j] - starts[i]);
        const QueryTokens query = query_tokens(part);
        const CharacterClass last = class_at(text, starts[j - 1]);
        const bool cut = last != CharacterClass::kCjk && class_at(text, starts[j]) == last;
        ASSERT_TRUE(finds(document, query, query.open_end || cut)) << part << " in " << text;
      }
    }
  }
}

TEST(Tokenizer, FindsNoPhraseThatIsNotThere) {
  std::mt19937 random(34);
  for (int round = 0; round < 500; ++round) {
    const std::string text = random_document(random);
    const std::string wanted = random_document(random);
    const QueryTokens query = query_tokens(wanted);
    if (!finds(document_tokens(text), query, query.open_end)) continue;
    // Found: then the text has the same characters in this order, whatever separates them.
    const auto letters = [](const std::string& from) {
      std::string only;
      for (std::size_t i = 0; i < from.size();) {
        const char32_t c = decode(from, i);
        if (class_of(c) != CharacterClass::kSeparator) append(only, c);
      }
      return only;
    };
    ASSERT_NE(letters(text).find(letters(wanted)), std::string::npos) << wanted << " in " << text;
  }
}

TEST(Tokenizer, SurvivesAnyBytes) {
  std::mt19937 random(35);
  for (int round = 0; round < 5'000; ++round) {
    std::string bytes;
    for (std::size_t n = random() % 20; n > 0; --n) bytes += static_cast<char>(random() % 256);
    for (const auto& token : document_tokens(bytes)) {
      ASSERT_FALSE(token.text.empty());
      ASSERT_NE(bytes.find(token.text), std::string::npos);
    }
  }
}

}  // namespace
}  // namespace minato::text
