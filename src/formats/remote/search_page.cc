#include "formats/remote/search_page.h"

#include <charconv>
#include <utility>

#include "core/utf8.h"
#include "formats/remote/json_slices.h"
#include "text/utf8.h"

namespace minato::formats {
namespace {

using core::ErrorCode;
using Slices = std::vector<JsonSlice>;

constexpr std::size_t kMaxQuote = 300;  // bytes of the remote's words in our messages

tl::unexpected<core::Error> fail_reply(core::LocalizedText message) {
  return core::fail(ErrorCode::kUpstream, "harvest-reply", std::move(message),
                    {"収集元の URL が CKAN のポータルのものか、ブラウザーで "
                     "{URL}/api/3/action/package_search を開いて確かめてください。",
                     "Check that the URL of the source is that of a CKAN portal: open "
                     "{URL}/api/3/action/package_search in a browser."});
}

// {"__type": "Authorization Error", "message": "Access denied"}, a plain text, or anything.
std::string words_of(std::string_view error) {
  std::string words = text_of_slice(error);
  if (words.empty() && error.starts_with('{')) {
    if (const auto members = slice_json(error))
      words = text_of_slice(slice_of(*members, "message"));
  }
  if (words.empty()) words = error;
  return std::string(text::truncated(text::sanitized(words), kMaxQuote));
}

tl::unexpected<core::Error> fail_remote(std::string_view error) {
  const std::string words = words_of(error);
  return core::fail(ErrorCode::kUpstream, "harvest-remote-error",
                    {"収集元の CKAN が要求を断りました: " + words,
                     "The CKAN of the source refused the request: " + words},
                    {"収集元の設定（URL、organizations、api_key）を確かめてください。",
                     "Check the source's URL and its options organizations and api_key."});
}

// The text of `result`, whatever envelope there is.
core::Result<std::string_view> result_of(std::string_view body) {
  while (!body.empty() && (body.front() == ' ' || body.front() == '\n' || body.front() == '\r' ||
                           body.front() == '\t')) {
    body.remove_prefix(1);
  }
  if (body.starts_with("\xEF\xBB\xBF")) body.remove_prefix(3);
  if (body.starts_with('[')) return body;
  if (body.starts_with('<')) {
    return fail_reply(
        {"JSON ではなく HTML のページが返りました。", "An HTML page came instead of JSON."});
  }
  if (!body.starts_with('{')) {
    return fail_reply({"JSON ではないものが返りました。", "Something else than JSON came."});
  }
  const auto members = slice_json(body);
  if (!members) return tl::unexpected<core::Error>(members.error());
  const std::string_view result = slice_of(*members, "result");
  if (slice_of(*members, "success") == "false") {
    const std::string_view error = slice_of(*members, "error");
    return fail_remote(error.empty() ? result : error);
  }
  if (result.starts_with('{') || result.starts_with('[')) return result;
  if (!slice_of(*members, "results").empty()) return body;
  const std::string_view error = slice_of(*members, "error");
  if (!error.empty() && error != "null") return fail_remote(error);
  return fail_reply(
      {"返された JSON に result がありません。", "The JSON that came has no result."});
}

void add_text(std::vector<std::string>& texts, std::string text) {
  if (!text.empty()) texts.push_back(std::move(text));
}

// Names of an organization or group: {"id", "name", "title"}, or a plain text.
void add_names(std::vector<std::string>& names, std::string_view value) {
  if (!value.starts_with('{')) return add_text(names, text_of_slice(value));
  const auto members = slice_json(value);
  if (!members) return;
  for (const std::string_view key : {"name", "id", "title"}) {
    add_text(names, text_of_slice(slice_of(*members, key)));
  }
}

RecordHead head_of(std::string_view json) {
  RecordHead head;
  head.json = json;
  if (!json.starts_with('{')) return head;
  const auto members = slice_json(json);
  if (!members) return head;
  const auto text = [&](std::string_view key) { return text_of_slice(slice_of(*members, key)); };
  head.id = text("id");
  head.name = text("name");
  head.modified = text("metadata_modified");
  head.type = text("type");
  if (head.type.empty()) head.type = text("dataset_type");
  head.state = text("state");
  head.is_private = text("private") == "true" || text("capacity") == "private";
  add_names(head.organizations, slice_of(*members, "organization"));
  add_text(head.organizations, text("owner_org"));
  const std::string_view groups = slice_of(*members, "groups");
  if (groups.starts_with('[')) {
    if (const auto list = slice_json(groups)) {
      for (const JsonSlice& group : *list) add_names(head.groups, group.value);
    }
  }
  head.is_whole = !slice_of(*members, "resources").empty();
  return head;
}

std::optional<std::int64_t> count_of(std::string_view value) {
  const std::string text = text_of_slice(value);
  std::int64_t count = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), count);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size() || count < 0) {
    return std::nullopt;
  }
  return count;
}

}  // namespace

core::Result<SearchPage> read_search_page(std::string_view body) {
  const auto result = result_of(body);
  if (!result) return tl::unexpected<core::Error>(result.error());
  SearchPage page;
  std::string_view list = *result;
  if (list.starts_with('{')) {
    const auto members = slice_json(list);
    if (!members) return tl::unexpected<core::Error>(members.error());
    page.count = count_of(slice_of(*members, "count"));
    list = slice_of(*members, "results");
    if (!list.starts_with('[')) {
      return fail_reply(
          {"返された JSON に results がありません。", "The JSON that came has no results."});
    }
  }
  const auto records = slice_json(list);
  if (!records) return tl::unexpected<core::Error>(records.error());
  page.records.reserve(records->size());
  for (const JsonSlice& record : *records) page.records.push_back(head_of(record.value));
  return page;
}

core::Result<std::string> read_show_reply(std::string_view body) {
  const auto result = result_of(body);
  if (!result) return tl::unexpected<core::Error>(result.error());
  std::string_view record = *result;
  // Some portals that imitate CKAN wrap the dataset into a list.
  if (record.starts_with('[')) {
    const auto list = slice_json(record);
    if (!list) return tl::unexpected<core::Error>(list.error());
    record = list->empty() ? std::string_view() : list->front().value;
  }
  if (!record.starts_with('{')) {
    return fail_reply(
        {"返された JSON にデータセットがありません。", "The JSON that came holds no dataset."});
  }
  return text::sanitized(record);
}

}  // namespace minato::formats
