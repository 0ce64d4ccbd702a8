// The catalogue's vocabulary. Plain values; rules about them are in names.h and vocabularies.h.
// An empty string means "not given" everywhere (CKAN's null).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/time.h"

namespace minato::core {

enum class State { kActive, kDraft, kDeleted };

struct Extra {
  std::string key;
  std::string value;
  bool operator==(const Extra&) const = default;
};

struct Tag {
  std::string id;
  std::string name;
  std::string vocabulary_id;  // empty: a free tag
  bool operator==(const Tag&) const = default;
};

struct Vocabulary {
  std::string id;
  std::string name;
};

// A column of a table as its Table Schema (Frictionless) declares it; searchable by name and title.
struct Column {
  std::string name;
  std::string title;
  std::string type;
  std::string unit;
  std::string description;
  bool operator==(const Column&) const = default;
};

struct Resource {
  std::string id;
  std::string dataset_id;
  std::int64_t position = 0;  // 0-based place in its dataset
  State state = State::kActive;
  std::string name;
  std::string description;
  std::string url;       // as given; of an uploaded file: its file name
  std::string url_type;  // "" (a link), "upload"
  std::string format;    // normalised by vocabularies.h: "CSV"
  std::string mimetype;
  std::string mimetype_inner;
  std::optional<std::int64_t> size;  // bytes
  std::string hash;                  // SHA-256 in hex for files we keep
  std::string resource_type;
  std::string cache_url;
  std::optional<Timestamp> cache_last_updated;
  Timestamp created;
  std::optional<Timestamp> last_modified;  // of the file
  Timestamp metadata_modified;
  std::string license_id;       // when it differs from the dataset's
  std::string blob;             // SHA-256 (hex) of the bytes we keep; empty: not kept here
  std::vector<Column> columns;  // declared schema
  std::vector<Extra> extras;
  bool operator==(const Resource&) const = default;
};

// ISO 8601 dates, either side may be open (empty).
struct Period {
  std::string start;
  std::string end;
  bool operator==(const Period&) const = default;
};

struct Contact {
  std::string name;
  std::string email;
  std::string url;
  std::string phone;
  bool operator==(const Contact&) const = default;
};

struct Dataset {
  std::string id;
  std::string name;   // ASCII slug, see names.h
  std::string title;  // in Japanese as a rule
  std::string title_kana;
  std::string title_en;
  std::string notes;
  std::string notes_en;
  std::string url;  // landing page at the publisher
  std::string version;
  std::string author;
  std::string author_email;
  std::string maintainer;
  std::string maintainer_email;
  std::string license_id;  // id of vocabularies.h, or a raw one seen in the wild
  std::string owner_org;   // organization id
  std::string creator_user_id;
  State state = State::kActive;
  bool is_private = false;
  Timestamp created;
  Timestamp modified;
  std::optional<Timestamp> publish_at;  // of a draft: when it becomes active
  std::vector<std::string> themes;  // e-Stat field codes "1".."16", "99"
  std::string frequency;            // code of vocabularies.h: "monthly"
  std::string language;             // BCP 47: "ja"
  Period temporal;
  std::vector<std::string> spatial;  // 全国地方公共団体コード, 6 digits
  Contact contact;
  std::vector<Resource> resources;  // by position
  std::vector<Tag> tags;            // by name
  std::vector<std::string> groups;  // group ids
  std::vector<Extra> extras;        // by key; never one of the fields above
  bool operator==(const Dataset&) const = default;
};

// Shared, because searches show the same datasets again and again.
using DatasetPointer = std::shared_ptr<const Dataset>;

// CKAN keeps organizations and groups in one namespace of names; so do we.
enum class GroupKind { kOrganization, kGroup };

struct Group {
  std::string id;
  GroupKind kind = GroupKind::kGroup;
  std::string name;  // organizations: the 6-digit code
  std::string title;
  std::string title_kana;
  std::string title_en;
  std::string description;
  std::string image_url;
  std::string homepage;
  std::string parent;              // id of the parent organization
  std::string municipality_kind;   // 都道府県, 政令指定都市, 市, 町, 村
  std::string county;              // 郡
  std::optional<double> latitude;  // degrees, WGS 84
  std::optional<double> longitude;
  State state = State::kActive;
  Timestamp created;
  std::vector<Extra> extras;
  bool operator==(const Group&) const = default;
};

}  // namespace minato::core
