// A source that is one file: of a fixed address, or the newest that a page links.
#include <array>
#include <optional>
#include <utility>

#include "core/url.h"
#include "formats/remote/raw_dataset.h"
#include "harvest/sources/file_links.h"
#include "harvest/sources/file_name.h"
#include "harvest/sources/list_values.h"
#include "harvest/sources/page/html_decode.h"
#include "harvest/sources/page/html_document.h"
#include "harvest/sources/source.h"

namespace minato::harvest {
namespace {

using core::ErrorCode;
using core::Result;

// "{code6}" is the organization's code, "{code5}" the same without its check digit: national
// sources have one file per municipality.
std::string filled_in(std::string text, std::string_view organization) {
  const std::array<std::pair<std::string_view, std::string_view>, 2> places{
      {{"{code5}", organization.substr(0, 5)}, {"{code6}", organization}}};
  for (const auto& [place, value] : places) {
    for (std::size_t at = text.find(place); at != std::string::npos; at = text.find(place, at)) {
      text.replace(at, place.size(), value);
      at += value.size();
    }
  }
  return text;
}

class FileSource final : public Source {
 public:
  FileSource(const SourceContext& context, std::string url, std::optional<text::Pattern> pattern)
      : context_(context), url_(std::move(url)), pattern_(std::move(pattern)) {}

  // The file itself is fetched with the rows of all others, not here.
  Result<void> gather(GatherSink& sink) override {
    LinkedFile file;
    file.url = url_;
    if (pattern_) {
      auto newest = look_for_newest();
      if (!newest) return tl::unexpected(std::move(newest).error());
      file = *std::move(newest);
    }
    const core::Dataset dataset = describe(file);
    GatheredRecord record;
    record.remote_id = remote_id();
    record.remote_modified = file.edition;
    record.url = dataset.url;
    record.content = formats::write_raw_dataset(dataset);
    return sink.record(std::move(record));
  }

  Result<std::string> fetch(const GatheredRecord& record) override {
    return core::fail_internal("record " + record.remote_id + " of a file has its content");
  }

  Result<core::Dataset> read(const GatheredRecord& record) override {
    return formats::read_raw_dataset(record.content);
  }

 private:
  // The same whatever the newest file is called.
  [[nodiscard]] std::string remote_id() const {
    if (!context_.options.remote_name.empty()) return context_.options.remote_name;
    return core::normalize_url(url_) + (pattern_ ? "#" + pattern_->expression() : "");
  }

  Result<LinkedFile> look_for_newest() {
    FetchRequest request = request_of(context_, url_);
    request.accept = "text/html, application/xhtml+xml;q=0.9, */*;q=0.1";
    request.max_bytes = HtmlDocument::kMaxBytes;
    const auto reply = context_.fetcher.fetch(request);
    if (!reply) return tl::unexpected(reply.error());
    const std::string& base = reply->final_url.empty() ? url_ : reply->final_url;
    return newest_link(decode_html(reply->body, reply->charset), base,
                       {*pattern_, context_.source.organization});
  }

  [[nodiscard]] core::Dataset describe(const LinkedFile& file) const {
    const formats::SourceOptions& options = context_.options;
    const std::string& code = context_.source.organization;
    core::Dataset dataset;
    dataset.name = filled_in(options.remote_name, code);
    dataset.title = filled_in(options.title, code);
    if (dataset.title.empty()) dataset.title = context_.source.title;
    dataset.notes = filled_in(options.description, code);
    dataset.url = filled_in(options.landing_page, code);
    if (dataset.url.empty() && pattern_) dataset.url = url_;
    dataset.license_id = options.license;
    dataset.frequency = options.frequency;
    dataset.themes = options.themes;
    core::Resource resource;
    resource.id = "file";  // whichever edition it is
    resource.url = file.url;
    resource.name = file.text.empty() ? file_name_of_url(file.url) : file.text;
    resource.format = data_format_of(file.url);
    dataset.resources.push_back(std::move(resource));
    return dataset;
  }

  SourceContext context_;
  std::string url_;
  std::optional<text::Pattern> pattern_;
};

}  // namespace

Result<std::unique_ptr<Source>> make_file_source(const SourceContext& context) {
  const std::string& code = context.source.organization;
  std::string url = filled_in(context.source.url, code);
  if (!core::parse_url(url)) {
    return core::fail(
        ErrorCode::kInvalidArgument, "harvest-source-url",
        {"収集元の URL「" + url + "」は http または https の URL ではありません。",
         "The source's URL \"" + url + "\" is no http or https URL."},
        {"ファイルの URL、または設定 pattern で選ぶときはリンクのあるページの URL "
         "を登録してください。",
         "Register the URL of the file or, with the option pattern, of the page that links it."});
  }
  std::optional<text::Pattern> pattern;
  if (!context.options.pattern.empty()) {
    auto made = text::Pattern::make(filled_in(context.options.pattern, code));
    if (!made) return tl::unexpected(std::move(made).error());
    pattern = *std::move(made);
  }
  return std::make_unique<FileSource>(context, std::move(url), std::move(pattern));
}

}  // namespace minato::harvest
