#include "support/pretend_prefecture/site.h"

#include <algorithm>
#include <utility>

#include "support/pretend_prefecture/dice.h"

namespace minato::pretend {
namespace {

bool ends_with_any(const std::string& path, std::initializer_list<const char*> endings) {
  return std::ranges::any_of(endings, [&](const char* ending) { return path.ends_with(ending); });
}

// What every site has: pictures and documents nobody harvests for their rows.
Reply odd_file(const std::string& path) {
  Reply reply;
  if (ends_with_any(path, {".pdf"})) {
    reply.content_type = "application/pdf";
    reply.body = "%PDF-1.4\n%%EOF\n";
  } else if (ends_with_any(path, {"/", ".html"}) && path.find("/old/") == std::string::npos) {
    reply.body = "<!DOCTYPE html><html lang=\"ja\"><title>ページ</title><p>本文</p></html>";
  } else {
    reply.status = 404;
    reply.body = "<!DOCTYPE html><html lang=\"ja\"><title>ページが見つかりません</title></html>";
  }
  return reply;
}

// The same listing for ever: CKAN's without regard to start, DCAT's with a next page each time.
void make_endless(Request& request) {
  request.query.erase("start");
  const std::size_t page = request.target.find("?page=");
  if (page != std::string::npos) request.target.resize(page);
}

}  // namespace

void Site::open(const std::string& url) {
  url_ = url;
  rebuild("");
}

void Site::rebuild(const std::string& at) {
  Change change;
  {
    const std::scoped_lock lock(mutex_);
    if (!at.empty()) change_.at = at;
    const FaultKind kind = spoiler_.fault().kind;
    change_.new_ids = kind == FaultKind::kNewIds;
    change_.renamed_files = kind == FaultKind::kRenamedFiles;
    change_.third_gone = kind == FaultKind::kThirdGone;
    change_.has_bad_record = kind == FaultKind::kBadRecord;
    change = change_;
  }
  auto exhibit = std::make_shared<const Exhibit>(make_(url_, change, spoiler_.fault()));
  const std::scoped_lock lock(mutex_);
  exhibit_ = std::move(exhibit);
}

void Site::set_edition(int edition, const std::string& at) {
  {
    const std::scoped_lock lock(mutex_);
    change_.edition = edition;
  }
  rebuild(at);
}

void Site::set_fault(Fault fault, const std::string& at) {
  const Fault before = spoiler_.fault();
  spoiler_.set(fault);
  if (is_about_content(fault.kind) || is_about_content(before.kind)) rebuild(at);
}

Expected Site::expected(const std::string& source) const {
  const std::scoped_lock lock(mutex_);
  const auto found = exhibit_->expected.find(source);
  return found == exhibit_->expected.end() ? Expected() : found->second;
}

SiteCounts Site::counts() const {
  const std::scoped_lock lock(mutex_);
  return counts_;
}

void Site::reset_counts() {
  const std::scoped_lock lock(mutex_);
  counts_ = {};
}

Reply Site::file_reply(const File& file) const {
  Reply reply;
  reply.content_type = file.content_type;
  reply.body = file.bytes;
  if (validators_ == Validators::kBoth || validators_ == Validators::kTag) {
    reply.etag = "\"" + hex_of(hash_of(file.bytes)) + "\"";
  }
  if (validators_ == Validators::kBoth || validators_ == Validators::kDate) {
    reply.last_modified = file.modified;
  }
  return reply;
}

std::shared_ptr<const Exhibit> Site::exhibit() const {
  const std::scoped_lock lock(mutex_);
  return exhibit_;
}

std::optional<Reply> Site::file(const Request& request) const {
  const auto exhibit = this->exhibit();
  auto file = exhibit->files.find(request.target);
  if (file == exhibit->files.end()) file = exhibit->files.find(request.path);
  if (file == exhibit->files.end()) return std::nullopt;
  return file_reply(file->second);
}

Reply Site::proper_reply(const Request& request) const {
  if (auto reply = file(request)) return *reply;
  const auto exhibit = this->exhibit();
  if (exhibit->otherwise) {
    if (auto reply = exhibit->otherwise(request)) return *reply;
  }
  return odd_file(request.path);
}

Reply Site::answer(const Request& request) {
  const bool is_robots = request.path == "/robots.txt";
  Reply reply;
  if (is_robots) {
    reply.content_type = "text/plain";
    reply.body = robots_;
    if (robots_.empty()) reply = odd_file(request.path);
  } else if (auto instead = spoiler_.instead_of(request, url_)) {
    reply = std::move(*instead);
  } else if (spoiler_.fault().kind == FaultKind::kEndless) {
    Request first = request;
    make_endless(first);
    reply = proper_reply(first);
    const std::string page = request.parameter("page");
    const std::size_t next = reply.body.find("?page=2");
    if (!page.empty() && next != std::string::npos) {
      reply.body.replace(next + 6, 1, std::to_string(std::stoll(page) + 1));
    }
  } else {
    reply = proper_reply(request);
  }
  if (!is_robots) spoiler_.spoil(reply);
  Reply sent = reply;
  apply_conditions(request, sent);
  const std::scoped_lock lock(mutex_);
  ++counts_.requests;
  if (sent.status == 304) ++counts_.unchanged;
  if (sent.status == 200 && !is_robots && request.method == "GET") {
    ++counts_.bodies;
    counts_.bytes += static_cast<std::int64_t>(sent.body.size());
  }
  return reply;
}

}  // namespace minato::pretend
