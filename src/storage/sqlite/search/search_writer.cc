#include <SQLiteCpp/Exception.h>

#include <map>

#include "storage/sqlite/search/document_content.h"
#include "storage/sqlite/search/document_record.h"
#include "storage/sqlite/search/raw_statement.h"
#include "storage/sqlite/search/search_index.h"
#include "storage/sqlite/sqlite_error.h"

namespace minato::storage::sqlite::search {
namespace {

constexpr auto kLong = RawStatement::Kept::kLong;

// The statements of a writer, prepared at its first write.
struct Statements {
  explicit Statements(sqlite3* db)
      : newest(db, kNewestDocument, kLong),
        old(db, "SELECT document, attributes FROM search_document WHERE dataset = ?1", kLong),
        remove(db, "DELETE FROM search_document WHERE document = ?1", kLong),
        remove_text(db, "DELETE FROM search_text WHERE rowid = ?1", kLong),
        remove_value(db,
                     "DELETE FROM search_value WHERE field = ?1 AND value = ?2 AND document = ?3",
                     kLong),
        add(db, "INSERT INTO search_document (document, dataset, attributes) VALUES (?1, ?2, ?3)",
            kLong),
        add_text(db,
                 "INSERT INTO search_text (rowid, title, name, tags, organization, notes, columns,"
                 " res_name, res_description, author, maintainer, rest)"
                 " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
                 kLong),
        add_value(db, "INSERT INTO search_value (field, value, document) VALUES (?1, ?2, ?3)",
                  kLong),
        field(db, "SELECT field FROM search_field WHERE name = ?1", kLong),
        add_field(db, "INSERT INTO search_field (name) VALUES (?1)", kLong) {}

  RawStatement newest, old, remove, remove_text, remove_value, add, add_text, add_value, field,
      add_field;
};

bool in_file(std::string_view field) { return index_field(field).place == Place::kFile; }

}  // namespace

class SearchWriter::Implementation {
 public:
  explicit Implementation(sqlite3* db) : db_(db) {}

  void index(const IndexedDataset& entry) {
    const DocumentContent content = content_of(entry);
    const std::int64_t document = next_document();
    forget(entry.rowid);
    add_texts(document, content);
    const DocumentRecord record = record_of(entry.dataset, content);
    for (std::size_t i = 0; i < content.values.size(); ++i) {
      if (!in_file(content.values[i].first)) continue;
      const auto& value = record.values[i];
      s().add_value.bind(1, value.field).bind(2, value.value).bind(3, document).run();
    }
    const std::string bytes = encode(record);
    s().add.bind(1, document).bind(2, entry.rowid).bind_blob(3, bytes).run();
  }

  void remove(std::int64_t rowid) {
    const std::int64_t document = next_document();
    if (!forget(rowid)) return;
    // The row without attributes tells those who have the old document in memory.
    RawStatement gone(db_, "INSERT INTO search_document (document, dataset) VALUES (?1, ?2)");
    gone.bind(1, document).bind(2, rowid).run();
  }

  void clear() {
    // Numbers go on growing, so that no picture in memory takes new documents for old ones.
    const std::int64_t document = next_document();
    for (const char* sql : {"DELETE FROM search_text", "DELETE FROM search_value",
                            "UPDATE search_document SET attributes = NULL"}) {
      RawStatement(db_, sql).run();
    }
    RawStatement renumber(db_, "UPDATE search_document SET document = document + ?1");
    renumber.bind(1, document).run();
  }

 private:
  Statements& s() {
    if (!statements_) statements_ = std::make_unique<Statements>(db_);
    return *statements_;
  }

  std::int64_t next_document() {
    s().newest.step();
    const std::int64_t newest = s().newest.integer(0);
    s().newest.run();
    return newest + 1;
  }

  // False when nothing was indexed. A row without attributes goes too: a newer one will replace it.
  bool forget(std::int64_t rowid) {
    s().old.bind(1, rowid);
    if (!s().old.step()) {
      s().old.run();
      return false;
    }
    const std::int64_t document = s().old.integer(0);
    const std::string attributes(s().old.blob(1));
    s().old.run();
    if (!attributes.empty()) forget_content(document, attributes);
    s().remove.bind(1, document).run();
    return true;
  }

  void forget_content(std::int64_t document, const std::string& attributes) {
    DocumentRecord record;
    if (!decode_record(attributes, record)) {
      throw SQLite::Exception("search_document is damaged", SQLITE_CORRUPT);
    }
    s().remove_text.bind(1, document).run();
    for (const auto& value : record.values) {
      s().remove_value.bind(1, value.field).bind(2, value.value).bind(3, document).run();
    }
  }

  void add_texts(std::int64_t document, const DocumentContent& content) {
    s().add_text.bind(1, document);
    for (std::size_t i = 0; i < content.texts.size(); ++i) {
      s().add_text.bind(static_cast<int>(i) + 2, content.texts[i]);
    }
    s().add_text.run();
  }

  // Views into both arguments.
  DocumentRecord record_of(const core::Dataset& d, const DocumentContent& content) {
    DocumentRecord record;
    record.id = d.id;
    record.name = d.name;
    record.title = d.title;
    record.created = d.created.us;
    record.modified = d.modified.us;
    record.state = d.state;
    record.is_private = d.is_private;
    record.num_tags = static_cast<std::uint32_t>(d.tags.size());
    record.num_resources = static_cast<std::uint32_t>(d.resources.size());
    record.tokens = content.tokens;
    record.title_tokens = content.title_tokens;
    for (std::size_t i = 0; i < content.texts.size(); ++i) {
      if (!content.texts[i].empty()) record.texts |= 1U << i;
    }
    for (const auto& [field, value] : content.values) {
      record.values.push_back({field_number(field), value});
    }
    return record;
  }

  // Looked up each time: what a rolled back transaction numbered must not be remembered.
  std::uint32_t field_number(const std::string& name) {
    s().field.bind(1, name);
    const bool found = s().field.step();
    const std::int64_t number = found ? s().field.integer(0) : 0;
    s().field.run();
    if (found) return static_cast<std::uint32_t>(number);
    s().add_field.bind(1, name).run();
    return static_cast<std::uint32_t>(sqlite3_last_insert_rowid(db_));
  }

  sqlite3* db_;
  std::unique_ptr<Statements> statements_;
};

SearchWriter::SearchWriter(sqlite3* db) : implementation_(std::make_unique<Implementation>(db)) {}
SearchWriter::~SearchWriter() = default;

core::Result<void> SearchWriter::index(const IndexedDataset& entry) {
  return guarded([&]() -> core::Result<void> {
    implementation_->index(entry);
    return {};
  });
}

core::Result<void> SearchWriter::remove(std::int64_t rowid) {
  return guarded([&]() -> core::Result<void> {
    implementation_->remove(rowid);
    return {};
  });
}

core::Result<void> SearchWriter::clear() {
  return guarded([&]() -> core::Result<void> {
    implementation_->clear();
    return {};
  });
}

}  // namespace minato::storage::sqlite::search
