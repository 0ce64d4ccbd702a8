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

// Tags of that vocabulary which active public datasets carry, by name.
std::vector<core::Tag> list_tags(Connection& connection, const TagListRequest& request);
// By id, else by name within the vocabulary (empty: the free tags).
std::optional<core::Tag> find_tag(Connection& connection, std::string_view id_or_name,
                                  std::string_view vocabulary_id);
// The number of the tag; it gets one, and an id, on first use. Nothing: there is no such
// vocabulary.
std::optional<std::int64_t> intern_tag(Connection& connection, const core::Tag& tag);

// True for the empty id: the free tags.
bool vocabulary_exists(Connection& connection, std::string_view id);
// By name.
std::vector<core::Vocabulary> list_vocabularies(Connection& connection);
// False, and nothing done: another vocabulary has the name.
bool save_vocabulary(Connection& connection, const core::Vocabulary& vocabulary);

}  // namespace minato::storage::sqlite
