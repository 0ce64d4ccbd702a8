// Tags and vocabularies as rows. Every call may throw SQLite::Exception.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/dataset.h"
#include "storage/catalog_store.h"
#include "storage/sqlite/connection.h"

namespace minato::storage::sqlite {

// Tags of that vocabulary which active public datasets carry (or all of them), by name.
std::vector<core::Tag> list_tags(Connection& connection, const TagListRequest& request);
// By id, else by name within the vocabulary (empty: the free tags).
std::optional<core::Tag> find_tag(Connection& connection, std::string_view id_or_name,
                                  std::string_view vocabulary_id);
// The number of the tag; it gets one, and an id, on first use. Nothing: there is no such
// vocabulary.
std::optional<std::int64_t> intern_tag(Connection& connection, const core::Tag& tag);
std::optional<std::int64_t> find_tag_by_id(Connection& connection, std::string_view id);
// Inserts the tag or replaces the one with that id, and returns its number; nothing, and nothing
// done, when another tag of the vocabulary has the name. REQUIRES: the vocabulary exists.
std::optional<std::int64_t> save_tag(Connection& connection, const core::Tag& tag);
std::vector<std::int64_t> datasets_with_tag(Connection& connection, std::int64_t tag_no);
// From all datasets, too.
void delete_tag(Connection& connection, std::int64_t tag_no);

// True for the empty id: the free tags.
bool vocabulary_exists(Connection& connection, std::string_view id);
// By name.
std::vector<core::Vocabulary> list_vocabularies(Connection& connection);
// False, and nothing done: another vocabulary has the name.
bool save_vocabulary(Connection& connection, const core::Vocabulary& vocabulary);
// False, and nothing done: it has tags. Not finding it is fine.
bool delete_vocabulary(Connection& connection, std::string_view id);

}  // namespace minato::storage::sqlite
