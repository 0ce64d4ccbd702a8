#include "storage/sqlite/tables/text_index.h"

#include <SQLiteCpp/Exception.h>

#include <array>
#include <bit>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

#include "storage/sqlite/tables/posting_block.h"
#include "storage/sqlite/tables/postings.h"
#include "storage/sqlite/tables/sql_text.h"

namespace minato::storage::sqlite::tables {
namespace {

struct Chunk {
  std::int64_t number;
  std::int64_t first;
};

std::vector<Chunk> chunks_of(Connection& connection) {
  std::vector<Chunk> chunks;
  Statement select = connection.prepare("SELECT number, first FROM chunks ORDER BY number");
  while (select.step()) chunks.push_back({select.integer(0), select.integer(1)});
  return chunks;
}

[[noreturn]] void throw_damaged() { throw SQLite::Exception("posting list", SQLITE_CORRUPT); }

// The rows of the tokens of a block that are from `token` to `last`; true: the next block may have
// more of them.
bool add_from_block(std::string_view bytes, std::string_view token, std::string_view last,
                    ChunkRows& rows) {
  PostingBlock block(bytes);
  while (block.next()) {
    if (block.token() > last) return false;
    if (block.token() >= token && !add_posting(block.posting(), rows)) throw_damaged();
  }
  if (block.damaged()) throw_damaged();
  return true;
}

// The block where a token must be, and those behind it.
struct BlockQueries {
  Statement first;
  Statement rest;
};

// The rows of one chunk that have a token, or one that begins with it.
void collect(BlockQueries& blocks, std::int64_t chunk, const std::string& token, bool prefix,
             ChunkRows& rows) {
  // The last character there is.
  const std::string last = prefix ? token + "\xF4\x8F\xBF\xBF" : token;
  blocks.first.bind(1, chunk).bind(2, token);
  bool more = !blocks.first.step() || add_from_block(blocks.first.text(0), token, last, rows);
  blocks.first.reset();
  if (!prefix || !more) return;
  blocks.rest.bind(1, chunk).bind(2, token).bind(3, last);
  while (more && blocks.rest.step()) more = add_from_block(blocks.rest.text(0), token, last, rows);
  blocks.rest.reset();
}

}  // namespace

std::unique_ptr<TextIndex> TextIndex::open(const TableFiles& files, const TableKey& key,
                                           std::int64_t stamp) {
  if (!files.identity(key, TableFile::kText)) return nullptr;
  ConnectionOptions options;
  options.path = immutable_uri(files.path(key, TableFile::kText));
  options.access = ConnectionOptions::Access::kImmutable;
  options.cache_kib = 512;
  options.idle_statements = 4;
  std::unique_ptr<TextIndex> index(new TextIndex(options));
  if (index->connection_.integer("SELECT value FROM properties WHERE name = 'blocks_stamp'") !=
      stamp) {
    return nullptr;
  }
  return index;
}

std::optional<RowList> TextIndex::candidates(const WordMatcher& matcher, std::size_t most,
                                             core::Deadline deadline) {
  std::vector<std::pair<std::string, bool>> tokens;
  for (const auto& word : matcher.words()) {
    for (std::size_t i = 0; i < word.tokens.tokens.size(); ++i) {
      const bool last = i + 1 == word.tokens.tokens.size();
      tokens.emplace_back(word.tokens.tokens[i], last && word.tokens.open_end);
    }
  }
  if (tokens.empty()) return std::nullopt;
  connection_.set_deadline(deadline);
  BlockQueries blocks{
      connection_.prepare("SELECT lists FROM blocks WHERE chunk = ?1 AND first <= ?2"
                          " ORDER BY first DESC LIMIT 1"),
      connection_.prepare("SELECT lists FROM blocks WHERE chunk = ?1 AND first > ?2"
                          " AND first <= ?3 ORDER BY first")};
  auto found = std::make_shared<std::vector<std::int64_t>>();
  for (const Chunk& chunk : chunks_of(connection_)) {
    connection_.check_deadline();
    ChunkRows common;
    common.fill(~std::uint64_t{0});
    for (const auto& [token, prefix] : tokens) {
      ChunkRows rows{};
      collect(blocks, chunk.number, token, prefix, rows);
      for (std::size_t i = 0; i < rows.size(); ++i) common[i] &= rows[i];
    }
    append_rows(common, chunk.first, *found);
    if (found->size() > most) return std::nullopt;
  }
  return found;
}

}  // namespace minato::storage::sqlite::tables
