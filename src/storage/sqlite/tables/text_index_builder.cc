#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "storage/sqlite/tables/cells.h"
#include "storage/sqlite/tables/postings.h"
#include "storage/sqlite/tables/table_document.h"
#include "storage/sqlite/tables/table_error.h"
#include "storage/sqlite/tables/text_index.h"
#include "text/fold.h"
#include "text/tokenizer.h"

namespace minato::storage::sqlite::tables {
namespace {

using core::Result;

// A chunk ends early where rows are wide, so that memory stays within some 100 MiB.
constexpr std::size_t kMaxPostings = 8'000'000;
constexpr std::size_t kMaxTokens = 400'000;
// Values that come again and again are folded once per chunk.
constexpr std::size_t kMaxKnownValues = 50'000;
constexpr std::size_t kLongValue = 64;

struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const {
    return std::hash<std::string_view>{}(text);
  }
};
template <typename Value>
using TextMap = std::unordered_map<std::string, Value, TextHash, std::equal_to<>>;

class ChunkBuilder {
 public:
  void start_row() { ++rows_; }
  void add(std::string_view value) {
    if (const auto known = known_.find(value); known != known_.end()) {
      for (const std::uint32_t token : known->second) post(token);
      return;
    }
    const std::vector<std::uint32_t> tokens = tokens_of(value);
    for (const std::uint32_t token : tokens) post(token);
    if (value.size() <= kLongValue && known_.size() < kMaxKnownValues) {
      known_.emplace(value, tokens);
    }
  }
  [[nodiscard]] bool full() const {
    return rows_ == kChunkRows || postings_count_ >= kMaxPostings || numbers_.size() >= kMaxTokens;
  }
  [[nodiscard]] std::size_t rows() const { return rows_; }

  void write(Statement& insert, std::int64_t chunk) {
    std::vector<std::pair<std::string_view, std::uint32_t>> order(numbers_.begin(), numbers_.end());
    std::sort(order.begin(), order.end());
    for (const auto& [token, number] : order) {
      const std::string posting = encode_posting(postings_[number]);
      insert.bind(1, chunk).bind(2, token);
      sqlite3_bind_blob64(insert.handle(), 3, posting.data(), posting.size(), SQLITE_STATIC);
      insert.run();
    }
  }

 private:
  std::vector<std::uint32_t> tokens_of(std::string_view value) {
    std::vector<std::uint32_t> tokens;
    const std::string folded = text::fold(value);
    text::Tokenizer tokenizer(folded, text::TokenizerMode::kDocument);
    for (text::Token token; tokenizer.next(token);) tokens.push_back(number_of(token.text));
    return tokens;
  }
  std::uint32_t number_of(std::string_view token) {
    if (const auto found = numbers_.find(token); found != numbers_.end()) return found->second;
    const auto number = static_cast<std::uint32_t>(postings_.size());
    numbers_.emplace(token, number);
    postings_.emplace_back();
    return number;
  }
  void post(std::uint32_t token) {
    const auto row = static_cast<std::uint16_t>(rows_ - 1);
    auto& posting = postings_[token];
    if (!posting.empty() && posting.back() == row) return;
    posting.push_back(row);
    ++postings_count_;
  }

  TextMap<std::uint32_t> numbers_;
  std::vector<std::vector<std::uint16_t>> postings_;
  TextMap<std::vector<std::uint32_t>> known_;
  std::size_t rows_ = 0;
  std::size_t postings_count_ = 0;
};

class IndexBuilder {
 public:
  IndexBuilder(Connection& rows, const std::string& path) : rows_(rows), out_(options(path)) {
    out_.run(
        "BEGIN; CREATE TABLE properties(name TEXT PRIMARY KEY, value) WITHOUT ROWID;"
        "CREATE TABLE chunks(number INTEGER PRIMARY KEY, first INTEGER, rows INTEGER);"
        "CREATE TABLE postings(chunk INTEGER, token TEXT, rows BLOB,"
        " PRIMARY KEY(chunk, token)) WITHOUT ROWID");
  }

  void build() {
    const core::TableSchema schema = read_schema(rows_);
    std::string sql = "SELECT id";
    int count = 0;
    for (std::size_t i = 0; i < schema.columns.size(); ++i) {
      if (schema.columns[i].type == core::ColumnType::kBoolean) continue;
      sql += ", " + alias(i);
      ++count;
    }
    Statement select = rows_.prepare(sql + " FROM rows ORDER BY id");
    while (select.step()) {
      chunk_.start_row();
      for (int i = 1; i <= count; ++i) {
        if (const std::string_view value = select.text(i); !value.empty()) chunk_.add(value);
      }
      if (chunk_.full()) end_chunk(select.integer(0));
    }
    if (chunk_.rows() > 0) end_chunk(schema.rows);
    Statement stamp = out_.prepare("INSERT INTO properties VALUES('stamp', ?1)");
    stamp.bind(1, read_stamp(rows_)).run();
    out_.run("COMMIT");
  }

 private:
  static ConnectionOptions options(const std::string& path) {
    return {path, ConnectionOptions::Access::kDraft, 4096};
  }
  void end_chunk(std::int64_t last) {
    const auto count = static_cast<std::int64_t>(chunk_.rows());
    Statement chunk = out_.prepare("INSERT INTO chunks VALUES(?1, ?2, ?3)");
    chunk.bind_all(++chunks_, last - count + 1, count).run();
    Statement insert = out_.prepare("INSERT INTO postings VALUES(?1, ?2, ?3)");
    chunk_.write(insert, chunks_);
    chunk_ = ChunkBuilder();
  }

  Connection& rows_;
  Connection out_;
  ChunkBuilder chunk_;
  std::int64_t chunks_ = 0;
};

}  // namespace

Result<void> build_text_index(const TableFiles& files, const TableKey& key, Connection& rows) {
  auto draft = files.draft();
  if (!draft) return tl::unexpected(draft.error());
  auto built = table_guarded([&]() -> Result<void> {
    IndexBuilder(rows, draft->path()).build();
    return {};
  });
  if (!built) return built;
  return files.publish(std::move(*draft), key, TableFile::kText);
}

}  // namespace minato::storage::sqlite::tables
