#include "service/harvest/sources.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "core/names.h"
#include "core/url.h"
#include "core/uuid.h"
#include "formats/json_texts.h"
#include "formats/remote/source_options.h"
#include "service/harvest/night.h"
#include "service/harvest/text.h"

namespace minato::service {

namespace {

using core::ErrorCode;
using core::HarvestSource;
using core::Result;

constexpr std::chrono::seconds kReadTimeout{30};

Result<core::Group> organization_of(const std::string& code, storage::CatalogStore& catalog) {
  auto reader = catalog.read(std::chrono::steady_clock::now() + kReadTimeout);
  if (!reader) return tl::unexpected(std::move(reader).error());
  auto group = (*reader)->group(core::GroupKind::kOrganization, code);
  if (!group) return tl::unexpected(std::move(group).error());
  if (*group && (*group)->state != core::State::kDeleted) return **std::move(group);
  return organization_unknown(code);
}

Result<void> check_name(const std::string& name) {
  const auto wrongs = core::check_name(name, "name");
  if (wrongs.empty()) return {};
  return core::fail(
      ErrorCode::kInvalidArgument, "harvest-source-name",
      {"収集元の名前「" + name + "」は使えません。" + wrongs[0].message.ja,
       "The name \"" + name + "\" of the source cannot be used: " + wrongs[0].message.en},
      {"半角の英小文字、数字、- と _ で 2 文字以上にしてください。",
       "Use at least two of a-z, 0-9, - and _."});
}

Result<std::string> check_url(const std::string& url) {
  const auto parsed = core::parse_url(url);
  if (parsed && parsed->user_info.empty()) return parsed->to_string();
  return core::fail(
      ErrorCode::kInvalidArgument, "harvest-source-url",
      {"収集元の URL「" + clean_text(url, TextShape::kLine) + "」は使えません。",
       "The URL \"" + clean_text(url, TextShape::kLine) + "\" of the source cannot be used."},
      {"http:// か https:// で始まる、利用者名やパスワードを含まない URL を書いてください。",
       "Give an absolute http or https URL without user name and password."});
}

tl::unexpected<core::Error> taken(const HarvestSource& other) {
  return core::fail(ErrorCode::kConflict, "harvest-source-exists",
                    {"同じ収集元「" + other.name + "」があります。",
                     "There is the same source already: " + other.name + "."},
                    {"それを使うか、消してから加えてください。",
                     "Use that one, or remove it before you add this."});
}

bool is_same(const HarvestSource& a, const HarvestSource& b) {
  return a.kind == b.kind && core::normalize_url(a.url) == core::normalize_url(b.url) &&
         formats::compact_json(a.options) == formats::compact_json(b.options);
}

// The code when it is free, else "{code}-{kind}", "{code}-{kind}-2", ...
std::string free_name(const NewSource& wanted, const std::vector<HarvestSource>& others) {
  const auto is_taken = [&](const std::string& name) {
    return std::any_of(others.begin(), others.end(),
                       [&](const HarvestSource& other) { return other.name == name; });
  };
  if (!is_taken(wanted.organization)) return wanted.organization;
  const std::string base =
      wanted.organization + "-" + std::string(core::source_kind_name(wanted.kind));
  std::string name = base;
  for (int number = 2; is_taken(name); ++number) name = base + "-" + std::to_string(number);
  return name;
}

// The source that waits for somebody to find out where this organization publishes.
const HarvestSource* waiting_source(const NewSource& wanted,
                                    const std::vector<HarvestSource>& others) {
  if (!wanted.name.empty() && wanted.name != wanted.organization) return nullptr;
  const auto found = std::find_if(others.begin(), others.end(), [&](const HarvestSource& other) {
    return other.name == wanted.organization && other.url.empty() &&
           other.state == core::SourceState::kDisabled;
  });
  return found == others.end() ? nullptr : &*found;
}

// Name, id and times of the new one.
Result<HarvestSource> begun(const NewSource& wanted, const std::vector<HarvestSource>& others,
                            core::Timestamp now) {
  HarvestSource source;
  if (const HarvestSource* waiting = waiting_source(wanted, others)) {
    source.id = waiting->id;
    source.name = waiting->name;
    source.created = waiting->created;
    source.modified = now;
    return source;
  }
  source.name = wanted.name.empty() ? free_name(wanted, others) : wanted.name;
  if (auto valid = check_name(source.name); !valid) return tl::unexpected(valid.error());
  for (const HarvestSource& other : others) {
    if (other.name == source.name) return taken(other);
  }
  // From the name, so that a source that is added again goes on with the datasets it had.
  source.id = core::stable_uuid("harvest-source", source.name);
  source.created = source.modified = now;
  return source;
}

// What its own schedule says; without one, the coming night.
Result<void> plan(HarvestSource& source, core::Timestamp now) {
  if (source.schedule.empty()) {
    source.next_run = coming_night(source.id, now);
    return {};
  }
  auto schedule = parse_schedule(source.schedule);
  if (!schedule) return tl::unexpected(std::move(schedule).error());
  source.schedule = schedule->text;
  source.next_run = schedule->next(now);
  return {};
}

}  // namespace

tl::unexpected<core::Error> organization_unknown(const std::string& code) {
  return core::fail(ErrorCode::kNotFound, "harvest-organization-unknown",
                    {"組織「" + code + "」がカタログにありません。",
                     "The catalogue has no organization \"" + code + "\"."},
                    {"団体コード（6 桁）を確かめ、なければ publishers.csv に加えてください。",
                     "Check the municipality code of 6 digits; add it to publishers.csv when it is "
                     "missing there."});
}

Result<HarvestSource> add_source(const NewSource& wanted, const HarvestStores& stores) {
  auto organization = organization_of(wanted.organization, stores.catalog);
  if (!organization) return tl::unexpected(std::move(organization).error());
  auto url = check_url(wanted.url);
  if (!url) return tl::unexpected(std::move(url).error());
  const std::string options = wanted.options.empty() ? "{}" : wanted.options;
  if (auto read = formats::parse_source_options(options, wanted.kind); !read) {
    return tl::unexpected(std::move(read).error());
  }
  auto others = stores.harvest.sources();
  if (!others) return tl::unexpected(std::move(others).error());
  auto source = begun(wanted, *others, stores.clock.now());
  if (!source) return source;
  const std::string title = clean_text(wanted.title, TextShape::kLine);
  source->title = title.empty() ? organization->title : title;
  source->kind = wanted.kind;
  source->url = *std::move(url);
  source->organization = organization->name;
  source->options = options;
  source->schedule = wanted.schedule;
  if (auto planned = plan(*source, source->modified); !planned) {
    return tl::unexpected(std::move(planned).error());
  }
  for (const HarvestSource& other : *others) {
    if (other.id != source->id && is_same(other, *source)) return taken(other);
  }
  if (auto put = stores.harvest.put_source(*source); !put) return tl::unexpected(put.error());
  return source;
}

Result<HarvestSource> change_source(std::string_view id_or_name, const SourceChange& change,
                                    const HarvestStores& stores) {
  auto source = find_source(id_or_name, stores.harvest);
  if (!source) return source;
  if (change.url) {
    auto url = check_url(*change.url);
    if (!url) return tl::unexpected(std::move(url).error());
    source->url = *std::move(url);
  }
  if (change.options) {
    if (auto read = formats::parse_source_options(*change.options, source->kind); !read) {
      return tl::unexpected(std::move(read).error());
    }
    source->options = *change.options;
  }
  if (change.title) source->title = clean_text(*change.title, TextShape::kLine);
  const core::Timestamp now = stores.clock.now();
  if (change.schedule) {
    source->schedule = *change.schedule;
    if (auto planned = plan(*source, now); !planned) {
      return tl::unexpected(std::move(planned).error());
    }
  }
  auto others = stores.harvest.sources();
  if (!others) return tl::unexpected(std::move(others).error());
  for (const HarvestSource& other : *others) {
    if (other.id != source->id && is_same(other, *source)) return taken(other);
  }
  return stores.harvest.change_source(source->id, [&](HarvestSource& stored) {
    stored.title = source->title;
    stored.url = source->url;
    stored.options = source->options;
    if (change.schedule) {
      stored.schedule = source->schedule;
      stored.next_run = source->next_run;
    }
    stored.modified = now;
  });
}

Result<HarvestSource> find_source(std::string_view id_or_name, storage::HarvestStore& store) {
  auto source = store.source(id_or_name);
  if (!source) return tl::unexpected(std::move(source).error());
  if (*source) return **std::move(source);
  const std::string shown = clean_text(id_or_name, TextShape::kLine);
  return core::fail(
      ErrorCode::kNotFound, "harvest-source-not-found",
      {"収集元「" + shown + "」はありません。", "There is no harvest source \"" + shown + "\"."},
      {"minato harvest sources で名前を確かめてください。",
       "See the names with `minato harvest sources`."});
}

Result<HarvestSource> set_source_state(std::string_view id_or_name, core::SourceState state,
                                       std::string notice, const HarvestStores& stores) {
  auto source = find_source(id_or_name, stores.harvest);
  if (!source) return source;
  if (state == core::SourceState::kActive) {
    if (auto url = check_url(source->url); !url) return tl::unexpected(std::move(url).error());
  }
  const core::Timestamp now = stores.clock.now();
  notice = clean_text(notice, TextShape::kText);
  return stores.harvest.change_source(source->id, [&](HarvestSource& changed) {
    const bool resumed = state == core::SourceState::kActive && changed.state != state;
    changed.state = state;
    changed.notice = state == core::SourceState::kActive ? std::string() : notice;
    changed.modified = now;
    // What it missed meanwhile is made up for, unless it only runs when asked to.
    if (resumed && changed.schedule != "manual") changed.next_run = now;
  });
}

}  // namespace minato::service
