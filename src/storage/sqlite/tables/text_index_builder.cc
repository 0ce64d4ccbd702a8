#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "storage/sqlite/tables/cells.h"
#include "storage/sqlite/tables/posting_block.h"
#include "storage/sqlite/tables/postings.h"
#include "storage/sqlite/tables/table_document.h"
#include "storage/sqlite/tables/table_error.h"
#include "storage/sqlite/tables/text_index.h"
#include "storage/sqlite/tables/token_table.h"
#include "storage/sqlite/tables/value_hash.h"
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
constexpr std::uint32_t kFirstAsked = 4'000;

struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return hash_text(text); }
};
template <typename Value>
using TextMap = std::unordered_map<std::string, Value, TextHash, std::equal_to<>>;

// Nearly all numbers, codes, dates and addresses of the web are their own folded form.
bool is_folded(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return c > ' ' && c < 0x7F && (c < 'A' || c > 'Z'); });
}

// Tokens are noted row by row and brought together at the end: to append to hundreds of thousands
// of lists at once would miss the processor's cache each time.
class ChunkBuilder {
 public:
  // REQUIRES: takes(number); numbers ascend.
  void start_row(std::int64_t number) {
    if (begins_.empty()) first_ = number;
    numbers_.push_back(static_cast<std::uint16_t>(number - first_));
    begins_.push_back(static_cast<std::uint32_t>(posts_.size()));
  }
  // Rows that were removed leave gaps between the numbers.
  [[nodiscard]] bool takes(std::int64_t number) const {
    return begins_.empty() || number - first_ < static_cast<std::int64_t>(kChunkRows);
  }
  void add(std::string_view value, std::size_t column) {
    if (columns_.size() <= column) columns_.resize(column + 1);
    if (value.size() > kLongValue || !columns_[column].repeats()) return post_tokens(value);
    ++columns_[column].asked;
    if (const auto known = known_.find(value); known != known_.end()) {
      ++columns_[column].known;
      posts_.insert(posts_.end(), known->second.begin(), known->second.end());
      return;
    }
    const auto before = static_cast<std::ptrdiff_t>(posts_.size());
    post_tokens(value);
    if (known_.size() < kMaxKnownValues) {
      known_.emplace(value, std::vector<std::uint32_t>(posts_.begin() + before, posts_.end()));
    }
  }
  [[nodiscard]] bool full() const {
    return rows() == kChunkRows || posts_.size() >= kMaxPostings || tokens_.size() >= kMaxTokens;
  }
  [[nodiscard]] std::int64_t first() const { return first_; }
  [[nodiscard]] std::size_t rows() const { return begins_.size(); }

  void write(Statement& insert, std::int64_t chunk) {
    TextMap<std::vector<std::uint32_t>>().swap(known_);
    bring_together();
    std::string first;
    std::string block;
    const auto end_block = [&] {
      insert.bind(1, chunk).bind(2, first);
      sqlite3_bind_blob64(insert.handle(), 3, block.data(), block.size(), SQLITE_STATIC);
      insert.run();
      block.clear();
    };
    for (const std::uint32_t number : tokens_.sorted()) {
      if (block.empty()) first = tokens_.text(number);
      const std::span<const std::uint16_t> rows(&lists_[starts_[number]],
                                                ends_[number] - starts_[number]);
      append_to_block(tokens_.text(number), encode_posting(rows), block);
      if (block.size() >= kBlockBytes) end_block();
    }
    if (!block.empty()) end_block();
  }

 private:
  // Where values seldom come again, looking for them costs more than it saves.
  struct Column {
    std::uint32_t asked = 0;
    std::uint32_t known = 0;
    [[nodiscard]] bool repeats() const { return asked < kFirstAsked || known >= asked / 4; }
  };

  void post_tokens(std::string_view value) {
    std::string folded;
    if (!is_folded(value)) {
      folded = text::fold(value);
      value = folded;
    }
    text::Tokenizer tokenizer(value, text::TokenizerMode::kDocument);
    for (text::Token token; tokenizer.next(token);) posts_.push_back(tokens_.number_of(token.text));
  }
  // The rows of each token, ascending, each once: starts_[token] to ends_[token] of lists_.
  void bring_together() {
    starts_.assign(tokens_.size() + 1, 0);
    for (const std::uint32_t token : posts_) ++starts_[token + 1];
    for (std::size_t i = 1; i < starts_.size(); ++i) starts_[i] += starts_[i - 1];
    ends_.assign(starts_.begin(), starts_.end() - 1);
    lists_.resize(posts_.size());
    for (std::size_t row = 0; row < begins_.size(); ++row) {
      const std::size_t end = row + 1 < begins_.size() ? begins_[row + 1] : posts_.size();
      for (std::size_t at = begins_[row]; at < end; ++at) {
        const std::uint32_t token = posts_[at];
        std::uint32_t& next = ends_[token];
        if (next > starts_[token] && lists_[next - 1] == numbers_[row]) continue;
        lists_[next++] = numbers_[row];
      }
    }
    std::vector<std::uint32_t>().swap(posts_);
  }

  TokenTable tokens_;
  std::int64_t first_ = 0;              // number of the first row
  std::vector<std::uint16_t> numbers_;  // of the rows, from that one on
  std::vector<std::uint32_t> posts_;    // tokens of the rows, one row behind the other
  std::vector<std::uint32_t> begins_;   // of each row
  std::vector<std::uint32_t> starts_;
  std::vector<std::uint32_t> ends_;
  std::vector<std::uint16_t> lists_;
  TextMap<std::vector<std::uint32_t>> known_;
  std::vector<Column> columns_;
};

class IndexBuilder {
 public:
  IndexBuilder(Connection& rows, const std::string& path) : rows_(rows), out_(options(path)) {
    out_.run(
        "BEGIN; CREATE TABLE properties(name TEXT PRIMARY KEY, value) WITHOUT ROWID;"
        "CREATE TABLE chunks(number INTEGER PRIMARY KEY, first INTEGER, rows INTEGER);"
        "CREATE TABLE blocks(chunk INTEGER, first TEXT, lists BLOB,"
        " PRIMARY KEY(chunk, first)) WITHOUT ROWID");
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
      const std::int64_t number = select.integer(0);
      if (!chunk_.takes(number)) end_chunk();
      chunk_.start_row(number);
      for (int i = 1; i <= count; ++i) {
        const std::string_view value = select.text(i);
        if (!value.empty()) chunk_.add(value, static_cast<std::size_t>(i));
      }
      if (chunk_.full()) end_chunk();
    }
    if (chunk_.rows() > 0) end_chunk();
    Statement stamp = out_.prepare("INSERT INTO properties VALUES('blocks_stamp', ?1)");
    stamp.bind(1, read_stamp(rows_)).run();
    out_.run("COMMIT");
  }

 private:
  static ConnectionOptions options(const std::string& path) {
    return {path, ConnectionOptions::Access::kDraft, 4096};
  }
  void end_chunk() {
    const auto count = static_cast<std::int64_t>(chunk_.rows());
    Statement chunk = out_.prepare("INSERT INTO chunks VALUES(?1, ?2, ?3)");
    chunk.bind_all(++chunks_, chunk_.first(), count).run();
    Statement insert = out_.prepare("INSERT INTO blocks VALUES(?1, ?2, ?3)");
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
