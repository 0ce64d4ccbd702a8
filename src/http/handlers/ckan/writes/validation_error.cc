#include "http/handlers/ckan/writes/validation_error.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <utility>
#include <vector>

#include "formats/json.h"

namespace minato::http::ckan {
namespace {

using Messages = std::vector<std::string>;
// In the order in which they first came up.
using Fields = std::vector<std::pair<std::string, Messages>>;

void add_message(Fields& fields, std::string_view field, const std::string& message) {
  const auto known = std::find_if(fields.begin(), fields.end(),
                                  [&](const auto& entry) { return entry.first == field; });
  if (known == fields.end()) {
    fields.push_back({std::string(field), {message}});
  } else if (std::find(known->second.begin(), known->second.end(), message) ==
             known->second.end()) {
    known->second.push_back(message);
  }
}

std::vector<std::string> tokens_of(std::string_view pointer) {
  std::vector<std::string> tokens;
  while (!pointer.empty()) {
    if (pointer.starts_with('/')) pointer.remove_prefix(1);
    const std::size_t end = std::min(pointer.find('/'), pointer.size());
    std::string token;
    for (std::size_t i = 0; i < end; ++i) {
      const bool escape = pointer[i] == '~' && i + 1 < end;
      token += !escape ? pointer[i] : pointer[++i] == '1' ? '/' : '~';
    }
    tokens.push_back(std::move(token));
    pointer.remove_prefix(end);
  }
  return tokens;
}

std::optional<std::size_t> index_of(const std::string& token) {
  std::size_t index = 0;
  const auto [end, fault] = std::from_chars(token.data(), token.data() + token.size(), index);
  if (fault != std::errc() || end != token.data() + token.size() || index >= 100'000) {
    return std::nullopt;
  }
  return index;
}

// Fields that CKAN's clients know as extras.
std::string extra_name(const std::vector<std::string>& tokens) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kNames = {
      {{"contact/name", "contact_name"},
       {"contact/email", "contact_email"},
       {"contact/url", "contact_uri"},
       {"contact/phone", "contact_phone"},
       {"temporal/start", "temporal_start"},
       {"temporal/end", "temporal_end"},
       {"themes", "theme"},
       {"spatial", "spatial_codes"}}};
  const std::string one = tokens.front();
  const std::string two = tokens.size() > 1 ? one + "/" + tokens[1] : one;
  for (const auto& [path, name] : kNames) {
    if (path == one || path == two) return std::string(name);
  }
  return one;
}

// [{}, {"size": ["Invalid integer"]}]
class PositionalList {
 public:
  void add(std::size_t index, std::string_view field, const std::string& message) {
    add_message(items_[index], field, message);
  }
  [[nodiscard]] bool empty() const { return items_.empty(); }
  [[nodiscard]] std::string json() const {
    std::string text;
    formats::JsonWriter json(text);
    json.begin_array();
    for (std::size_t i = 0; i <= items_.rbegin()->first; ++i) {
      json.begin_object();
      const auto item = items_.find(i);
      if (item != items_.end()) write(json, item->second);
      json.end_object();
    }
    json.end_array();
    return text;
  }

 private:
  static void write(formats::JsonWriter& json, const Fields& fields) {
    for (const auto& [field, messages] : fields) {
      json.key(field).begin_array();
      for (const auto& message : messages) json.string(message);
      json.end_array();
    }
  }

  std::map<std::size_t, Fields> items_;
};

class Shapes {
 public:
  explicit Shapes(std::optional<std::size_t> resource) : resource_(resource) {}

  void add(const core::ErrorDetail& detail) {
    const auto tokens = tokens_of(detail.param);
    const std::string& message = detail.message.en;
    const auto index = tokens.size() > 1 ? index_of(tokens[1]) : std::nullopt;
    if (tokens.empty()) {
      message_ = message;
    } else if (index && tokens.front() == "resources" && tokens.size() > 2) {
      add_of_resource(*index, tokens[2], message);
    } else if (index && tokens.front() == "tags") {
      add_of_tag(*index, message);
    } else if (index && tokens.front() == "extras" && message.starts_with("Duplicate key")) {
      add_message(error_.fields, "extras_validation", message);
    } else if (index && tokens.front() == "extras" && tokens.size() > 2) {
      extras_.add(*index, tokens[2], message);
    } else {
      add_message(error_.fields, extra_name(tokens), message);
    }
  }

  CkanError take() {
    if (!tags_.empty()) {
      Messages flat;
      for (auto& [index, text] : tags_) flat.push_back(std::move(text));
      error_.fields.emplace_back("tags", std::move(flat));
    }
    if (!resources_.empty()) error_.nested.emplace_back("resources", resources_.json());
    if (!extras_.empty()) error_.nested.emplace_back("extras", extras_.json());
    error_.message = message_;
    return std::move(error_);
  }

 private:
  void add_of_resource(std::size_t index, std::string_view field, const std::string& message) {
    if (resource_ == index) {
      add_message(error_.fields, field, message);
    } else {
      resources_.add(index, field, message);
    }
  }
  void add_of_tag(std::size_t index, const std::string& message) {
    std::string& text = tags_[index];
    if (!text.empty()) text += ", ";
    text += message;
  }

  std::optional<std::size_t> resource_;
  CkanError error_;
  std::string message_;
  std::map<std::size_t, std::string> tags_;
  PositionalList resources_;
  PositionalList extras_;
};

}  // namespace

CkanError validation_error(const core::Error& error, std::optional<std::size_t> resource) {
  Shapes shapes(resource);
  for (const auto& detail : error.details) shapes.add(detail);
  CkanError shaped = shapes.take();
  const bool says_nothing =
      shaped.fields.empty() && shaped.nested.empty() && shaped.message.empty();
  if (says_nothing) shaped.message = error.message.en;
  return shaped;
}

tl::unexpected<Failure> write_failed(core::Error error, std::optional<std::size_t> resource) {
  switch (error.code) {
    case core::ErrorCode::kInvalidArgument:
    case core::ErrorCode::kConflict:
      return tl::unexpected<Failure>(validation_error(error, resource));
    case core::ErrorCode::kTooLarge:
      return invalid("upload", "File upload too large");
    default:
      return failed(std::move(error));
  }
}

tl::unexpected<Failure> invalid_text(std::string_view field, std::string_view message) {
  CkanError error;
  std::string text;
  formats::append_json_string(text, message);
  error.nested.emplace_back(field, std::move(text));
  return tl::unexpected<Failure>(std::move(error));
}

}  // namespace minato::http::ckan
